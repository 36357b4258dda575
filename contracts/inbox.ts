import { z } from 'zod';
import { shownName } from './names';

export const inboxLimits = {
  bodyBytes: 2 * 1024 * 1024,
  requests: 200,
  totalBytes: 20 * 1024 * 1024,
  days: 7,
  delaySeconds: 30,
  /** Requests per minute and inbox; beyond it 429. */
  perMinute: 600,
  inboxes: 100,
  /** Bytes of bodies per minute and inbox; beyond it 429. */
  bytesPerMinute: 64 * 1024 * 1024,
  /** Bytes of bodies being received at the same time, for all inboxes of a process; beyond it 503. */
  bytesInFlight: 32 * 1024 * 1024,
  /** For a whole body to arrive; beyond it 408. */
  bodySeconds: 10,
} as const;

export const inboxSettings = z.strictObject({
  name: shownName(80).optional(),
  answerStatus: z
    .int()
    .min(200, 'must be between 200 and 599')
    .max(599, 'must be between 200 and 599')
    .optional(),
  answerDelaySeconds: z
    .int()
    .min(0)
    .max(inboxLimits.delaySeconds, `must be at most ${inboxLimits.delaySeconds}`)
    .optional(),
});
export type InboxSettings = z.infer<typeof inboxSettings>;

export interface InboxView {
  token: string;
  name: string;
  url: string;
  answerStatus: number;
  answerDelaySeconds: number;
  requestCount: number;
  /** Epoch milliseconds. */
  createdAt: number;
  expiresAt: number;
}

/**
 * `verified`: signed by a webhook of this Strapi, which is null for callers that may see neither webhooks nor
 * deliveries; `unsigned`: no webhook-signature header.
 */
export type SignatureVerdict =
  | { verdict: 'verified'; webhookId: number | null; webhookName: string | null; ageSeconds: number }
  | { verdict: 'unsigned' }
  | { verdict: 'invalid'; reason: 'no_match' | 'too_old' | 'in_future' | 'malformed' };

export interface InboxRequestRow {
  id: number;
  method: string;
  path: string;
  /** `type` of a Standard Webhooks body, if it is one. */
  eventType: string | null;
  test: boolean;
  /** Epoch milliseconds. */
  receivedAt: number;
  bodyBytes: number;
  answeredStatus: number;
  answeredAfterMs: number;
  signature: SignatureVerdict;
}

export interface InboxRequestDetail extends InboxRequestRow {
  query: string;
  headers: [string, string][];
  /** Decoded as UTF-8 with replacement. */
  body: string;
  /** The exact bytes. */
  bodyBase64: string;
  /** True if the body was longer than the limit: the response was 413 and the rest was not read. */
  tooLarge: boolean;
}

export interface InboxRequestList {
  inbox: InboxView;
  results: InboxRequestRow[];
}
