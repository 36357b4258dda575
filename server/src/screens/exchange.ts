import type { HttpExchange } from '../../../contracts';
import { isReservedHeader, parseUrl } from '../../../contracts';
import type { NewAttempt } from '../store/outcomes';

/** Request and response of an attempt, for the screens. `body` is the delivery's, stored once. */
export const exchangeOf = (attempt: Omit<NewAttempt, 'number' | 'kind'>, body: string): HttpExchange => ({
  request: { method: attempt.method, url: attempt.url, headers: attempt.requestHeaders, body },
  response:
    attempt.httpStatus === null
      ? null
      : {
          status: attempt.httpStatus,
          statusText: attempt.statusText ?? '',
          headers: attempt.responseHeaders ?? {},
          body: attempt.responseBody ?? '',
          truncated: attempt.truncated,
        },
});

/**
 * For callers that may not see the webhook: its URL only as far as the log names it anyway, and none of its
 * own headers.
 */
export const withoutAddress = <T extends HttpExchange>(exchange: T): T => ({
  ...exchange,
  request: {
    ...exchange.request,
    url: parseUrl(exchange.request.url)?.origin ?? '',
    headers: Object.fromEntries(
      Object.entries(exchange.request.headers).filter(([name]) => isReservedHeader(name)),
    ),
  },
});
