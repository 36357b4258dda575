/**
 * The JSON text of a Standard Webhooks 1.0 body, its keys in the order of the specification. `timestamp` is
 * when the event happened, ISO 8601. Throws what `JSON.stringify` throws (a circle, a BigInt).
 */
export function standardBody(input: { type: string; timestamp: string; data: unknown }): string {
  // `undefined` would drop the key, and a body without `data` is none.
  const data = input.data === undefined ? null : input.data;
  return JSON.stringify({ type: input.type, timestamp: input.timestamp, data });
}
