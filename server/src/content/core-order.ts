import type { Entry } from '../catalog';

/** What decides in which order a row's populated attributes are answered. */
export interface PopulatedAttribute {
  type: string;
  component?: string;
  /** False where the row itself holds the id of what a relation leads to. */
  useJoinTable?: boolean;
}

type Attributes = readonly (readonly [string, PopulatedAttribute])[];

/** The attributes of a content type or component that are populated, in the order of its schema. */
export type PopulatedOf = (uid: string) => Attributes;

const isRow = (value: unknown): value is Entry => typeof value === 'object' && value !== null;
const rowsIn = (values: readonly unknown[]): Entry[] => values.flat().filter(isRow);

/**
 * Rows of one query, with their populated attributes in the order that Strapi's own reading gives them. It asks for all
 * at once, one connection answers in turn, and each is added when its last answer is there: by the number of queries
 * that follow one another, then by the schema. Inside a transaction the answers do not wait for each other in that way.
 */
export function inCoreOrder(rows: readonly Entry[], uid: string, populatedOf: PopulatedOf): Entry[] {
  const attributes = populatedOf(uid);
  const parts = new Map(
    attributes.map(([name, attribute]) => [name, ordered(rows, name, attribute, populatedOf)]),
  );
  const names = attributes
    .map(([name]) => name)
    .sort((one, other) => (parts.get(one)?.rounds ?? 0) - (parts.get(other)?.rounds ?? 0));
  return rows.map((row, index) => {
    const present = names.filter((name) => Object.hasOwn(row, name));
    const entries = Object.entries(row).map(([key, value]): [string, unknown] => {
      const name = parts.has(key) ? present.shift() : undefined;
      return name === undefined ? [key, value] : [name, parts.get(name)?.values[index]];
    });
    return Object.fromEntries(entries);
  });
}

/** One attribute of all rows: how many queries follow one another until it is known, and its values in order. */
function ordered(
  rows: readonly Entry[],
  name: string,
  { type, component, useJoinTable }: PopulatedAttribute,
  populatedOf: PopulatedOf,
): { rounds: number; values: unknown[] } {
  const values = rows.map((row) => row[name]);
  const inner = rowsIn(values);
  if (type !== 'component' && type !== 'dynamiczone')
    return { rounds: useJoinTable === false && inner.length === 0 ? 0 : 1, values };
  const uidOf = (row: Entry): string =>
    type === 'component' ? (component ?? '') : String(row['__component']);
  const told = new Map<Entry, Entry>();
  let deepest = 0;
  for (const uid of new Set(inner.map(uidOf))) {
    const own = inner.filter((row) => uidOf(row) === uid);
    inCoreOrder(own, uid, populatedOf).forEach((row, index) => told.set(own[index] ?? row, row));
    deepest = Math.max(
      deepest,
      ...populatedOf(uid).map(([of, attribute]) => ordered(own, of, attribute, populatedOf).rounds),
    );
  }
  const swap = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(swap) : isRow(value) ? (told.get(value) ?? value) : value;
  // A zone is read in two steps: which components, then their rows.
  const own = type === 'dynamiczone' && inner.length > 0 ? 2 : 1;
  return { rounds: own + deepest, values: values.map(swap) };
}
