import { businessEventInput } from '../../../contracts';
import type { BusinessEventClause } from '../../../contracts';
import type { Clause } from '../conditions';
import { CatalogError, problemsOf } from './catalog-error';
import type { MappedDeclaration } from './declaration';
import { declareMappedEvent, sentOptions } from './mapped-event';
import type { MappedEventContext } from './mapped-event';
import type { StoredEvent } from './types';

/** How it is called in errors. */
export const storedOrigin = ({ displayName }: Pick<StoredEvent, 'displayName'>): string =>
  `business event "${displayName}"`;

/**
 * The declaration of a business event made on the screen. Throws a CatalogError that names each wrong option as the
 * configuration has it: `business event "Order paid".on[0].when.is: …`.
 */
export function declareStoredEvent(
  { id, displayName, type, description, contentType, on: clauses, payload: sent }: StoredEvent,
  context: MappedEventContext,
): MappedDeclaration {
  // A row holds more than that.
  const given = { displayName, type, description, contentType, on: clauses, payload: sent };
  const parsed = businessEventInput.safeParse(given);
  if (!parsed.success) throw new CatalogError(problemsOf(parsed.error, context.at));
  const { on, payload, ...names } = parsed.data;
  const declared = declareMappedEvent(
    { ...names, on: on.map(asClause), ...sentOptions(payload) },
    { ...context, onScreen: payload },
  );
  return { ...declared, eventType: { ...declared.eventType, businessEventId: id } };
}

const asClause = ({ on, when }: BusinessEventClause): Clause => ({ on, ...(when !== null && { when }) });
