/** RFC 9110 requires whole seconds; some receivers send a decimal number, as in `2.0`. */
const deltaSeconds = /^\d+(?:\.\d+)?$/;

/** The three forms of RFC 9110 §5.6.7, the day of the month captured. */
const httpDates = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  /^[a-z]{3}, (\d{2}) [a-z]{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/i,
  // Sunday, 06-Nov-94 08:49:37 GMT
  /^[a-z]{6,9}, (\d{2})-[a-z]{3}-\d{2} \d{2}:\d{2}:\d{2} GMT$/i,
  // Sun Nov  6 08:49:37 1994
  /^[a-z]{3} [a-z]{3} ([ \d]\d) \d{2}:\d{2}:\d{2} \d{4}$/i,
];

/**
 * Milliseconds from now requested by a `Retry-After` header (RFC 9110 §10.2.3: seconds or a date), at least 0
 * and always finite. Null without a header or if it has neither form.
 *
 * `Date.parse` alone reads `-5` as a year, so only text of one of the exact forms reaches it.
 */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | null {
  const text = value?.trim() ?? '';
  if (deltaSeconds.test(text)) return Math.min(Math.ceil(Number(text) * 1000), Number.MAX_SAFE_INTEGER);

  const dateMs = parseHttpDate(text);
  return dateMs === null ? null : Math.max(0, dateMs - nowMs);
}

function parseHttpDate(text: string): number | null {
  for (const form of httpDates) {
    const match = form.exec(text);
    if (!match) continue;
    const dateMs = Date.parse(text.endsWith('GMT') || text.endsWith('gmt') ? text : `${text} GMT`);
    // 31 February would otherwise roll over into March.
    const rollsOver = new Date(dateMs).getUTCDate() !== Number(match[1]);
    return Number.isNaN(dateMs) || rollsOver ? null : dateMs;
  }
  return null;
}
