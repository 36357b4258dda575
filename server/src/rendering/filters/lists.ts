import { asText } from '../template/as-text';
import { RenderFault } from '../template-error';
import { renderLimits } from '../template/budget';
import type { FilterBody, FilterCall } from './filter';
import { fieldOf, isRecord } from './filter';

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];

const fieldFilter = (
  of: (list: readonly unknown[], name: string, call: FilterCall) => unknown,
): FilterBody => {
  return (call) => of(listOf(call.value), asText(call.given[0]), call);
};

const order = (one: unknown, other: unknown): number => {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  const [a, b] = [asText(one), asText(other)];
  return a < b ? -1 : a > b ? 1 : 0;
};

function sorted(list: readonly unknown[], name: string | null): unknown[] {
  const keyed = list.map((item) => ({ item, key: name === null ? item : fieldOf(item, name) }));
  return keyed.sort((one, other) => order(one.key, other.key)).map(({ item }) => item);
}

function joined({ value, given, budget }: FilterCall): string {
  const separator = given[0] === undefined ? ', ' : asText(given[0]);
  const texts = listOf(value).map(asText);
  const length = texts.reduce((sum, text) => sum + text.length, 0) + separator.length * texts.length;
  if (length > renderLimits.output)
    throw new RenderFault(`becomes longer than ${renderLimits.output} characters`);
  budget.text(length);
  return texts.join(separator);
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return isRecord(value) ? Object.keys(value).length : 0;
}

export const listFilters: Record<string, FilterBody> = {
  join: joined,
  first: ({ value }) => (Array.isArray(value) ? (value[0] as unknown) : asText(value).slice(0, 1)),
  last: ({ value }) => (Array.isArray(value) ? (value.at(-1) as unknown) : asText(value).slice(-1)),
  size: ({ value }) => sizeOf(value),
  map: fieldFilter((list, name) => list.map((item) => fieldOf(item, name) ?? null)),
  where: fieldFilter((list, name, { given }) =>
    list.filter((item) => {
      const field = fieldOf(item, name);
      return given.length < 2 ? field !== undefined && field !== null && field !== false : field === given[1];
    }),
  ),
  sort: ({ value, given }) => sorted(listOf(value), given[0] === undefined ? null : asText(given[0])),
  uniq: ({ value }) => [...new Set(listOf(value))],
  compact: ({ value }) => listOf(value).filter((item) => item !== null && item !== undefined && item !== ''),
  reverse: ({ value }) => [...listOf(value)].reverse(),
};
