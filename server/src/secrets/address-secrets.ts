import { parseUrl } from '../../../contracts';

/**
 * A word of a path (`services`, `build_hooks`) is no secret; a segment of this length, or a shorter one with
 * a digit, may be.
 */
const longWord = 20;
const shortestKey = 8;

/**
 * The parts of a secret URL that must not be kept in stored texts: the whole, without its origin, and each
 * part that looks like a key, since receivers echo paths and tokens alone. Pure.
 */
export function addressSecrets(address: string): string[] {
  const url = parseUrl(address);
  if (url === null) return [];
  const { href, pathname, search, searchParams, hash } = url;
  const parts = [...pathname.split('/'), ...searchParams.values(), hash.slice(1)];
  const keys = [...parts, ...parts.map(decoded)].filter(isKey);
  const whole = [address, href, `${pathname}${search}`, pathname, decoded(pathname), search.slice(1)];
  return [...new Set([...whole.filter((text) => text !== '' && text !== '/'), ...keys])];
}

const isKey = (part: string): boolean =>
  part.length >= longWord || (part.length >= shortestKey && /\d/.test(part));

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
