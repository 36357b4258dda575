import { isDeepStrictEqual } from 'node:util';
import type { ComparableField, Entry } from '../catalog';
import { plain } from '../conditions';
import { beyond } from '../content';
import type { Beyond } from '../content';

type Compared = Entry & { [beyond]?: Readonly<Record<string, Beyond>> };

/** Equal by value; the order of keys does not matter. */
function same(a: unknown, b: unknown): boolean {
  const [one, other] = [plain(a), plain(b)];
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  try {
    return JSON.stringify(one) === JSON.stringify(other) || isDeepStrictEqual(one, other);
  } catch (error) {
    // Nested deeper than the stack allows: a value that cannot be compared counts as changed.
    if ((error as { name?: unknown }).name === 'RangeError') return false;
    throw error;
  }
}

/**
 * Names of the fields that differ between two rows of one document, in the order of the schema. Compared by
 * value, as `ComparableField.content` returns it.
 *
 * @param unread previous values that were not read, because nothing writes them: they are unchanged.
 */
export function changedFields(
  comparable: readonly ComparableField[],
  before: Compared,
  after: Compared,
  unread: ReadonlySet<string> = new Set(),
): string[] {
  return comparable
    .filter(
      ({ name, content }) =>
        !unread.has(name) &&
        !(
          same(content(before[name]), content(after[name])) &&
          isDeepStrictEqual(before[beyond]?.[name], after[beyond]?.[name])
        ),
    )
    .map(({ name }) => name);
}
