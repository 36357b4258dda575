/**
 * The JSON text of a Standard Webhooks 1.0 body, its keys in the order of the specification. `timestamp` is
 * when the event occurred, ISO 8601. Throws like `JSON.stringify` (a circular reference, a BigInt).
 */
export function standardBody(input: { type: string; timestamp: string; data: unknown }): string {
  // `undefined` would drop the key, and a body without `data` is invalid.
  const data = input.data === undefined ? null : input.data;
  return JSON.stringify({ type: input.type, timestamp: input.timestamp, data });
}

/** The body of an event of this type that happened at `at` (epoch milliseconds). */
export const eventBody = (type: string, at: number, data: unknown): string =>
  standardBody({ type, timestamp: new Date(at).toISOString(), data });
