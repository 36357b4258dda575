import { z } from 'zod';
import { maxEventTypeLength, subscriptionPattern } from './event-types';
import type { FailureCode } from './failures';
import { entryReference } from './trigger';

export const limits = {
  nameLength: 120,
  urlLength: 2000,
  eventsPerWebhook: 200,
  headersPerWebhook: 20,
  headerNameLength: 100,
  headerValueLength: 4000,
  timeoutSeconds: { min: 1, max: 30, default: 15 },
  retries: 20,
  retryDelaySeconds: 7 * 24 * 3600,
  rateCount: 100_000,
  rateSeconds: 24 * 3600,
} as const;

/**
 * Delays before the 2nd, 3rd … attempt, in seconds: the example schedule of Standard Webhooks 1.0
 * ("Retries"). The last attempt stands 75 h 35 min 5 s after the first.
 */
export const defaultRetryScheduleSeconds = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400] as const;

/** RFC 9110 §5.1 `token`. */
const headerNamePattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Names that the sender sets itself or that belong to one hop of HTTP (RFC 9110 §7.6.1). */
const reservedHeaders = new Set([
  'host',
  'content-length',
  'content-type',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'proxy-authorization',
  'proxy-connection',
  'user-agent',
]);

export const isReservedHeader = (name: string): boolean =>
  reservedHeaders.has(name.toLowerCase()) || name.toLowerCase().startsWith('webhook-');

const headerName = z
  .string()
  .trim()
  .min(1, 'is required')
  .max(limits.headerNameLength, `must be at most ${limits.headerNameLength} characters`)
  .regex(headerNamePattern, 'may hold letters, digits and - only')
  .refine((name) => !isReservedHeader(name), 'is set by the sender itself and cannot be chosen');

const headerValue = z
  .string()
  .max(limits.headerValueLength, `must be at most ${limits.headerValueLength} characters`)
  // RFC 9110 §5.5: visible characters, space and tab. Line breaks would start another header.

  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'must not contain line breaks or control characters');

/** A header of the webhook. A secret one is written once; `value: null` keeps what is stored. */
export const webhookHeader = z.strictObject({
  name: headerName,
  value: headerValue.nullable(),
  secret: z.boolean().default(false),
});

const httpUrl = z
  .string({ error: 'is required' })
  .trim()
  .min(1, 'is required')
  .max(limits.urlLength, `must be at most ${limits.urlLength} characters`)
  .superRefine((value, context) => {
    const problem = urlProblem(value);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  });

/** The rule that refuses a URL by its text alone, or null. Where a name leads is checked by the server. */
export function urlProblem(value: string): string | null {
  // eslint-disable-next-line no-control-regex
  if (/[\s\x00-\x1f]/.test(value)) return 'must not contain spaces or control characters';
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return 'must be a complete address, like https://example.com/hook';
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with https:// or http://';
  if (url.username !== '' || url.password !== '') {
    return 'must not contain a user name or password; use a secret header instead';
  }
  return null;
}

const subscription = z
  .string()
  .max(maxEventTypeLength, `must be at most ${maxEventTypeLength} characters`)
  .regex(subscriptionPattern, 'must be an event type like payment.received, or a wildcard like payment.*');

