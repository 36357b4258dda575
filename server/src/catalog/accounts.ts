import { isSensitive } from './content-model';
import { isEntry, zoneShape } from './entry-shape';
import type { EntryShape, ShapeField } from './entry-shape';

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
