import { fileUid, isSensitive } from './content-model';
import type { Attribute, ContentModel, ContentModels } from './content-model';
import { isEntry, zoneShape } from './entry-shape';
import type { EntryShape, ShapeField } from './entry-shape';
import type { Entry } from './types';

/**
 * Whether entries of this shape contain accounts: relations to end users or administrators, including
 * components, dynamic zones and everything read with them. The entry itself does not count: an event of
 * accounts is sensitive as a whole.
 */
export const holdsAccounts = ({ fields }: EntryShape): boolean => fields.some(fieldHoldsAccounts);

function fieldHoldsAccounts(field: ShapeField): boolean {
  if (field.kind === 'zone') return field.shapes.some(holdsAccounts);
  if (field.kind !== 'one' && field.kind !== 'many') return false;
  return isSensitive(field.shape.model.uid) || holdsAccounts(field.shape);
}

/**
 * `data` of an event with a complete entry, its accounts reduced to their ids: for webhooks that are
 * subscribed to everything by a wildcard. Null if it contains none.
 */
export function withoutAccounts(
  data: Readonly<Record<string, unknown>>,
  shape: EntryShape,
): Record<string, unknown> | null {
  const changed = { ...data, entry: part(data['entry'], shape), previous: part(data['previous'], shape) };
  return JSON.stringify(changed) === JSON.stringify(data) ? null : changed;
}

/**
 * An entry as Strapi's own webhooks tell it, its accounts reduced to their ids: it may lead to more than the entry of a
 * content event does. Null if it contains none.
 */
export function coreEntryWithoutAccounts(
  entry: Entry,
  model: ContentModel,
  models: ContentModels,
): Entry | null {
  let found = false;
  const withoutIn = (row: Entry, { attributes }: Pick<ContentModel, 'attributes'>): Entry =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, told(value, attributes[name])]));
  const told = (value: unknown, attribute: Attribute | undefined): unknown => {
    if (Array.isArray(value)) return value.map((item: unknown) => told(item, attribute));
    if (!isEntry(value) || attribute === undefined) return value;
    const leadsTo = typeOf(value, attribute);
    if (leadsTo !== null && attribute.type === 'relation' && isSensitive(leadsTo)) {
      found = true;
      return reference(value);
    }
    const inner = leadsTo === null ? undefined : models.get(leadsTo);
    return inner === undefined ? value : withoutIn(value, inner);
  };
  const reduced = withoutIn(entry, model);
  return found ? reduced : null;
}

/** What a part of an entry is, at any depth that it was populated: the type of a relation, of a file, of a component. */
function typeOf(value: Entry, attribute: Attribute): string | null {
  const named = (key: '__type' | '__component'): string | null => {
    const type = value[key];
    return typeof type === 'string' ? type : null;
  };
  switch (attribute.type) {
    // A relation without a fixed target names it in each row.
    case 'relation':
      return attribute.target ?? named('__type');
    case 'media':
      return fileUid;
    case 'dynamiczone':
      return named('__component');
    default:
      return attribute.component ?? null;
  }
}

/** An entry, or the known part of its previous values. */
function part(entry: unknown, { fields }: EntryShape): unknown {
  if (!isEntry(entry)) return entry;
  const told: Record<string, unknown> = { ...entry };
  for (const field of fields) {
    if (Object.hasOwn(told, field.name)) told[field.name] = valueOf(told[field.name], field);
  }
  return told;
}

function valueOf(value: unknown, field: ShapeField): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => valueOf(item, field));
  if (!isEntry(value)) return value;
  if (field.kind === 'zone') {
    const shape = zoneShape(value, field.shapes);
    return shape === undefined ? value : part(value, shape);
  }
  if (field.kind !== 'one' && field.kind !== 'many') return value;
  return isSensitive(field.shape.model.uid) ? reference(value) : part(value, field.shape);
}

const reference = (account: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    ['id', 'documentId'].filter((key) => Object.hasOwn(account, key)).map((key) => [key, account[key]]),
  );
