import { isShownAddress, type FailureCode, type HttpExchange } from '../../../contracts';
import type { FormPlace } from '../navigation/paths';

/** The places in the form that a failure can lead to. */
export type FailurePlace = Exclude<FormPlace, 'fields'>;

/** The places in the form where a failure can be mended, the likeliest first. */
export function failurePlaces({
  code,
  status,
}: {
  code: FailureCode;
  /** Of the response; null without one. */
  status: number | null;
}): readonly FailurePlace[] {
  const general = code === 'http_4xx' ? status : null;
  if (general === 407 || general === 511) return ['headers'];
  if (general === 415 || general === 422) return ['sending'];
  return places[code] ?? [];
}

const places: Partial<Record<FailureCode, readonly FailurePlace[]>> = {
  dns_not_found: ['url'],
  invalid_url: ['url'],
  invalid_response: ['url'],
  tls_host_mismatch: ['url'],
  redirect: ['url'],
  http_404: ['url'],
  http_405: ['url'],
  http_410: ['url'],
  // The receiver does not accept the body.
  http_400: ['sending'],
  template_failed: ['sending'],
  // A receiver that does not know the signing secret answers so, and one that asks for a header of its own.
  http_401: ['secret', 'headers'],
  http_403: ['headers', 'secret'],
  secret_unreadable: ['secret', 'headers'],
  timeout: ['delivery'],
};

/**
 * Where a redirect leads: what is to be put into the URL. Null where the answer does not say it, where it is no address
 * of HTTP, or where a part of it is hidden.
 */
export function redirectTarget({ request, response }: HttpExchange): string | null {
  if (!response || response.status < 300 || response.status >= 400) return null;
  const header = Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'location');
  if (!header) return null;
  let url: URL;
  try {
    url = new URL(header[1], request.url);
  } catch {
    return null;
  }
  const isHidden = isShownAddress(header[1]) || /[•*]{3,}|%E2%80%A2/i.test(url.href);
  return (url.protocol === 'https:' || url.protocol === 'http:') && !isHidden ? url.href : null;
}
