import type { Entry, NestedList, NestedStep } from '../catalog';
import type { Populate } from './row';

/**
 * So many entries of one nested list are read, for all entries that have it together. Strapi reads them in one query,
 * ordered by their places, so that where there are more each list keeps its first ones.
 */
const nestedAtMost = 1000;

/** A populate of the database layer whose nested lists are read up to the limit, and one more. */
export const withLimits = (populate: Populate, lists: readonly NestedList[]): Populate =>
  lists.reduce((limited, { path, name }) => limitAt(limited, path, name), populate);

function limitAt(populate: Populate, [step, ...further]: readonly NestedStep[], name: string): Populate {
  if (step === undefined)
    return { ...populate, [name]: { ...nodeOf(populate[name]), limit: nestedAtMost + 1 } };
  const node = nodeOf(populate[step.name]);
  if (step.on === undefined)
    return {
      ...populate,
      [step.name]: { ...node, populate: limitAt(nodeOf(node['populate']), further, name) },
    };
  const on = nodeOf(node['on']);
  const part = nodeOf(on[step.on]);
  const limited = { ...part, populate: limitAt(nodeOf(part['populate']), further, name) };
  return { ...populate, [step.name]: { ...node, on: { ...on, [step.on]: limited } } };
}

const nodeOf = (value: unknown): Populate =>
  typeof value === 'object' && value !== null ? (value as Populate) : {};

/** An entry or component within a row, and its path there: `blocks.0.product`. */
interface Inner {
  entry: Entry & { id: number };
  at: string;
}

/** Everything in the row that these steps lead to. */
export function innerAt(row: Entry, steps: readonly NestedStep[]): Inner[] {
  let found: { entry: Entry; at: string }[] = [{ entry: row, at: '' }];
  for (const { name, on } of steps)
    found = found.flatMap(({ entry, at }) => {
      const value: unknown = entry[name];
      const path = `${at}${at === '' ? '' : '.'}${name}`;
      const inside = Array.isArray(value)
        ? value.map((one: unknown, index) => ({ entry: one as Entry, at: `${path}.${index}` }))
        : [{ entry: value as Entry, at: path }];
      return inside.filter(
        (one) =>
          typeof one.entry === 'object' &&
          one.entry !== null &&
          (on === undefined || one.entry['__component'] === on),
      );
    });
  return found as Inner[];
}

/**
 * The lists of which more were asked for than are read, with the ids of the entries that have them. An entry that is met
 * more than once in these rows was read once.
 */
export function overfull(
  rows: readonly Entry[],
  lists: readonly NestedList[],
): { list: NestedList; ids: number[] }[] {
  return lists.flatMap((list) => {
    const lengths = new Map<number, number>();
    for (const { entry } of rows.flatMap((row) => innerAt(row, list.path)))
      lengths.set(entry.id, lengthOf(entry[list.name]));
    const read = [...lengths.values()].reduce((sum, length) => sum + length, 0);
    return read > nestedAtMost ? [{ list, ids: [...lengths.keys()] }] : [];
  });
}

/** Of a list that was read; of anything else 0. */
export const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);
