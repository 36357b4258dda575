/** Deep, of values that JSON knows; the order of keys says nothing. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) =>
    isSame((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]),
  );
}

/** Names of the fields in which two states of a form differ. */
export const changedNames = <Values extends object>(
  before: Values,
  after: Values,
): (keyof Values & string)[] =>
  (Object.keys(after) as (keyof Values & string)[]).filter((name) => !isSame(before[name], after[name]));

/** What of a form was changed, and nothing else. */
export function changesOf<Values extends object>(before: Values, after: Values): Partial<Values> {
  const changed: Partial<Values> = {};
  for (const name of changedNames(before, after)) changed[name] = after[name];
  return changed;
}

export interface Merged<Values> {
  /** What was changed here, and everything else as it is stored now. */
  values: Values;
  /** Fields that were changed both here and elsewhere, and differently: here they stand as they were changed here. */
  conflicts: (keyof Values & string)[];
}

/**
 * A form that is being edited, when what is stored has changed under it.
 * @param read what the form was filled from
 * @param mine what stands in it
 * @param stored what is stored now
 */
export function merged<Values extends object>(read: Values, mine: Values, stored: Values): Merged<Values> {
  const theirs = new Set<string>(changedNames(read, stored));
  const conflicts = changedNames(read, mine).filter(
    (name) => theirs.has(name) && !isSame(mine[name], stored[name]),
  );
  return { values: { ...stored, ...changesOf(read, mine) }, conflicts };
}
