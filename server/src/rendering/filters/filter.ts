import { RenderFault } from '../template-error';
import type { Budget } from '../template/budget';

export interface FilterCall {
  value: unknown;
  /** Unnamed arguments, in their order. */
  given: readonly unknown[];
  /** Named ones: `date: "%B", locale: "uk"`. */
  named: Readonly<Record<string, unknown>>;
  budget: Budget;
  /** When the event occurred, in epoch milliseconds. */
  now: number;
}

/** Pure: reads nothing but the call. Throws a RenderFault, whose message holds no value. */
export type FilterBody = (call: FilterCall) => unknown;

/** A whole number given to a filter, within bounds; `otherwise` if it is left out. */
export function wholeNumber(given: unknown, otherwise: number, least: number, most: number): number {
  if (given === undefined || given === null) return otherwise;
  const number = Math.trunc(Number(given));
  if (Number.isNaN(number)) throw new RenderFault('is given something that is not a number');
  return Math.min(most, Math.max(least, number));
}

/** A number, also one that is written as a text; 0 for all else, as in Liquid. */
export function numberOf(value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && !Number.isNaN(number) ? number : 0;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An own field of an object; nothing of its prototype. */
export const fieldOf = (value: unknown, name: string): unknown =>
  isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
