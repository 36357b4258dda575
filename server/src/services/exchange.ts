import type { HttpExchange } from '../../../contracts';
import type { NewAttempt } from '../store/outcomes';

/** What went out and came back in an attempt, as the screens show it. `body` is the delivery's, kept once. */
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
