import { isSensitive } from './content-model';
import { isEntry, zoneShape } from './entry-shape';
import type { EntryShape, ShapeField } from './entry-shape';

/**
 * Whether entries of this shape hold accounts: relations to end users or administrators, in components and dynamic zones
 * and in what is read with them too. The entry itself does not count: an event of accounts is sensitive as a whole.
 */
export const holdsAccounts = ({ fields }: EntryShape): boolean => fields.some(fieldHoldsAccounts);

function fieldHoldsAccounts(field: ShapeField): boolean {
  if (field.kind === 'zone') return field.shapes.some(holdsAccounts);
  if (field.kind !== 'one' && field.kind !== 'many') return false;
  return isSensitive(field.shape.model.uid) || holdsAccounts(field.shape);
}

/**
 * `data` of an event that tells an entry as a whole, of accounts only which they are: for webhooks that want "everything"
 * and have named nobody. Null where it holds none.
 */
export function withoutAccounts(
  data: Readonly<Record<string, unknown>>,
  shape: EntryShape,
): Record<string, unknown> | null {
  const changed = { ...data, entry: part(data['entry'], shape), previous: part(data['previous'], shape) };
  return JSON.stringify(changed) === JSON.stringify(data) ? null : changed;
}

/** An entry, or as much of it as is known of the past. */
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
