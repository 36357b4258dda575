import { Drop, toValue } from 'liquidjs';

/** JSON that was asked for by name (`| json`): outside of quotes it is written as it is. */
export class JsonText {
  constructor(readonly json: string) {}
}

/** A value as it is read by people: nothing for null, a list joined by commas, an object as JSON. */
export function asText(given: unknown): string {
  const value: unknown = toValue(given);
  if (typeof value === 'string') return value;
  if (value === null || value === undefined || value instanceof Drop) return '';
  if (value instanceof JsonText) return value.json;
  if (Array.isArray(value))
    return value
      .map(asText)
      .filter((text) => text !== '')
      .join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A value as JSON, with its type. */
export function asJson(given: unknown): string {
  const value: unknown = toValue(given);
  if (value instanceof JsonText) return value.json;
  if (value === undefined || value instanceof Drop) return 'null';
  return JSON.stringify(value) ?? 'null';
}

/** Lone surrogates, which no URL and no UTF-8 text can hold, become U+FFFD. */
export const wellFormed = (text: string): string =>
  text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');

/** RFC 3986: also what `encodeURIComponent` leaves, so that a value never ends or begins anything. */
export const percentEncoded = (text: string): string =>
  encodeURIComponent(wellFormed(text)).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
