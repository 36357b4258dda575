/**
 * The address to send to: the webhook's URL, its path continued and its query completed by the suffix of a rendered
 * request. The server is always that of the URL. Throws a TypeError if the URL is none.
 */
export function addressWith(url: string, suffix: string): string {
  if (suffix === '') return url;
  const address = new URL(url);
  const at = suffix.indexOf('?');
  const path = at < 0 ? suffix : suffix.slice(0, at);
  const query = at < 0 ? '' : suffix.slice(at + 1);
  if (path !== '') address.pathname = joined(address.pathname, path);
  if (query !== '') address.search = address.search === '' ? query : `${address.search.slice(1)}&${query}`;
  return address.href;
}

function joined(path: string, more: string): string {
  return path.endsWith('/') && more.startsWith('/') ? path + more.slice(1) : path + more;
}

/** Decoded as browsers and servers do before they climb a folder. */
const climbing = /^(?:\.|%2e){1,2}$/i;

/** Why a rendered path cannot be used, or null. */
export function pathProblem(path: string): string | null {
  if (/[?#]/.test(path)) return 'must not hold ? or #; add a query parameter instead';
  if (/[\\\u0000-\u0020\u007f]/.test(path)) return 'must not hold spaces, line breaks or backslashes'; // eslint-disable-line no-control-regex
  if (path.split('/').some((segment) => climbing.test(segment)))
    return 'must not lead to another folder (..)';
  if (path.startsWith('//') || /\/\/+/.test(path)) return 'has an empty part; a value is missing';
  return null;
}
