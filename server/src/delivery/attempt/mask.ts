import { shortestSecret } from '../../../../contracts';

/** Replaces a secret, whichever it is and however long. */
export const masked = '••••••';

/**
 * Replaces each of these values wherever it appears in `text` as a whole, including its spellings in JSON,
 * HTML, a form, a URL or base64: most echoing receivers respond in JSON. A signing secret also without its
 * prefix, credentials also without their scheme. Parts of a value are never masked: whoever controls the
 * response would learn from it which prefixes are right. If the text will be cut, `kept` says how many of its
 * characters are shown: a value at the cut is masked as a whole. One pass, however many values there are.
 * Pure.
 */
export function mask(text: string, secrets: readonly string[], kept = text.length): string {
  const spans = occurrences(text, lookupOf(secrets));
  let shown = '';
  let from = 0;
  for (const { start, end } of spans) {
    if (start >= kept) break;
    shown += text.slice(from, start) + masked;
    from = end;
  }
  return shown + text.slice(from, Math.max(from, kept));
}

/**
 * Names and values, each separately. Usually there is nothing to mask, which one check of all of them finds
 * out.
 */
export function maskHeaders(
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[],
): Record<string, string> {
  const entries = Object.entries(headers);
  if (occurrences(entries.flat().join('\n'), lookupOf(secrets)).length === 0) return { ...headers };
  return Object.fromEntries(entries.map(([name, value]) => [mask(name, secrets), mask(value, secrets)]));
}

/** A text that will be cut must be read this many bytes further: no spelling of a value is longer. */
export const cutMarginBytes = 24 * 1024;

interface Span {
  start: number;
  end: number;
}

/** The values by the hash of their beginning, sorted by their characters. */
interface Lookup {
  byHash: ReadonlyMap<number, readonly string[]>;
  /**
   * The existing hashes by their lowest bits: one check tells for most positions that no value begins there.
   */
  present: Uint8Array;
}

/** This many characters at the beginning of each value are hashed. */
const window = shortestSecret;
const hashBits = 12;
const hashMask = 2 ** hashBits - 1;
const base = 257;

/** The factor of the character that leaves the window. */
const leaving = Array.from({ length: window - 1 }).reduce<number>((power) => Math.imul(power, base), 1);

const hashOf = (text: string): number => {
  let hash = 0;
  for (let index = 0; index < window; index += 1) hash = (Math.imul(hash, base) + text.charCodeAt(index)) | 0;
  return hash;
};

/** The positions of the values, in order; overlapping ones are merged. */
function occurrences(text: string, { byHash, present }: Lookup): Span[] {
  const spans: Span[] = [];
  if (byHash.size === 0 || text.length < window) return spans;
  let hash = hashOf(text);
  for (let start = 0; ; start += 1) {
    if (present[hash & hashMask] === 1) {
      const length = longestAt(text, start, byHash.get(hash) ?? []);
      if (length > 0) add(spans, { start, end: start + length });
    }
    if (start + window >= text.length) return spans;
    hash = (hash - Math.imul(text.charCodeAt(start), leaving)) | 0;
    hash = (Math.imul(hash, base) + text.charCodeAt(start + window)) | 0;
  }
}

/**
 * Length of the longest of these values at `start`; 0 if none. Each character narrows them down: all tokens
 * of one kind begin alike, and a hostile text must not make each position cost a check of every one.
 */
function longestAt(text: string, start: number, sorted: readonly string[]): number {
  let longest = 0;
  let from = 0;
  let to = sorted.length;
  for (let index = 0; from < to && start + index <= text.length; index += 1) {
    // A value that ends here is the first of the remaining ones.
    if (sorted[from]?.length === index) {
      longest = index;
      from += 1;
    }
    const code = text.charCodeAt(start + index);
    if (Number.isNaN(code)) break;
    // All remaining values have this character.
    if (sorted[from]?.charCodeAt(index) === code && sorted[to - 1]?.charCodeAt(index) === code) continue;
    [from, to] = [bound(sorted, from, to, index, code), bound(sorted, from, to, index, code + 1)];
  }
  return longest;
}

/** Among values that agree up to `index`, the first whose character there is at least `code`. */
function bound(sorted: readonly string[], from: number, to: number, index: number, code: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.charCodeAt(index) ?? 0) < code) low = middle + 1;
    else high = middle;
  }
  return low;
}

function add(spans: Span[], { start, end }: Span): void {
  const last = spans.at(-1);
  if (last && start < last.end) last.end = Math.max(last.end, end);
  else spans.push({ start, end });
}

/** By the list of secrets: it is used for each header of an attempt, and the same each time. */
const prepared = new WeakMap<readonly string[], Lookup>();

function lookupOf(secrets: readonly string[]): Lookup {
  const known = prepared.get(secrets);
  if (known) return known;
  const byHash = new Map<number, string[]>();
  const present = new Uint8Array(2 ** hashBits);
  for (const value of valuesOf(secrets)) {
    const hash = hashOf(value);
    const alike = byHash.get(hash);
    if (alike) alike.push(value);
    else byHash.set(hash, [value]);
    present[hash & hashMask] = 1;
  }
  const lookup = { byHash, present };
  prepared.set(secrets, lookup);
  return lookup;
}

const valuesOf = (secrets: readonly string[]): string[] =>
  [...new Set(secrets.flatMap(partsOf).flatMap(spellingsOf))]
    .filter((value) => value.length >= shortestSecret)
    // By code units, as in `charCodeAt`.
    .sort();

/** The parts of a secret that are secrets themselves. */
function partsOf(secret: string): string[] {
  if (secret.startsWith('whsec_')) return [secret, secret.slice('whsec_'.length)];
  const [, scheme = '', credentials = ''] = /^(bearer|basic|token|apikey)\s+(.+)$/i.exec(secret) ?? [];
  if (credentials === '') return [secret];
  if (scheme.toLowerCase() !== 'basic') return [secret, credentials];
  const plain = Buffer.from(credentials, 'base64').toString('utf8');
  return [secret, credentials, plain, plain.slice(plain.indexOf(':') + 1)];
}

const htmlNames: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function spellingsOf(value: string): string[] {
  const url = inUrl(value);
  const bytes = Buffer.from(value);
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    value.replace(/[&<>"]/g, (sign) => htmlNames[sign] ?? sign),
    url,
    url.replaceAll('%20', '+'),
    // RFC 3986, as templates and many libraries write it.
    url.replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`),
    url.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase()),
    bytes.toString('base64'),
    bytes.toString('base64url'),
  ];
}

function inUrl(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    // Half of a surrogate pair, which no URL can contain.
    return value;
  }
}
