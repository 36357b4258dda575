import { masked, withSecrets } from '../../rendering';
import type { RenderedRequest } from '../../rendering';
import type { Parcel } from './deliver';

/** What a webhook adds to each of its requests, decrypted. */
export interface Sender {
  url: string;
  /** The stored form of the URL: the same, or its origin only if the URL is secret. */
  shownUrl: string;
  headers: Parcel['headers'];
  templateSecrets: readonly { name: string; value: string }[];
}

type Request = Omit<Parcel, 'messageId' | 'test' | 'secrets' | 'timeoutMs'>;

/** The standard request. */
export const standardParcel = ({ url, shownUrl, headers }: Sender, body: string): Request => ({
  method: 'POST',
  body,
  contentType: 'application/json',
  url,
  shownUrl,
  headers,
  hidden: nothing,
});

/** A rendered request, with its secrets in their places. */
export function renderedParcel(sender: Sender, request: RenderedRequest): Request {
  const values = Object.fromEntries(sender.templateSecrets.map(({ name, value }) => [name, value]));
  const { method, suffix, contentType, headers, body } = withSecrets(request, values);
  const rendered = new Set(headers.map(({ name }) => name.toLowerCase()));
  return {
    method,
    body: body ?? '',
    contentType: body === null ? null : contentType,
    url: appended(sender.url, suffix),
    // A secret URL is told as its origin, whatever follows it.
    shownUrl: sender.url === sender.shownUrl ? appended(sender.url, masked(request).suffix) : sender.shownUrl,
    headers: [...sender.headers.filter(({ name }) => !rendered.has(name.toLowerCase())), ...headers],
    hidden: Object.values(values),
  };
}

const nothing: readonly string[] = [];

/** A URL with a further path and query, already percent-encoded. The server stays that of the URL. */
export function appended(url: string, suffix: string): string {
  if (suffix === '') return url;
  const [path = '', query = ''] = splitOnce(suffix, '?');
  const [base = '', own = ''] = splitOnce(url.replace(/#.*$/, ''), '?');
  const whole = path === '' ? base : `${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
  const queries = [own, query].filter((part) => part !== '');
  return queries.length === 0 ? whole : `${whole}?${queries.join('&')}`;
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
