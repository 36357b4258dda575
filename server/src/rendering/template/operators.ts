import { defaultOperators, toValue } from 'liquidjs';
import { asText } from './as-text';

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

const isIn = (list: readonly unknown[], wanted: unknown): boolean => {
  const plain: unknown = toValue(wanted);
  return list.some((item) => item === plain);
};

/** Liquid's own, with comparisons that run no method of a value. */
export const operators = {
  ...defaultOperators,
  '>': compare((order) => order > 0),
  '<': compare((order) => order < 0),
  '>=': compare((order) => order >= 0),
  '<=': compare((order) => order <= 0),
  contains: (left: unknown, right: unknown): boolean => {
    const whole: unknown = toValue(left);
    if (Array.isArray(whole)) return isIn(whole, right);
    return typeof whole === 'string' && whole.includes(asText(right));
  },
};