/** What `POST /event-webhooks/webhooks` and `PUT /event-webhooks/webhooks/:id` take. */
export const webhookInput = z.strictObject({
  name: z
    .string({ error: 'is required' })
    .trim()
    .min(1, 'is required')
    .max(limits.nameLength, `must be at most ${limits.nameLength} characters`),
  url: httpUrl,
  events: z
    .array(subscription, { error: 'is required' })
    .min(1, 'choose at least one event')
    .max(limits.eventsPerWebhook, `must be at most ${limits.eventsPerWebhook}`),
  active: z.boolean().default(true),
  headers: z
    .array(webhookHeader)
    .max(limits.headersPerWebhook, `must be at most ${limits.headersPerWebhook}`)
    .default([])
    .superRefine((headers, context) => {
      const seen = new Set<string>();
      headers.forEach((header, index) => {
        const name = header.name.toLowerCase();
        if (seen.has(name)) {
          context.addIssue({ code: 'custom', path: [index, 'name'], message: 'is named twice' });
        }
        seen.add(name);
      });
    }),
  timeoutSeconds: z
    .int('must be a whole number of seconds')
    .min(limits.timeoutSeconds.min, `must be at least ${limits.timeoutSeconds.min}`)
    .max(limits.timeoutSeconds.max, `must be at most ${limits.timeoutSeconds.max}`)
    .nullable()
    .default(null),
  /** Delays in seconds; null means the default schedule, `[]` means one try only. */
  retryScheduleSeconds: z
    .array(z.int('must be whole seconds').min(1, 'must be at least 1').max(limits.retryDelaySeconds))
    .max(limits.retries, `must be at most ${limits.retries}`)
    .nullable()
    .default(null),
  /** At most `count` requests in `seconds`; null is no limit. */
  rateLimit: z
    .strictObject({
      count: z
        .int('must be a whole number')
        .min(1, 'must be at least 1')
        .max(limits.rateCount, `must be at most ${limits.rateCount}`),
      seconds: z
        .int('must be a whole number of seconds')
        .min(1, 'must be at least 1')
        .max(limits.rateSeconds, `must be at most ${limits.rateSeconds}`),
    })
    .nullable()
    .default(null),
  /** Deliveries of one document (and locale) go one after the other. */
  ordered: z.boolean().default(false),
  /** With `ordered`: what a delivery that failed for good does to those behind it. */
  onFailedHead: z.enum(['pass', 'block']).default('pass'),
});

export type WebhookInput = z.infer<typeof webhookInput>;
export type WebhookFormValues = z.input<typeof webhookInput>;

/** `active` is the switch; the rest is the machine's. See the table of states in docs/guarantees.md. */
export type WebhookState = 'active' | 'paused' | 'disabled' | 'held' | 'away';

/**
 * Why a webhook needs somebody. `stalled`: what is due for it has waited for minutes, and no process delivers;
 * `header_unreadable`, `secret_unreadable`: the key that they are encrypted with has changed; `field_gone`: one of its
 * events names a field that the content type no longer has.
 */
export type AttentionCode =
  | 'away'
  | 'disabled'
  | 'secret_unreadable'
  | 'header_unreadable'
  | 'stalled'
  | 'event_type_gone'
  | 'field_gone'
  | 'failing';

/** Where a webhook was last confirmed: it sends only there. */
export interface HomeView {
  name: string | null;
  host: string | null;
  environment: string;
}

export interface WebhookHeaderView {
  name: string;
  /** Null for a secret header: it is never read back. */
  value: string | null;
  secret: boolean;
}

/** Succeeded and failed deliveries of one hour; `hour` is the epoch milliseconds of its beginning. */
export interface HourBucket {
  hour: number;
  succeeded: number;
  failed: number;
}

export interface LastDelivery {
  id: number;
  /** Epoch milliseconds. */
  at: number;
  state: 'pending' | 'delivering' | 'succeeded' | 'failed';
  httpStatus: number | null;
  code: FailureCode | null;
  /** Epoch milliseconds of the next try of a pending one. */
  nextAttemptAt: number | null;
}

