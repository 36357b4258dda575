import { models } from '../models';

/** Every `varchar` of ours: what Strapi makes of an attribute of type `string`. */
const varcharLength = 255;

const columnOf = (attribute: string): string =>
  attribute.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** By table, the columns that end somewhere. */
const shortColumns: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  models.map(({ tableName, attributes }) => [
    tableName,
    new Set(
      Object.entries(attributes as Record<string, { type: string }>)
        .filter(([, { type }]) => type === 'string')
        .map(([name]) => columnOf(name)),
    ),
  ]),
);

/** NUL, which Postgres refuses, and the lone half of a surrogate pair, for which no database has a character. */
const unstorable = /[\0\p{Surrogate}]/gu;

/** A text that every database takes. */
export const storableText = (text: string): string => text.replace(unstorable, '\ufffd');

/** No longer than `length`, and no pair cut in half. */
export function clipped(text: string, length = varcharLength): string {
  if (text.length <= length) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(length - 1)) ? length - 1 : length;
  return text.slice(0, end);
}

/**
 * The values of a row as the database takes them: names, ids and reasons come from the app, and an event must not be
 * refused for what they look like.
 */
export function storable(table: string, row: Record<string, unknown>): Record<string, unknown> {
  const short = shortColumns.get(table);
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      if (typeof value !== 'string') return [column, value];
      const text = storableText(value);
      return [column, short?.has(column) ? clipped(text) : text];
    }),
  );
}
