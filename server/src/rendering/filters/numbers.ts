import { RenderFault } from '../template-error';
import { asText } from '../template/as-text';
import type { FilterBody, FilterCall } from './filter';
import { numberOf, wholeNumber } from './filter';

const withNumber =
  (of: (number: number, by: number) => number): FilterBody =>
  ({ value, given }) =>
    of(numberOf(value), numberOf(given[0]));

function divided(number: number, by: number): number {
  if (by === 0) throw new RenderFault('divides by zero');
  // As in Liquid: whole numbers give a whole number.
  return Number.isInteger(number) && Number.isInteger(by) ? Math.floor(number / by) : number / by;
}

function rounded({ value, given }: FilterCall): number {
  const factor = 10 ** wholeNumber(given[0], 0, 0, 12);
  return Math.round(numberOf(value) * factor) / factor;
}

/** `{{ 1250.5 | number: 2 }}` → `1,250.50`; `locale: "uk"` writes it as it is written there. */
function formatted({ value, given, named }: FilterCall): string {
  const decimals = given[0] === undefined ? undefined : wholeNumber(given[0], 0, 0, 20);
  try {
    return new Intl.NumberFormat(asText(named['locale'] ?? 'en'), {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    }).format(numberOf(value));
  } catch {
    throw new RenderFault('is given a language that is not known');
  }
}

export const numberFilters: Record<string, FilterBody> = {
  plus: withNumber((number, by) => number + by),
  minus: withNumber((number, by) => number - by),
  times: withNumber((number, by) => number * by),
  divided_by: withNumber(divided),
  modulo: withNumber((number, by) => number % by),
  abs: withNumber(Math.abs),
  ceil: withNumber(Math.ceil),
  floor: withNumber(Math.floor),
  round: rounded,
  at_least: withNumber(Math.max),
  at_most: withNumber(Math.min),
  number: formatted,
};
