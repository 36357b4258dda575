/**
 * Why an attempt failed. Each code has a sentence for the cause and one for the remedy in
 * `admin/src/translations` (`failure.<code>.cause`, `failure.<code>.remedy`).
 */
export const failureCodes = [
  'dns_not_found',
  'dns_failed',
  'connection_refused',
  'connection_reset',
  'network_unreachable',
  'connect_timeout',
  'timeout',
  'tls_certificate_expired',
  'tls_self_signed',
  'tls_unknown_issuer',
  'tls_host_mismatch',
  'tls_failed',
  'proxy_failed',
  'address_refused',
  'invalid_url',
  'invalid_response',
  'response_interrupted',
  'redirect',
  'http_400',
  'http_401',
  'http_403',
  'http_404',
  'http_405',
  'http_410',
  'http_413',
  'http_429',
  'http_4xx',
  'http_5xx',
  'aborted_by_receiver',
  'secret_unreadable',
  'template_failed',
  'shutdown',
  'internal',
] as const;

export type FailureCode = (typeof failureCodes)[number];

/** Where nothing was sent at all: the name, the connection or the certificate failed before, or we refused it. */
const beforeTheRequest: ReadonlySet<FailureCode> = new Set([
  'dns_not_found',
  'dns_failed',
  'connection_refused',
  'network_unreachable',
  'connect_timeout',
  'tls_certificate_expired',
  'tls_self_signed',
  'tls_unknown_issuer',
  'tls_host_mismatch',
  'tls_failed',
  'proxy_failed',
  'address_refused',
  'invalid_url',
  'secret_unreadable',
  'template_failed',
]);

/** Whether an attempt that ended so has made a request. */
export const wasRequested = (code: FailureCode | null): boolean =>
  code === null || !beforeTheRequest.has(code);
