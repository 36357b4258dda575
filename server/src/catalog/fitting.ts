import { emptyTriggerType } from '../../../contracts';
import { actionsOf } from './content-events';
import type { ContentModel } from './content-model';
import type { Declaration } from './declaration';
import { operationalEvents } from './operational-events';
import type { RefusedDeclaration } from './types';

/** The content type whose own event has this name, if any. */
export type OwnerOf = (type: string) => ContentModel | undefined;

/** Declarations that fit together, and those that were left out. */
export interface Fitted {
  declarations: readonly Declaration[];
  refused: readonly RefusedDeclaration[];
}

/**
 * The declarations that fit together: one whose name is taken is left out, for the one that stands before it.
 *
 * @param given in the order of declaration, some of them refused already; those of a preset come first.
 */
export function fitting(given: readonly (Declaration | RefusedDeclaration)[], ownerOf: OwnerOf): Fitted {
  const taken = new Map<string, Declaration>();
  const refused: RefusedDeclaration[] = [];
  for (const one of given) {
    const reason = 'kind' in one ? misfit(one, taken, ownerOf) : null;
    if (!('kind' in one)) refused.push(one);
    else if (reason === null) taken.set(one.eventType.type, one);
    else refused.push(asRefused(one, reason));
  }
  return { declarations: [...taken.values()], refused };
}

/** Why a declaration does not fit those that are taken, and the content types' own events; null where it does. */
export function misfit(
  { eventType, ...one }: Declaration,
  taken: ReadonlyMap<string, Declaration>,
  ownerOf: OwnerOf,
): string | null {
  const { type } = eventType;
  const first = taken.get(type);
  if (first !== undefined) return `${type} is declared already, by ${first.origin}`;
  const own = ownerOf(type);
  // Only an event mapped from the same content type can replace a content event.
  if (own !== undefined && !(one.kind === 'mapped' && one.uid === own.uid)) {
    const way = 'choose another name, or exclude that type (config.contentTypes.exclude)';
    return `${type} is an event of the content type ${own.info.displayName} (${own.uid}) already; ${way}`;
  }
  return isOfPlugin(type)
    ? `${type} is an event of the plugin event-webhooks itself; choose another name`
    : null;
}

/** Events that the plugin sends about itself: what declares one of them would send it to webhooks that trust its meaning. */
const isOfPlugin = (type: string): boolean =>
  type === emptyTriggerType || operationalEvents.some((known) => known.type === type);

/** Which content type has an own event of a name. */
export function ownersOf(
  contentTypes: readonly ContentModel[],
  names: ReadonlyMap<string, string>,
): ReadonlyMap<string, ContentModel> {
  return new Map(
    contentTypes.flatMap((model) => {
      const name = names.get(model.uid);
      return name === undefined
        ? []
        : actionsOf(model).map((action) => [`${name}.${action}`, model] as const);
    }),
  );
}

const asRefused = (declaration: Declaration, reason: string): RefusedDeclaration => ({
  origin: declaration.origin,
  type: declaration.eventType.type,
  ...(declaration.eventType.businessEventId !== undefined && {
    businessEventId: declaration.eventType.businessEventId,
  }),
  problems: [problemOf(declaration, reason)],
});

/** Why a declaration does not fit, with its place; one of the app's code is known by its type, which the reason names. */
export const problemOf = ({ origin, inCode }: Declaration, reason: string): string =>
  inCode === true ? reason : `${origin}: ${reason}`;
