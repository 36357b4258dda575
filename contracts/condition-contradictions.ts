import type { Condition, ConditionValue, FieldCondition } from './conditions';
import { momentOf } from './condition-moments';

/** What the conditions read so far leave to the value that a field has after the change. */
interface Left {
  /** Null: any value. */
  choices: ReadonlySet<string> | null;
  excluded: ReadonlySet<string>;
  above: number;
  below: number;
}

const anything: Left = { choices: null, excluded: new Set(), above: -Infinity, below: Infinity };

/** A value as it is compared: a big integer is a text, and an empty text is as empty as null. */
const keyOf = (value: ConditionValue): string => (value === null || value === '' ? '' : `=${String(value)}`);
const empty = keyOf(null);

/**
 * Members of an "all" that contradict an earlier one: `is A` and `is B`, `is A` and `is not A`, more than 10 and less
 * than 5.
 *
 * @param holdsMany whether a field may have several values at once, as a relation may.
 * @returns the place of the later member of each contradiction.
 */
export function contradictionsIn(
  members: readonly Condition[],
  holdsMany: (path: string) => boolean,
): { path: string[]; message: string }[] {
  const known = new Map<string, Left>();
  return members.flatMap((member, index) => {
    if (!('field' in member) || holdsMany(member.field)) return [];
    const before = known.get(member.field) ?? anything;
    const left = narrowed(before, member);
    if (left === null) return [];
    if (isPossible(left)) {
      known.set(member.field, left);
      return [];
    }
    const message = `cannot be true together with what is said of ${member.field} above`;
    return [{ path: [String(index)], message }];
  });
}

/** Null where the condition says nothing that can be compared here. */
function narrowed(left: Left, condition: FieldCondition): Left | null {
  if ('is' in condition) return chosen(left, listOf(condition.is));
  if ('becomes' in condition) return chosen(left, listOf(condition.becomes));
  if ('changesFrom' in condition) return chosen(left, [condition.to]);
  if ('isNot' in condition) return without(left, listOf(condition.isNot));
  if ('present' in condition) return condition.present ? without(left, [null]) : chosen(left, [null]);
  if ('greaterThan' in condition) return { ...left, above: Math.max(left.above, condition.greaterThan) };
  if ('lessThan' in condition) return { ...left, below: Math.min(left.below, condition.lessThan) };
  return null;
}

const listOf = (given: ConditionValue | readonly ConditionValue[]): readonly ConditionValue[] =>
  Array.isArray(given) ? (given as readonly ConditionValue[]) : [given as ConditionValue];

/** A day and a time on it can both be true of one field. */
const isMoment = (value: ConditionValue): boolean => typeof value === 'string' && momentOf(value) !== null;

function chosen(left: Left, values: readonly ConditionValue[]): Left | null {
  if (values.some(isMoment)) return null;
  const keys = new Set(values.map(keyOf));
  const { choices } = left;
  return { ...left, choices: choices === null ? keys : new Set([...keys].filter((key) => choices.has(key))) };
}

const without = (left: Left, values: readonly ConditionValue[]): Left | null =>
  values.some(isMoment) ? null : { ...left, excluded: new Set([...left.excluded, ...values.map(keyOf)]) };

function isPossible({ choices, excluded, above, below }: Left): boolean {
  if (above >= below) return false;
  const isBounded = above > -Infinity || below < Infinity;
  if (choices === null) return true;
  return [...choices].some((key) => {
    if (excluded.has(key)) return false;
    if (!isBounded) return true;
    const value = key === empty ? NaN : Number(key.slice(1));
    return value > above && value < below;
  });
}
