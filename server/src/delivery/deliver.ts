import type { FailureCode } from '../../../contracts';
import type { GateSignal } from '../gate/gate';
import type { NewAttempt, OutcomeRow } from '../store/outcomes';
import { nextAttemptAt, retryAfterCapMs } from './backoff';
import type { Outcome } from './classify';
import { classifyError, classifyResponse } from './classify';
import type { HttpAnswer, HttpClient } from './http-client';
import { requestHeaders } from './request-headers';
import { decodeText } from './response-text';
import { parseRetryAfter } from './retry-after';
import { sign } from './signature';

export interface DeliverDeps {
  http: HttpClient;
  now(): number;
  random(): number;
  version: string;
  responseBytes: number;
  /** Replaces known secret values in what is kept of an exchange: an echoing receiver returns them. */
  mask(text: string, secrets: readonly string[]): string;
  /** The same for names and values of headers. */
  maskHeaders(headers: Record<string, string>, secrets: readonly string[]): Record<string, string>;
}

/** What is to be sent, and to whom: everything decrypted, nothing looked up any more. */
export interface Parcel {
  messageId: string;
  body: string;
  test: boolean;
  url: string;
  headers: readonly { name: string; value: string; secret?: boolean }[];
  secrets: readonly string[];
  timeoutMs: number;
}

export interface Sent {
  attempt: Omit<NewAttempt, 'number' | 'kind'>;
  outcome: Outcome;
  retryAfterMs: number | null;
}

/** ONE REQUEST: prepare → sign → send → classify. Never throws for what a receiver does. */
export async function send(deps: DeliverDeps, parcel: Parcel): Promise<Sent> {
  const at = deps.now();
  const timestampSeconds = Math.floor(at / 1000);
  const signature = sign({
    id: parcel.messageId,
    timestampSeconds,
    body: parcel.body,
    secrets: parcel.secrets,
  });
  const headers = requestHeaders({
    id: parcel.messageId,
    timestampSeconds,
    signature,
    test: parcel.test,
    custom: parcel.headers,
    version: deps.version,
  });
  const hidden = hiddenOf(parcel);
  const kept = { at, method: 'POST', url: parcel.url, requestHeaders: deps.maskHeaders(headers, hidden) };
  try {
    const { url, body, timeoutMs } = parcel;
    const answer = await deps.http.send({ method: 'POST', url, headers, body, timeoutMs });
    const outcome = classifyResponse({ status: answer.status, headers: answer.headers });
    return {
      attempt: {
        ...kept,
        ...answered(deps, answer, hidden),
        outcome: outcome.outcome,
        code: outcome.code,
        error: null,
      },
      outcome,
      retryAfterMs: parseRetryAfter(answer.headers['retry-after'], at),
    };
  } catch (error) {
    const { outcome, message } = classifyError(error);
    return {
      attempt: {
        ...kept,
        ...unanswered(deps.now() - at),
        outcome: 'failed',
        code: outcome.code,
        error: deps.mask(message, hidden),
      },
      outcome,
      retryAfterMs: null,
    };
  }
}

/** A webhook's parcels share one list, which is prepared once. */
const hiddenLists = new WeakMap<Parcel['headers'], { of: Parcel['secrets']; hidden: readonly string[] }>();

/** What must not be kept of an exchange. */
function hiddenOf({ secrets, headers }: Parcel): readonly string[] {
  const known = hiddenLists.get(headers);
  if (known?.of === secrets) return known.hidden;
  const hidden = [...secrets, ...headers.filter(({ secret }) => secret).map(({ value }) => value)];
  hiddenLists.set(headers, { of: secrets, hidden });
  return hidden;
}

/** What the attempt decides about its delivery, as data. */
export interface Decision {
  row: OutcomeRow;
  /** For the gate of the webhook; null where the attempt says nothing about it. */
  signal: GateSignal | null;
}

export interface Waiting {
  deliveryId: number;
  webhookId: number;
  fence: number;
  orderKey: string | null;
  /** Attempts made before this one. */
  attempts: number;
  /** Attempts that a resend by hand has set aside: the schedule began anew there. */
  scheduleOffset: number;
  schedule: readonly number[];
  kind: NewAttempt['kind'];
}

