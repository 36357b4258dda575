import { types } from 'node:util';
import type { FailureCode } from '../../../../contracts/failures';
import { parseRetryAfter } from './retry-after';

/** The meaning of an attempt, as data; the caller acts on it. */
export interface Outcome {
  outcome: 'succeeded' | 'failed';
  code: FailureCode | null;
  /** True if it is retried on the schedule. */
  retry: boolean;
  /** Why the webhook is disabled, or null. */
  disable: 'gone' | 'receiver_asked' | null;
  /** True if the receiver rejects this delivery permanently (`webhook-delivery: abort-message`). */
  abort: boolean;
  /** True after a sign of overload: the next attempt is at least a minute later. */
  slowDown: boolean;
  /** True if `Retry-After` applies to the whole webhook (429, 503), not to this delivery only. */
  pauseWebhook: boolean;
}

const success: Outcome = {
  outcome: 'succeeded',
  code: null,
  retry: false,
  disable: null,
  abort: false,
  slowDown: false,
  pauseWebhook: false,
};

const failure = (code: FailureCode): Outcome => ({ ...success, outcome: 'failed', code, retry: true });

const ownStatusCodes: Record<number, FailureCode> = {
  400: 'http_400',
  401: 'http_401',
  403: 'http_403',
  404: 'http_404',
  405: 'http_405',
  410: 'http_410',
  413: 'http_413',
  429: 'http_429',
};

const overload = new Set([429, 502, 503, 504]);

/**
 * The meaning of a response. `headers` by lower-case names. Only 2xx is success (Standard Webhooks 1.0,
 * "Delivery semantics"); every failure except 410 and `abort-message` can be retried, since a URL, a header
 * or the receiver itself can be fixed meanwhile.
 */
export function classifyResponse(input: { status: number; headers: Record<string, string> }): Outcome {
  const wish = input.headers['webhook-delivery']?.trim().toLowerCase();
  const outcome = byStatus(input.status, input.headers);
  if (wish === 'disable') return { ...outcome, disable: outcome.disable ?? 'receiver_asked' };
  if (wish === 'abort-message' && outcome.outcome === 'failed') {
    return { ...outcome, code: 'aborted_by_receiver', retry: false, abort: true };
  }
  return outcome;
}

function byStatus(status: number, headers: Record<string, string>): Outcome {
  if (status >= 200 && status < 300) return success;
  const outcome = failure(statusCode(status));
  if (status === 410) return { ...outcome, retry: false, disable: 'gone' };
  const asksToWait = parseRetryAfter(headers['retry-after'], 0) !== null;
  return {
    ...outcome,
    slowDown: overload.has(status),
    pauseWebhook: asksToWait && (status === 429 || status === 503),
  };
}

function statusCode(status: number): FailureCode {
  const own = ownStatusCodes[status];
  if (own) return own;
  if (status >= 300 && status < 400) return 'redirect';
  if (status >= 400 && status < 500) return 'http_4xx';
  if (status >= 500 && status < 600) return 'http_5xx';
  return 'invalid_response';
}

/** `code` of an error (Node, OpenSSL, undici, this room) → failure code. */
const errorCodes: Record<string, FailureCode> = {
  ENOTFOUND: 'dns_not_found',
  ENODATA: 'dns_not_found',
  EAI_NONAME: 'dns_not_found',
  EAI_NODATA: 'dns_not_found',
  EAI_AGAIN: 'dns_failed',
  EAI_FAIL: 'dns_failed',
  EAI_MEMORY: 'dns_failed',
  ESERVFAIL: 'dns_failed',
  EREFUSED: 'dns_failed',
  ETIMEOUT: 'dns_failed',
  EBADNAME: 'dns_failed',
  EBADRESP: 'dns_failed',

  ECONNREFUSED: 'connection_refused',
  ECONNRESET: 'connection_reset',
  ECONNABORTED: 'connection_reset',
  EPIPE: 'connection_reset',
  UND_ERR_SOCKET: 'connection_reset',
  ENETUNREACH: 'network_unreachable',
  EHOSTUNREACH: 'network_unreachable',
  ENETDOWN: 'network_unreachable',
  EHOSTDOWN: 'network_unreachable',
  EADDRNOTAVAIL: 'network_unreachable',
  EACCES: 'network_unreachable',
  EPERM: 'network_unreachable',

  ETIMEDOUT: 'connect_timeout',
  CONNECT_TIMEOUT: 'connect_timeout',
  UND_ERR_CONNECT_TIMEOUT: 'connect_timeout',
  ANSWER_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',

  CERT_HAS_EXPIRED: 'tls_certificate_expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls_self_signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls_self_signed',
  UNABLE_TO_GET_ISSUER_CERT: 'tls_unknown_issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls_unknown_issuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls_unknown_issuer',
  CERT_UNTRUSTED: 'tls_unknown_issuer',
  INVALID_CA: 'tls_unknown_issuer',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls_host_mismatch',
  HOSTNAME_MISMATCH: 'tls_host_mismatch',
  EPROTO: 'tls_failed',

  PROXY_FAILED: 'proxy_failed',
  ADDRESS_REFUSED: 'address_refused',
  INVALID_URL: 'invalid_url',
  ERR_INVALID_URL: 'invalid_url',
  INVALID_RESPONSE: 'invalid_response',
  UND_ERR_HEADERS_OVERFLOW: 'invalid_response',
  RESPONSE_INTERRUPTED: 'response_interrupted',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'response_interrupted',
  UND_ERR_DESTROYED: 'shutdown',
  UND_ERR_CLOSED: 'shutdown',
  UND_ERR_INVALID_ARG: 'internal',
};

