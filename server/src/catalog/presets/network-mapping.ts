import type { ContentModel, ContentModels } from '../content-model';
import { resolvePath } from '../field-path';
import type { RefusedDeclaration } from '../types';
import { fieldsOfPart, roleOfPart } from './network-parts';
import type { PartName } from './network-parts';
import { roleNames, roles as defaults } from './network-roles';
import type { Role, RoleName, RoleOptions, Roles } from './network-roles';

/** The location in error messages, also if an event is declared twice. */
export const at = 'config.presets.network';

/** What an event of the preset needs of the mapping. */
export interface Needing {
  type: string;
  /** Null for an event of code that is joined from nothing. */
  role: RoleName | null;
  parts: readonly PartName[];
  /** Fields of the role without which it cannot be offered. */
  needs?: readonly string[];
  /** Of those, the state that each is compared with. */
  states?: Readonly<Record<string, string>>;
  /** Keys beside the parts, each read from a field of the role. */
  lead?: Readonly<Record<string, string>>;
}

/** Something that the mapping names and that is not there. */
interface Wrong {
  line: string;
  role: RoleName;
  /** Null where it is the content type itself. */
  field: string | null;
}

/** Why an event is not offered: null where the site builder has said that the part, or the field, is not there. */
type Reasons = readonly string[] | null;

/** What the mapping gives in this app. */
export interface Mapping {
  /** With the fields that are there; null without the content type. */
  roles: Roles;
  /** Why this event cannot be offered; undefined where it can. */
  missing(event: Needing): Reasons | undefined;
  /** What is named and is not there, each with the events that are left out for it. */
  refused(events: readonly Needing[]): RefusedDeclaration[];
}

/** Why a role is null, or some of its fields are; null where that was said. */
interface Settled {
  role: Role | null;
  why: string | null;
  fields: Record<string, string | null>;
  wrong: Wrong[];
}

/** The mapping of `config.presets.network.types` in this app: what it does not name is as if it were `null`. */
export function mappingOf(options: RoleOptions, models: ContentModels): Mapping {
  const settled = Object.fromEntries(
    roleNames.map((name) => [name, settle(name, options, models)]),
  ) as Record<RoleName, Settled>;
  const roles = Object.fromEntries(roleNames.map((name) => [name, settled[name].role])) as Roles;
  const wrong = roleNames.flatMap((name) => settled[name].wrong);
  return {
    roles,
    missing({ role: name, parts, needs = [], states = {}, lead }) {
      const event = { role: name, parts, needs, lead };
      if (wrong.some((one) => concerns(one, event))) return null;
      if (name === null) return undefined;
      const { role, why, fields } = settled[name];
      if (role === null) return why === null ? null : [why];
      const gone = needs.filter((field) => !role.fields[field]);
      if (gone.length > 0)
        return gone.some((field) => fields[field] === null)
          ? null
          : gone.map((field) => fields[field] ?? field);
      const odd = Object.entries(states).flatMap(([field, state]) =>
        stateProblem(name, role, field, state, models),
      );
      return odd.length > 0 ? odd : undefined;
    },
    refused: (events) =>
      wrong.map((one) => {
        const concerned = events.filter((event) => concerns(one, event)).map(({ type }) => type);
        const leftOut = concerned.length > 0 ? `; left out for it: ${concerned.join(', ')}` : '';
        return { origin: at, type: null, problems: [`${one.line}${leftOut}`] };
      }),
  };
}

function settle(name: RoleName, options: RoleOptions, models: ContentModels): Settled {
  const option = options[name];
  if (option === false) return { role: null, why: null, fields: {}, wrong: [] };
  const place = `${at}.types.${name}`;
  const uid = option?.uid ?? defaults[name].uid;
  const model = models.get(uid);
  if (model?.info.singularName === undefined) {
    const line = `${place}.uid: "${uid}" is not a content type of this Strapi; name the one that plays this part, or set ${place} to false`;
    const wrong = option?.uid === undefined ? [] : [{ line, role: name, field: null }];
    return { role: null, why: line, fields: {}, wrong };
  }
  const fields: Record<string, string | null> = {};
  const why: Record<string, string | null> = {};
  const wrong: Wrong[] = [];
  const isMapped = option?.uid !== undefined || option?.fields !== undefined;
  for (const [field, byDefault] of Object.entries<string>(defaults[name].fields)) {
    const given = option?.fields?.[field];
    const path = given === undefined && !isMapped ? byDefault : given;
    const line = `${place}.fields.${field}`;
    fields[field] = null;
    if (path === undefined) why[field] = `${line}: names no field of ${model.info.displayName} (${uid})`;
    else if (path === null) why[field] = null;
    // A way to a part that this app has not is no way that must exist.
    else if ((roleNames as string[]).includes(field) && options[field as RoleName] === false)
      why[field] = null;
    else {
      const resolved = resolvePath(model, path, models);
      if (typeof resolved !== 'string') fields[field] = path;
      else why[field] = `${line}: ${resolved}`;
      if (typeof resolved === 'string' && given !== undefined)
        wrong.push({ line: `${line}: ${resolved}; null where there is none`, role: name, field });
    }
  }
  const values = { ...defaults[name].values, ...option?.values } as Role['values'];
  const role = { uid, fields, values };
  for (const state of Object.keys(option?.values ?? {}))
    for (const field of comparedWith[name]?.[state] ?? [])
      for (const line of stateProblem(name, role, field, state, models))
        wrong.push({ line, role: name, field });
  return { role, why: null, fields: why, wrong };
}

/** The fields that are compared with each state. */
const comparedWith: Partial<Record<RoleName, Record<string, readonly string[]>>> = {
  payment: { renewal: ['kind'], failed: ['status'] },
  membership: { expired: ['status'] },
  customer: { pending: ['emailVerification'] },
  site: { published: ['status'] },
};

/** A state that the field never has: an event that waits for it would never occur. */
function stateProblem(
  name: RoleName,
  role: Role,
  field: string,
  state: string,
  models: ContentModels,
): string[] {
  const model: ContentModel | undefined = models.get(role.uid);
  const path = role.fields[field];
  const resolved = model === undefined || !path ? '' : resolvePath(model, path, models);
  const choices = typeof resolved === 'string' ? undefined : resolved.attribute?.enum;
  const value = role.values[state] ?? '';
  return choices === undefined || choices.includes(value)
    ? []
    : [
        `${at}.types.${name}.values.${state}: "${value}" is not one of the values of "${path}": ${choices.join(', ')}`,
      ];
}

/** Whether an event uses what is wrong: in its rule, or in what it sends. */
function concerns({ role, field }: Wrong, event: Omit<Needing, 'type'>): boolean {
  const told = event.parts.map(roleOfPart);
  if (event.role !== role && !told.includes(role)) return false;
  if (field === null) return true;
  const isOfRole = event.role === role;
  if (isOfRole && (event.needs?.includes(field) || Object.values(event.lead ?? {}).includes(field)))
    return true;
  // A field that leads to another part.
  if ((roleNames as string[]).includes(field)) return told.includes(field as RoleName);
  return event.parts.some((part) => roleOfPart(part) === role && fieldsOfPart(part).has(field));
}
