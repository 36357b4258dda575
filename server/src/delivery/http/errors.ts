/** Failures of a request that no library names; `classifyError` knows them by their code. */

/** The request got no connection, or no complete response, within its time. */
export class SendTimeoutError extends Error {
  constructor(
    readonly code: 'CONNECT_TIMEOUT' | 'ANSWER_TIMEOUT',
    timeoutMs: number,
  ) {
    const missing = code === 'CONNECT_TIMEOUT' ? 'no connection' : 'no complete answer';
    super(`${missing} within ${timeoutMs} ms`);
    this.name = 'SendTimeoutError';
  }
}

/** The text of the URL is unusable; the message does not repeat it. */
export class InvalidUrlError extends Error {
  readonly code = 'INVALID_URL';

  constructor(problem: string) {
    super(`the URL ${problem}`);
    this.name = 'InvalidUrlError';
  }
}

/** The receiver started a response and did not finish it. */
export class ResponseInterruptedError extends Error {
  readonly code = 'RESPONSE_INTERRUPTED';

  constructor(cause: Error) {
    super(`the answer broke off: ${cause.message}`, { cause });
    this.name = 'ResponseInterruptedError';
  }
}

/** The receiver sent something that is not a final response: an unrequested 100 or 101. */
export class InvalidResponseError extends Error {
  readonly code = 'INVALID_RESPONSE';

  constructor(cause: Error) {
    super(`not an HTTP answer: ${cause.message}`, { cause });
    this.name = 'InvalidResponseError';
  }
}
