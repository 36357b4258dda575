/** Attached to a list that was cut, but not part of its JSON: the true length. */
const totals = new WeakMap<readonly unknown[], number>();

/** Marks a list as the beginning of a longer one. */
export function firstOf<T>(list: T[], total: number): T[] {
  if (total > list.length) totals.set(list, total);
  return list;
}

/** The true length of each list of the entry that was cut, by its name; undefined if none was. */
export function truncatedOf(entry: Readonly<Record<string, unknown>>): Record<string, number> | undefined {
  const cut = Object.entries(entry).flatMap(([name, value]): [string, number][] => {
    const total = Array.isArray(value) ? totals.get(value) : undefined;
    return total === undefined ? [] : [[name, total]];
  });
  return cut.length === 0 ? undefined : Object.fromEntries(cut);
}
