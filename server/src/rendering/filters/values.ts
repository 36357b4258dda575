import { filters as liquidFilters } from 'liquidjs';
import { JsonText, asJson, asText } from '../template/as-text';
import { RenderFault } from '../template-error';
import type { FilterBody, FilterCall } from './filter';
import { isRecord } from './filter';

const isMissing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === '' ||
  (Array.isArray(value) && value.length === 0);

/** A width of three digits or more pads to any length. */
const wide = /%[-_0^#:]*\d{3}/;
const longestFormat = 200;
type LiquidDate = (this: unknown, value: string | number, format: string, zone: string | number) => unknown;
const liquidDate = liquidFilters['date'] as LiquidDate;
const memoryLimit = { use: () => undefined };

/** Liquid's own, in UTC unless `timezone` says otherwise. `now` is when the event occurred. */
function date({ value, given, named, now, budget }: FilterCall): string {
  if (value === undefined || value === null || value === '') return '';
  const format = given[0] === undefined ? '%Y-%m-%d' : asText(given[0]);
  if (format.length > longestFormat || wide.test(format))
    throw new RenderFault('is given a format that is too long');
  // Names of months and zones are looked up in the tables of languages, which takes time.
  budget.step(20);
  const when = value === 'now' || value === 'today' ? now / 1000 : value;
  const moment = typeof when === 'number' ? when : asText(when);
  const opts = { timezoneOffset: 0, locale: asText(named['locale'] ?? 'en'), preserveTimezones: false };
  const zone = named['timezone'] === undefined ? 0 : asText(named['timezone']);
  try {
    const written = liquidDate.call({ context: { opts, memoryLimit } }, moment, format, zone);
    return typeof written === 'string' ? written : '';
  } catch {
    throw new RenderFault('is given a language or a time zone that is not known');
  }
}

/** An object with another field: `{{ entry | with: "objectID", entry.documentId }}`. */
function withField({ value, given }: FilterCall): unknown {
  const field = Object.fromEntries([[asText(given[0]), given[1] ?? null]]);
  return isRecord(value) ? { ...value, ...field } : value;
}

/** The fields of an object that are named, or all others. */
const chosen =
  (named: boolean): FilterBody =>
  ({ value, given }) => {
    if (!isRecord(value)) return value;
    const names = new Set(given.map(asText));
    return Object.fromEntries(Object.entries(value).filter(([name]) => names.has(name) === named));
  };

export const valueFilters: Record<string, FilterBody> = {
  default: ({ value, given }) => (isMissing(value) ? given[0] : value),
  json: ({ value }) => new JsonText(asJson(value)),
  date,
  with: withField,
  only: chosen(true),
  without: chosen(false),
};
