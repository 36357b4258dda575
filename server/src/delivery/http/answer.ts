import { addressAttemptMs } from './agents';
import { InvalidResponseError, ResponseInterruptedError, SendTimeoutError } from './errors';
import type { Line, LineHandler } from './line';
import { FloodedError } from './receive-limit';
import type { Deadline } from './standstill';

export interface HttpAnswer {
  status: number;
  statusText: string;
  /** By lower-case names; a repeated one is joined with `, `. */
  headers: Record<string, string>;
  /** At most `responseCapBytes`. */
  body: Buffer;
  /** True if the response was longer; the rest was not downloaded. */
  truncated: boolean;
  /** Without the time in which this process itself was blocked. */
  durationMs: number;
}

/** `again`: a failure that says nothing about the receiver. */
export type Attempted = { answer: HttpAnswer } | { error: Error; again?: true };

/** Interim responses (1xx). RFC 9110 §15.2 sets no limit; a flood of them would only cost processor time. */
const maxInterimAnswers = 32;

/** The codes of a connection that the other side has closed. */
const closedCodes = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE', 'ECONNABORTED']);
const connectTimeoutCodes = new Set(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT']);

/** Follows one request through undici: waiting → connected → head → body, and settles exactly once. */
export class AnswerCollector implements LineHandler {
  private abort: ((reason: Error) => void) | null = null;
  private line: Line | null = null;
  private head: Pick<HttpAnswer, 'status' | 'statusText' | 'headers'> | null = null;
  private readonly chunks: Buffer[] = [];
  private bytes = 0;
  private interimAnswers = 0;
  private settled = false;
  /** Blocked time before the request was written. Milliseconds. */
  private stoodBeforeMs = 0;

  constructor(
    private readonly limits: { deadline: Deadline; capBytes: number },
    private readonly resolve: (attempted: Attempted) => void,
  ) {
    limits.deadline.onExpired(() => this.expire());
  }

  onLine(line: Line): void {
    this.line = line;
  }

  onConnect(abort: (reason?: Error) => void): void {
    this.abort = abort;
    this.stoodBeforeMs = this.limits.deadline.stoodMs();
    this.line?.begin();
    // Expired while it waited for a connection: nothing must be sent.
    if (this.settled) abort(new SendTimeoutError('CONNECT_TIMEOUT', this.limits.deadline.timeoutMs));
  }

  onHeaders(
    status: number,
    rawHeaders: Buffer[] | string[] | null,
    _resume: () => void,
    text: string,
  ): boolean {
    if (status >= 200) {
      const statusText = text.replaceAll('\0', '');
      this.head = { status, statusText, headers: joinHeaders(rawHeaders ?? []) };
    } else if (status < 100) {
      this.giveUp(new InvalidResponseError(new Error('its status has not three digits')));
    } else {
      this.interimAnswers += 1;
      if (this.interimAnswers > maxInterimAnswers) {
        this.giveUp(new InvalidResponseError(new Error(`more than ${maxInterimAnswers} answers of 1xx`)));
      }
    }
    return true;
  }

  onData(chunk: Buffer): boolean {
    const room = this.limits.capBytes - this.bytes;
    this.chunks.push(chunk.subarray(0, room));
    this.bytes += Math.min(chunk.length, room);
    if (chunk.length > room) this.finish(true);
    return true;
  }

  onComplete(): void {
    this.finish(false);
  }

  onError(error: Error): void {
    if (this.saysNothingOfTheReceiver(error)) {
      if (this.settle()) this.resolve({ error, again: true });
    } else {
      this.fail(this.explain(error));
    }
  }

  /**
   * The receiver closed an idle connection at the same time as the request was sent; or no connection was
   * opened because our own event loop was blocked while each address had its short time.
   */
  private saysNothingOfTheReceiver(error: Error): boolean {
    const code = codeOf(error);
    if (this.abort === null) {
      return connectTimeoutCodes.has(code) && this.limits.deadline.stoodMs() >= addressAttemptMs / 2;
    }
    const { line } = this;
    return line !== null && line.usedBefore && !line.heard && closedCodes.has(code);
  }

  private finish(truncated: boolean): void {
    if (!this.head || !this.settle()) return;
    const durationMs = Math.round(this.limits.deadline.answeredAfterMs(this.stoodBeforeMs));
    this.resolve({ answer: { ...this.head, body: Buffer.concat(this.chunks), truncated, durationMs } });
    // Closes the connection: the rest would have to be downloaded before it could be reused.
    if (truncated) this.abort?.(new Error('the answer is longer than what is kept'));
  }

  private expire(): void {
    const phase = this.abort ? 'ANSWER_TIMEOUT' : 'CONNECT_TIMEOUT';
    this.giveUp(new SendTimeoutError(phase, this.limits.deadline.timeoutMs));
  }

  private giveUp(error: Error): void {
    this.fail(error);
    this.abort?.(error);
  }

  private fail(error: Error): void {
    if (this.settle()) this.resolve({ error });
  }

  private settle(): boolean {
    if (this.settled) return false;
    this.settled = true;
    return true;
  }

  private explain(error: Error): Error {
    const code = codeOf(error);
    if (error instanceof FloodedError) return new InvalidResponseError(error);
    if (code === 'UND_ERR_SOCKET' && error.message.startsWith('bad ')) return new InvalidResponseError(error);
    // undici asserts that some responses are impossible.
    if (this.abort !== null && code === 'ERR_ASSERTION') return new InvalidResponseError(error);
    if (!this.head || code.startsWith('HPE_') || code === 'UND_ERR_DESTROYED') return error;
    return new ResponseInterruptedError(error);
  }
}

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : '';

function joinHeaders(raw: readonly (Buffer | string)[]): Record<string, string> {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = String(raw[index]).toLowerCase();
    const value = String(raw[index + 1]).replaceAll('\0', '');
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(headers);
}