export interface WebhookView {
  id: number;
  name: string;
  /** The complete URL. Where the URL itself is the secret only `host` is to be shown in lists. */
  url: string;
  host: string;
  events: string[];
  active: boolean;
  state: WebhookState;
  /** Why it is disabled or held: a code with a translation `webhook.reason.<code>`. */
  stateReason: string | null;
  /** Epoch milliseconds until which it is held; null also where it is held until somebody says otherwise. */
  heldUntil: number | null;
  /** Only where it is away: where it is at home. */
  home: HomeView | null;
  /** Epoch milliseconds of the first failed attempt since the last success. */
  failingSince: number | null;
  /** It sends fewer requests at once than it may, since the receiver was overloaded. */
  slowed: boolean;
  headers: WebhookHeaderView[];
  timeoutSeconds: number | null;
  retryScheduleSeconds: number[] | null;
  rateLimit: { count: number; seconds: number } | null;
  ordered: boolean;
  onFailedHead: 'pass' | 'block';
  /** Deliveries skipped while it was off that can still be sent. */
  missed: number;
  /** What somebody must see to, the gravest alone; null where all is well. */
  needsAttention: {
    code: AttentionCode;
    detail: string | null;
    /** With `field_gone`: the event type that names the field. */
    eventType?: string;
  } | null;
  /** The last 24 hours, oldest first, always 24 of them; only in lists and single answers. */
  hours: HourBucket[];
  lastDelivery: LastDelivery | null;
  createdAt: string;
  updatedAt: string;
}

export interface WebhookList {
  results: WebhookView[];
  pagination: { page: number; pageSize: number; pageCount: number; total: number };
}

export const webhookListQuery = z.object({
  search: z.string().max(200).optional(),
  event: z.string().max(maxEventTypeLength).optional(),
  state: z.enum(['active', 'paused', 'disabled', 'held', 'away']).optional(),
  sort: z.enum(['name:asc', 'name:desc', 'createdAt:asc', 'createdAt:desc']).default('name:asc'),
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(10),
});

export const bulkWebhookAction = z.strictObject({
  ids: z.array(z.int()).min(1).max(500),
  action: z.enum(['enable', 'disable', 'delete']),
});

export const urlCheckInput = z.strictObject({ url: z.string().max(limits.urlLength + 100) });

/** Answer of `POST /event-webhooks/webhooks/actions/check-url`. */
export interface UrlCheck {
  ok: boolean;
  /** A sentence in English that says which rule refuses it. */
  reason: string | null;
  /** `form`: by its text; `address`: it leads to a refused address; `name`: the name does not exist (a warning, saving is allowed). */
  rule: 'form' | 'address' | 'name' | null;
  host: string | null;
  /** True when the URL is an inbox of this Strapi. */
  inbox: boolean;
}

export interface SecretView {
  /** `whsec_…`, the current one first; older ones until `validUntil` (epoch ms). */
  secrets: { secret: string; validUntil: number | null }[];
}

export const rotateInput = z.strictObject({
  /** How long the old secret stays valid, hours; 0–168. */
  overlapHours: z.int().min(0).max(168).default(24),
});

/** Send test event: a saved webhook, or what stands in the form (nothing is saved by it). */
export const testInput = z
  .strictObject({
    webhookId: z.int().optional(),
    webhook: webhookInput.optional(),
    eventType: z.string().min(1, 'is required').max(maxEventTypeLength),
    /** With the data of this entry; with sample data where it is null. */
    entry: entryReference.nullable().default(null),
  })
  .refine((input) => input.webhookId !== undefined || input.webhook !== undefined, {
    path: ['webhookId'],
    message: 'a webhook or its form values are required',
  });

export interface HttpExchange {
  request: { method: string; url: string; headers: Record<string, string>; body: string };
  response: {
    status: number;
    statusText: string;
    headers: Record<string, string>;
    body: string;
    /** True when the answer was longer than what is kept. */
    truncated: boolean;
  } | null;
}

/** Answer of `POST /event-webhooks/webhooks/actions/test`. A test that fails is still a 200 of ours. */
export interface TestResult extends HttpExchange {
  ok: boolean;
  deliveryId: number | null;
  messageId: string;
  eventType: string;
  host: string;
  durationMs: number;
  code: FailureCode | null;
  /** The technical error text, e.g. `getaddrinfo ENOTFOUND exmaple.com`. */
  error: string | null;
}

/** Strapi's own webhooks that can be taken over with one button. */
export interface ImportableWebhooks {
  results: { id: number; name: string; url: string; events: string[]; enabled: boolean; imported: boolean }[];
}
export interface ImportResult {
  imported: { name: string; id: number }[];
  refused: { name: string; reason: string }[];
}
