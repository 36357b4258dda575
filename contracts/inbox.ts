import { z } from 'zod';

export const inboxLimits = {
  bodyBytes: 2 * 1024 * 1024,
  requests: 200,
  totalBytes: 20 * 1024 * 1024,
  days: 7,
  delaySeconds: 30,
  /** Requests a minute and inbox; beyond it 429. */
  perMinute: 600,
  inboxes: 100,
} as const;

export const inboxSettings = z.strictObject({
  name: z.string().trim().max(80, 'must be at most 80 characters').optional(),
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

/** `verified`: by a webhook of this Strapi; `unsigned`: no webhook-signature header. */
export type SignatureVerdict =
  | { verdict: 'verified'; webhookId: number; webhookName: string; ageSeconds: number }
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
  /** True when the body was longer than the limit: 413 was answered and the rest not read. */
  tooLarge: boolean;
}

export interface InboxRequestList {
  inbox: InboxView;
  results: InboxRequestRow[];
}
