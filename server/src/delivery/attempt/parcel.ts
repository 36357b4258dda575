import { addressWith, masked, withSecrets } from '../../rendering';
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

/** What is sent, without what identifies and signs it. */
export type Request = Omit<Parcel, 'messageId' | 'test' | 'secrets' | 'timeoutMs'>;

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

/** A rendered request, with its secrets in their places. Throws a SecretError if one has no value any more. */
export function renderedParcel(sender: Sender, request: RenderedRequest): Request {
  const values = Object.fromEntries(sender.templateSecrets.map(({ name, value }) => [name, value]));
  const { method, suffix, contentType, headers, body } = withSecrets(request, values);
  const secret = sender.headers.filter((header) => header.secret === true);
  const isSecret = (name: string) =>
    secret.some((header) => header.name.toLowerCase() === name.toLowerCase());
  return {
    method,
    body: body ?? '',
    contentType: body === null ? null : contentType,
    url: addressWith(sender.url, suffix),
    // A secret URL is told as its origin, whatever follows it.
    shownUrl:
      sender.url === sender.shownUrl ? addressWith(sender.url, masked(request).suffix) : sender.shownUrl,
    // Secret ones are not rendered; of the others only what they were rendered to, which may be nothing.
    headers: [...headers.filter(({ name }) => !isSecret(name)), ...secret],
    hidden: Object.values(values),
  };
}

const nothing: readonly string[] = [];
