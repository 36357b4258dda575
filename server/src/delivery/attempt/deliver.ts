import type { FailureCode, RequestMethod } from '../../../../contracts';
import type { GateSignal } from '../../gate';
import type { NewAttempt, OutcomeRow } from '../../store/outcomes';
import { addressSecrets } from '../../secrets';
import { askedWaitMs, nextAttemptAt } from './backoff';
import type { Outcome } from './classify';
import { classifyError, classifyResponse } from './classify';
import type { HttpAnswer, HttpClient } from '../http/http-client';
import { masked } from './mask';
import { requestHeaders } from './request-headers';
import { decodeText } from './response-text';
import { parseRetryAfter } from './retry-after';
import { sign } from './signature';

export interface DeliverDeps {
  http: HttpClient;
  now(): number;
  /** Milliseconds of a monotonic clock. */
  elapsed(): number;
  random(): number;
  version: string;
  /** How much of a response is kept; the client reads `cutMarginBytes` more. */
  responseBytes: number;
  /** Masks known secrets in stored texts: an echoing receiver returns them. */
  mask(text: string, secrets: readonly string[], kept?: number): string;
  /** The same for names and values of headers. */
  maskHeaders(headers: Record<string, string>, secrets: readonly string[]): Record<string, string>;
}

/** The request to send and its receiver: everything decrypted and looked up. */
export interface Parcel {
  messageId: string;
  method: RequestMethod;
  body: string;
  /** Null where there is no body. */
  contentType: string | null;
  test: boolean;
  url: string;
  /** The stored form of the URL: the same, or its origin only if the URL is secret. */
  shownUrl: string;
  headers: readonly { name: string; value: string; secret?: boolean }[];
  /** Signing secrets, newest first. */
  secrets: readonly string[];
  /** Further values that must not be stored. */
  hidden: readonly string[];
  timeoutMs: number;
}

export interface Sent {
  attempt: Omit<NewAttempt, 'number' | 'kind'>;
  outcome: Outcome;
  retryAfterMs: number | null;
}

/** ONE REQUEST: prepare → sign → send → classify. Never throws because of a receiver. */
export async function send(deps: DeliverDeps, parcel: Parcel): Promise<Sent> {
  const at = deps.now();
  const began = deps.elapsed();
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
    contentType: parcel.contentType,
    version: deps.version,
  });
  const hidden = hiddenOf(parcel);
  const requestHeadersKept = withoutSecrets(deps.maskHeaders(headers, hidden), parcel.headers);
  const { method } = parcel;
  const kept = { at, method, url: parcel.shownUrl, requestHeaders: requestHeadersKept };
  try {
    const { url, body, timeoutMs } = parcel;
    const answer = await deps.http.send({ method, url, headers, body, timeoutMs });
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
      retryAfterMs: parseRetryAfter(answer.headers['retry-after'], deps.now()),
    };
  } catch (error) {
    const { outcome, message } = classifyError(error);
    return {
      attempt: {
        ...kept,
        ...unanswered(deps.elapsed() - began),
        outcome: 'failed',
        code: outcome.code,
        error: deps.mask(message, hidden),
      },
      outcome,
      retryAfterMs: null,
    };
  }
}

/** The parcels of a webhook share one list, which is prepared once. */
const hiddenLists = new WeakMap<Parcel['headers'], { of: Parcel['secrets']; hidden: readonly string[] }>();

/** By name: a value may be too short to be searched for. */
function withoutSecrets(headers: Record<string, string>, custom: Parcel['headers']): Record<string, string> {
  const secret = custom.filter((header) => header.secret && header.name in headers);
  return { ...headers, ...Object.fromEntries(secret.map(({ name }) => [name, masked])) };
}

/** Values that must not be stored. */
function hiddenOf({ url, shownUrl, secrets, headers, hidden: further }: Parcel): readonly string[] {
  const known = hiddenLists.get(headers);
  if (known?.of === secrets) return known.hidden;
  const values = headers.filter(({ secret }) => secret).map(({ value }) => value);
  const hidden = [...secrets, ...further, ...values, ...(url === shownUrl ? [] : addressSecrets(url))];
  hiddenLists.set(headers, { of: secrets, hidden });
  return hidden;
}

/** The decision about the delivery, as data. */
export interface Decision {
  row: OutcomeRow;
  /** For the webhook's gate; null if the attempt says nothing about the receiver. */
  signal: GateSignal | null;
}

export interface Waiting {
  deliveryId: number;
  webhookId: number;
  fence: number;
  orderKey: string | null;
  /** Attempts made before this one. */
  attempts: number;
  /** Attempts before a manual resend: the schedule restarted there. */
  scheduleOffset: number;
  schedule: readonly number[];
  kind: NewAttempt['kind'];
}

/** DECIDE: succeeded, retried at a time, or failed. Pure. */
export function decide(sent: Sent, waiting: Waiting, now: number, random: () => number): Decision {
  const number = waiting.attempts + 1;
  const place = { attempt: number - waiting.scheduleOffset, schedule: waiting.schedule };
  const next = sent.outcome.retry
    ? nextAttemptAt({
        ...place,
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
    signal: signalOf(sent, place, now),
  };
}

/** Failures on our side: nothing reached the receiver, so they do not count against it. */
const ownFailures: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'shutdown',
  'internal',
  'template_failed',
]);

/** All other 4xx count against the message, not against the receiver. */
const overloadStatuses = new Set([408, 429]);

function signalOf(
  { outcome, attempt, retryAfterMs }: Sent,
  place: { attempt: number; schedule: readonly number[] },
  now: number,
): GateSignal | null {
  if (outcome.code !== null && ownFailures.has(outcome.code)) return null;
  const status = attempt.httpStatus;
  const refusedMessage = status !== null && status >= 400 && status < 500 && !overloadStatuses.has(status);
  const succeeded = outcome.outcome === 'succeeded';
  return {
    at: attempt.at,
    succeeded,
    endpointFailed: !succeeded && !refusedMessage && outcome.code !== 'address_refused',
    overloaded: outcome.slowDown,
    disable: outcome.disable,
    pauseUntil: outcome.pauseWebhook && retryAfterMs !== null ? now + askedWaitMs(retryAfterMs, place) : null,
  };
}

function finalState(sent: Sent, next: number | null): OutcomeRow['state'] {
  if (sent.outcome.outcome === 'succeeded') return 'succeeded';
  if (sent.outcome.abort) return 'cancelled';
  return next === null ? 'failed' : 'pending';
}

/** An attempt that could not even be started: the body is gone. */
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
    statusText: deps.mask(answer.statusText, hidden, maxStatusTextLength),
    responseHeaders: deps.maskHeaders(answer.headers, hidden),
    responseBody: keptBody(deps, answer.body, hidden),
    truncated: answer.truncated || answer.body.length > deps.responseBytes,
  };
}

const maxStatusTextLength = 200;

/**
 * Masked before it is cut, so that no part of a secret is left at the cut. Then cut again: the mask can be
 * longer than the secret.
 */
function keptBody({ responseBytes, mask }: DeliverDeps, body: Buffer, hidden: readonly string[]): string {
  const kept = decodeText(body, responseBytes);
  if (body.length <= responseBytes) return within(mask(kept, hidden), responseBytes);
  return within(mask(decodeText(body, 3 * body.length), hidden, kept.length), responseBytes);
}

const within = (text: string, bytes: number): string => decodeText(Buffer.from(text), bytes);

const unanswered = (durationMs: number) => ({
  durationMs: Math.round(durationMs),
  httpStatus: null,
  statusText: null,
  responseHeaders: null,
  responseBody: null,
  truncated: false,
});
