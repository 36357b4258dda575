import { version } from '../../../../package.json';
import type { PreviewedRequest } from '../../../../contracts';
import { mask, masked, maskHeaders } from './mask';
import type { Request } from './parcel';
import { requestHeaders } from './request-headers';

/** A request as people are shown it before it is sent: with every header, unsigned, and its secrets hidden. */
export function shownRequest(
  { method, body, contentType, shownUrl, headers, hidden }: Request,
  { messageId, at }: { messageId: string; at: number },
): PreviewedRequest {
  const secret = headers.filter((header) => header.secret === true);
  const hiddenValues = [...hidden, ...secret.map(({ value }) => value)];
  const sent = requestHeaders({
    id: messageId,
    timestampSeconds: Math.floor(at / 1000),
    signature: `v1,${masked}`,
    test: false,
    custom: headers,
    contentType,
    version,
  });
  const names = Object.fromEntries(secret.map(({ name }) => [name, masked]));
  return {
    method,
    url: shownUrl,
    headers: { ...maskHeaders(sent, hiddenValues), ...names },
    body: mask(body, hiddenValues),
  };
}
