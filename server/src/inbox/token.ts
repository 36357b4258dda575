import { randomBytes } from 'node:crypto';
import { parseUrl } from '../../../contracts';

/** 144 bits: an inbox cannot be guessed, and base64 needs no padding. */
const tokenBytes = 18;

/** The beginning of every inbox path, below the path of the server's own URL. */
export const inboxPrefix = '/event-webhooks/in/';
const tokenPattern = /^[A-Za-z0-9_-]{24}$/;

/** An unguessable, URL-safe token of 24 characters. */
export function newInboxToken(random: (bytes: number) => Buffer = randomBytes): string {
  return random(tokenBytes).toString('base64url');
}

/** The path of an inbox below the server's own URL. */
export const inboxPath = (token: string): string => inboxPrefix + token;

/** The public URL. `serverUrl` is absolute, with or without a path and a trailing slash. */
export const inboxUrl = (serverUrl: string, token: string): string =>
  serverUrl.replace(/\/+$/, '') + inboxPath(token);

/**
 * The text at the token's position in an inbox path, or null for every other path. `basePath` is the path of
 * the server's own URL, which a proxy strips and a request to our own listener keeps.
 */
export function inboxTokenOfPath(path: string, basePath = ''): string | null {
  const below = basePath !== '' && path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
  if (!below.startsWith(inboxPrefix)) return null;
  const token = below.slice(inboxPrefix.length).replace(/\/$/, '');
  return token === '' || token.includes('/') ? null : token;
}

/** Whether a text can be a token at all: saves a database query. */
export const isInboxToken = (text: string): boolean => tokenPattern.test(text);

/** The path of an absolute URL without the trailing slash; empty for no path and for an invalid URL. */
export function basePathOf(serverUrl: string): string {
  return parse(serverUrl)?.pathname.replace(/\/+$/, '') ?? '';
}

/**
 * The token if a URL is an inbox of this Strapi, else null. The origin must be one of `serverUrls`, the path
 * exactly an inbox's: the exception in the address guard depends on it. Does not check whether that inbox
 * exists.
 */
export function inboxTokenOf(url: string, serverUrls: readonly string[]): string | null {
  const target = parse(url);
  if (!target || target.username !== '' || target.password !== '') return null;
  for (const serverUrl of serverUrls) {
    const server = parse(serverUrl);
    if (!server || server.origin !== target.origin) continue;
    const basePath = basePathOf(serverUrl);
    if (!target.pathname.startsWith(`${basePath}${inboxPrefix}`)) continue;
    const token = inboxTokenOfPath(target.pathname.slice(basePath.length));
    if (token !== null && isInboxToken(token)) return token;
  }
  return null;
}

function parse(text: string): URL | null {
  const url = parseUrl(text);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url : null;
}
