import { Drop, defaultOperators, toValue, toValueSync } from 'liquidjs';
import type { Comparable } from 'liquidjs';
import { RenderFault } from '../template-error';
import { asText } from './as-text';
import type { Budget } from './budget';
import { RenderContext } from './context';

type Scalar = string | number | boolean;

const scalar = (value: unknown): Scalar | null => {
  const plain: unknown = toValue(value);
  return typeof plain === 'string' || typeof plain === 'number' || typeof plain === 'boolean' ? plain : null;
};

/** Texts are compared as texts, all else as numbers; lists and objects are neither more nor less. */
const compare =
  (holds: (order: number) => boolean) =>
  (left: unknown, right: unknown): boolean => {
    const a = scalar(left);
    const b = scalar(right);
    if (a === null || b === null) return false;
    if (typeof a === 'string' && typeof b === 'string') return holds(a < b ? -1 : a > b ? 1 : 0);
    return holds(Number(a) - Number(b));
  };

/** How deep lists are compared within lists; deeper ones are not equal. */
const deepest = 5;

/** Liquid's `==`, whose costs are counted: texts and numbers by value, lists item by item, objects as themselves. */
export function isEqual(left: unknown, right: unknown, budget: Budget, depth = 0): boolean {
  for (const [literal, value] of [
    [left, right],
    [right, left],
  ])
    if (isLiteral(literal)) return toValueSync(literal.equals(value)) as boolean;
  const [one, other]: unknown[] = [toValue(left), toValue(right)];
  if (!Array.isArray(one)) return one === other || (isNothing(one) && isNothing(other));
  if (!Array.isArray(other) || one.length !== other.length || depth >= deepest) return false;
  budget.work(one.length * charactersPerItem);
  return one.every((item, index) => item === other[index] || isEqual(item, other[index], budget, depth + 1));
}

const isNothing = (value: unknown): boolean => value === null || value === undefined;

/** `empty`, `blank` and `nil` know themselves what they are equal to. */
const isLiteral = (value: unknown): value is Drop & Comparable =>
  value instanceof Drop && typeof (value as Drop & Partial<Comparable>).equals === 'function';

function contains(left: unknown, right: unknown, budget: Budget): boolean {
  const whole: unknown = toValue(left);
  if (Array.isArray(whole)) {
    budget.work(whole.length * charactersPerItem);
    return whole.some((item) => isEqual(item, right, budget, deepest));
  }
  if (typeof whole !== 'string') return false;
  const wanted = asText(right);
  // A needle that nearly stands everywhere is compared in full at every place.
  budget.work(whole.length + wanted.length * charactersPerItem);
  return whole.includes(wanted);
}

/** What comparing an item costs, in characters that are looked at. */
const charactersPerItem = 16;

const counted =
  (of: (left: unknown, right: unknown, budget: Budget) => boolean) =>
  (left: unknown, right: unknown, context: unknown): boolean => {
    if (!(context instanceof RenderContext)) throw new RenderFault('cannot be rendered here');
    return of(left, right, context.budget);
  };

/** Liquid's own, with comparisons that run no method of a value. */
export const operators = {
  ...defaultOperators,
  '==': counted(isEqual),
  '!=': counted((left, right, budget) => !isEqual(left, right, budget)),
  '>': compare((order) => order > 0),
  '<': compare((order) => order < 0),
  '>=': compare((order) => order >= 0),
  '<=': compare((order) => order <= 0),
  contains: counted(contains),
};
