import { randomBytes } from 'node:crypto';

/** 144 bits: nobody finds an inbox by trying, and base64 needs no padding. */
const tokenBytes = 18;

/** What the path of every inbox begins with, below the path of the server's own address. */
export const inboxPrefix = '/event-webhooks/in/';
const tokenPattern = /^[A-Za-z0-9_-]{24}$/;

/** An unguessable, URL-safe token of 24 characters. */
export function newInboxToken(random: (bytes: number) => Buffer = randomBytes): string {
  return random(tokenBytes).toString('base64url');
}

/** The path of an inbox below the server's own address. */
export const inboxPath = (token: string): string => inboxPrefix + token;

/** The address to give away. `serverUrl` is absolute, with or without a path and a slash at its end. */
export const inboxUrl = (serverUrl: string, token: string): string =>
  serverUrl.replace(/\/+$/, '') + inboxPath(token);

/**
 * The text in the token's place of a path that is an inbox's, or null for every other path. `basePath` is
 * the path of the server's own address, which a proxy strips and a request to our own listener keeps.
 */
export function inboxTokenOfPath(path: string, basePath = ''): string | null {
  const below = basePath !== '' && path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
  if (!below.startsWith(inboxPrefix)) return null;
  const token = below.slice(inboxPrefix.length).replace(/\/$/, '');
  return token === '' || token.includes('/') ? null : token;
}

/** Whether a text can be a token at all: spares the database a question. */
export const isInboxToken = (text: string): boolean => tokenPattern.test(text);

/** The path of an absolute URL without the slash at its end; empty for none and for what is no URL. */
export function basePathOf(serverUrl: string): string {
  return parse(serverUrl)?.pathname.replace(/\/+$/, '') ?? '';
}

/**
 * The token when a URL points at an inbox of this Strapi, else null. The whole origin has to be one of
 * `serverUrls`, the path exactly an inbox's: the exception in the address guard hangs on it. Whether that
 * inbox exists is not looked up.
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
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
}
