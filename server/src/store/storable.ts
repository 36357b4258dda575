import { models } from '../models';

/** The length of every `varchar` of the plugin: Strapi's column for an attribute of type `string`. */
const varcharLength = 255;

const columnOf = (attribute: string): string =>
  attribute.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The columns with a limited length, by table. */
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

/** NUL, which Postgres refuses, and the lone half of a surrogate pair, which no database can store. */
const unstorable = /[\0\p{Surrogate}]/gu;

/** A text that every database can store. */
export const storableText = (text: string): string => text.replace(unstorable, '\ufffd');

/** At most `length`, without cutting a pair in half. */
export function clipped(text: string, length = varcharLength): string {
  if (text.length <= length) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(length - 1)) ? length - 1 : length;
  return text.slice(0, end);
}

/**
 * The values of a row in a storable form: names, ids and reasons come from the app, and an event must not be
 * refused because of them.
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
