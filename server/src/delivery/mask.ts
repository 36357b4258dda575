/** Shown in place of a secret. */
export const masked = '••••••';

/** Shorter values would blot out half of every text they happen to stand in. */
const shortestSecret = 6;

/**
 * Replaces each of these values wherever it stands in `text`, also as it stands in JSON and in a URL: most
 * receivers that echo answer in JSON. A signing secret also without its prefix; a value that was cut off at the end
 * of the text, since only the beginning of an answer is kept. Pure.
 */
export function mask(text: string, secrets: readonly string[]): string {
  const values = valuesOf(secrets).filter((secret) => mayHold(text, secret));
  if (values.length === 0) return text;
  const shown = values.reduce((rest, secret) => rest.replaceAll(secret, () => masked), text);
  const cutLength = values.reduce((longest, secret) => Math.max(longest, overlap(shown, secret)), 0);
  return cutLength === 0 ? shown : shown.slice(0, -cutLength) + masked;
}

/** Both, names and values, each by itself. Mostly there is nothing to hide, which one look at all of them tells. */
export function maskHeaders(
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[],
): Record<string, string> {
  const entries = Object.entries(headers);
  const together = entries.flat().join('\n');
  if (!valuesOf(secrets).some((secret) => mayHold(together, secret))) return { ...headers };
  return Object.fromEntries(entries.map(([name, value]) => [mask(name, secrets), mask(value, secrets)]));
}

/** Whole or cut off, a secret begins with these letters. */
const mayHold = (text: string, secret: string): boolean => text.includes(secret.slice(0, shortestSecret));

/** By the list of secrets: it is asked about for each header of an attempt, and the same each time. */
const prepared = new WeakMap<readonly string[], readonly string[]>();

/** What to look for, longest first. */
function valuesOf(secrets: readonly string[]): readonly string[] {
  const known = prepared.get(secrets);
  if (known) return known;
  const values = [...new Set(secrets.flatMap(formsOf))]
    .filter((secret) => secret.length >= shortestSecret)
    .sort((a, b) => b.length - a.length);
  prepared.set(secrets, values);
  return values;
}

function formsOf(secret: string): string[] {
  const bare = secret.startsWith('whsec_') ? [secret, secret.slice('whsec_'.length)] : [secret];
  return bare.flatMap((value) => [value, JSON.stringify(value).slice(1, -1), inUrl(value)]);
}

function inUrl(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    // Half of a surrogate pair, which no URL can hold.
    return value;
  }
}

/** How many characters at the end of `text` are the beginning of `secret`; 0 where they are too few to tell. */
function overlap(text: string, secret: string): number {
  const beginning = secret.slice(0, shortestSecret);
  let at = text.indexOf(beginning, Math.max(0, text.length - secret.length + 1));
  while (at !== -1) {
    if (secret.startsWith(text.slice(at))) return text.length - at;
    at = text.indexOf(beginning, at + 1);
  }
  return 0;
}