const errorPrefixes: [string, FailureCode][] = [
  ['HPE_', 'invalid_response'],
  ['ERR_SSL_', 'tls_failed'],
  ['ERR_TLS_', 'tls_failed'],
  ['ERR_OSSL_', 'tls_failed'],
  ['CERT_', 'tls_failed'],
  ['CRL_', 'tls_failed'],
  ['UNABLE_TO_', 'tls_failed'],
];

const maxMessageLength = 300;
/** Far more than any real chain of causes; ends circular chains. */
const maxErrorsLookedAt = 20;

/**
 * The meaning of a failed send, and its technical text. The error itself, its causes and the parts of an
 * `AggregateError` are searched for the first known code. Unknown errors give `internal` and only the name of
 * their class, since their text could contain anything; texts of known ones name hosts and addresses, never a
 * complete URL.
 */
export function classifyError(error: unknown): { outcome: Outcome; message: string } {
  for (const candidate of errorsWithin(error)) {
    const code = failureCodeOf(candidate);
    if (code === null) continue;
    const slowDown = code === 'timeout' || code === 'connect_timeout';
    return { outcome: { ...failure(code), slowDown }, message: messageOf(candidate) };
  }
  const name = isError(error) && /^\w{1,40}$/.test(error.name) ? error.name : typeof error;
  return { outcome: failure('internal'), message: `unexpected error (${name})` };
}

/** Breadth first: the error, then its causes and parts. */
function errorsWithin(error: unknown): Error[] {
  const found: Error[] = [];
  const queue: unknown[] = [error];
  while (queue.length > 0 && found.length < maxErrorsLookedAt) {
    const next = queue.shift();
    if (!isError(next)) continue;
    found.push(next);
    queue.push(...partsOf(next), next.cause);
  }
  return found;
}

/**
 * Node's own errors belong to another realm inside a `vm` context, where `instanceof` does not recognise
 * them.
 */
const isError = (value: unknown): value is Error => types.isNativeError(value) || value instanceof Error;

/** The parts of an `AggregateError`: one for each address of a host that could not be reached. */
function partsOf(error: Error): Error[] {
  return 'errors' in error && Array.isArray(error.errors) ? error.errors.filter(isError) : [];
}

function failureCodeOf(error: Error): FailureCode | null {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (Object.hasOwn(errorCodes, code)) return errorCodes[code] ?? null;
  const prefix = errorPrefixes.find(([start]) => code.startsWith(start));
  if (prefix) return prefix[1];
  return error.name === 'TimeoutError' ? 'timeout' : null;
}

function messageOf(error: Error): string {
  // The message of Node's AggregateError is empty.
  const text =
    error.message ||
    partsOf(error)
      .map((part) => part.message)
      .join('; ') ||
    error.name;
  return (
    text
      .replaceAll(/[a-z][a-z0-9+.-]*:\/\/\S+/gi, '[url]')
      // eslint-disable-next-line no-control-regex
      .replaceAll(/[\x00-\x1f\x7f]+/g, ' ')
      .slice(0, maxMessageLength)
      .trim()
  );
}