/** DECIDE: succeeded, tried again at a time, or failed. Pure. */
export function decide(sent: Sent, waiting: Waiting, now: number, random: () => number): Decision {
  const number = waiting.attempts + 1;
  const next = sent.outcome.retry
    ? nextAttemptAt({
        attempt: number - waiting.scheduleOffset,
        schedule: waiting.schedule,
        now,
        random,
        retryAfterMs: sent.retryAfterMs,
        slowDown: sent.outcome.slowDown,
      })
    : null;
  const state = finalState(sent, next);
  return {
    row: {
      deliveryId: waiting.deliveryId,
      webhookId: waiting.webhookId,
      fence: waiting.fence,
      orderKey: waiting.orderKey,
      state,
      attempts: number,
      dueAt: next ?? now,
      finishedAt: state === 'pending' ? null : now,
      attempt: { ...sent.attempt, number, kind: waiting.kind },
    },
    signal: signalOf(sent, next, now),
  };
}

/** Failures of our own making: nothing reached the endpoint, so they say nothing about it. */
const ownFailures: ReadonlySet<FailureCode> = new Set<FailureCode>(['shutdown', 'internal']);

/** Answers that speak against the message, not against the endpoint: 4xx but these two. */
const overloadStatuses = new Set([408, 429]);

function signalOf(
  { outcome, attempt, retryAfterMs }: Sent,
  next: number | null,
  now: number,
): GateSignal | null {
  if (outcome.code !== null && ownFailures.has(outcome.code)) return null;
  const status = attempt.httpStatus;
  const refusedMessage = status !== null && status >= 400 && status < 500 && !overloadStatuses.has(status);
  const succeeded = outcome.outcome === 'succeeded';
  return {
    succeeded,
    endpointFailed: !succeeded && !refusedMessage && outcome.code !== 'address_refused',
    overloaded: outcome.slowDown,
    disable: outcome.disable,
    pauseUntil:
      outcome.pauseWebhook && retryAfterMs !== null
        ? (next ?? now + Math.min(retryAfterMs, retryAfterCapMs))
        : null,
  };
}

function finalState(sent: Sent, next: number | null): OutcomeRow['state'] {
  if (sent.outcome.outcome === 'succeeded') return 'succeeded';
  if (sent.outcome.abort) return 'cancelled';
  return next === null ? 'failed' : 'pending';
}

/** An attempt that could not even be made: the body is gone. */
export function notSent(input: { at: number; url: string; code: FailureCode; error: string }): Sent {
  return {
    attempt: {
      at: input.at,
      method: 'POST',
      url: input.url,
      requestHeaders: {},
      ...unanswered(0),
      outcome: 'failed',
      code: input.code,
      error: input.error,
    },
    outcome: {
      outcome: 'failed',
      code: input.code,
      retry: false,
      disable: null,
      abort: false,
      slowDown: false,
      pauseWebhook: false,
    },
    retryAfterMs: null,
  };
}

function answered(deps: DeliverDeps, answer: HttpAnswer, hidden: readonly string[]) {
  return {
    durationMs: Math.round(answer.durationMs),
    httpStatus: answer.status,
    statusText: deps.mask(answer.statusText, hidden),
    responseHeaders: deps.maskHeaders(answer.headers, hidden),
    responseBody: keptBody(deps, answer.body, hidden),
    truncated: answer.truncated,
  };
}

/** Within the cap once more: what stands in place of a secret may be longer than it. */
function keptBody({ responseBytes, mask }: DeliverDeps, body: Buffer, hidden: readonly string[]): string {
  const shown = mask(decodeText(body, responseBytes), hidden);
  return decodeText(Buffer.from(shown), responseBytes);
}

const unanswered = (durationMs: number) => ({
  durationMs: Math.round(durationMs),
  httpStatus: null,
  statusText: null,
  responseHeaders: null,
  responseBody: null,
  truncated: false,
});
