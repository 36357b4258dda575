import { asText } from '../template/as-text';
import { RenderFault } from '../template-error';
import { renderLimits } from '../template/budget';
import type { FilterBody } from './filter';
import { wholeNumber } from './filter';

/** Not within a surrogate pair: half a character is none. */
export const cutAt = (text: string, length: number): string =>
  text.slice(0, /[\ud800-\udbff]/.test(text.charAt(length - 1)) ? length - 1 : length);

/** At most `length` characters, the ellipsis among them. */
export function truncated(text: string, length: number, ellipsis = '…'): string {
  if (text.length <= length) return text;
  const room = Math.max(0, length - ellipsis.length);
  return cutAt(text, room).trimEnd() + ellipsis.slice(0, length);
}

const most = renderLimits.output;

/** Replaces at most `count` times, and knows before how long the result becomes. */
function replaced(text: string, wanted: string, by: string): string {
  if (wanted === '') return text;
  let count = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) count++;
  if (text.length + count * (by.length - wanted.length) > most) {
    throw new RenderFault(`becomes longer than ${most} characters`);
  }
  return text.split(wanted).join(by);
}

function slice({ value, given }: Parameters<FilterBody>[0]): unknown {
  const of = Array.isArray(value) ? (value as readonly unknown[]) : asText(value);
  const begin = wholeNumber(given[0], 0, -most, most);
  const length = wholeNumber(given[1], 1, 0, most);
  const from = begin < 0 ? Math.max(0, of.length + begin) : begin;
  return of.slice(from, from + length);
}

export const textFilters: Record<string, FilterBody> = {
  append: ({ value, given }) => asText(value) + asText(given[0]),
  prepend: ({ value, given }) => asText(given[0]) + asText(value),
  upcase: ({ value }) => asText(value).toUpperCase(),
  downcase: ({ value }) => asText(value).toLowerCase(),
  capitalize: ({ value }) => {
    const [first = '', ...rest] = asText(value);
    return first.toUpperCase() + rest.join('');
  },
  strip: ({ value }) => asText(value).trim(),
  strip_newlines: ({ value }) => asText(value).replace(/\r?\n/g, ''),
  replace: ({ value, given }) => replaced(asText(value), asText(given[0]), asText(given[1])),
  remove: ({ value, given }) => replaced(asText(value), asText(given[0]), ''),
  slice,
  truncate: ({ value, given }) =>
    truncated(
      asText(value),
      wholeNumber(given[0], 50, 0, most),
      given[1] === undefined ? undefined : asText(given[1]),
    ),
  split: ({ value, given, budget }) => {
    const parts = asText(value).split(asText(given[0]), renderLimits.items + 1);
    budget.items(parts.length);
    return parts;
  },
};
