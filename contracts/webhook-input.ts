import { z } from 'zod';
import { isAlteredShownAddress } from './address';
import { webhookConditions } from './condition-schema';
import { maxEventTypeLength, subscriptionPattern } from './event-types';
import { fieldTrees } from './field-tree';
import { shownName } from './names';
import { shortestSecret } from './parts';
import { payloadFormats, requestTemplate, templateLimits, templateSecret } from './sending';

const daySeconds = 24 * 3600;

export const limits = {
  nameLength: 120,
  urlLength: 2000,
  /** A DNS name has 253 characters at most (RFC 1035 §2.3.4); with its port this fits the log's column. */
  hostLength: 255,
  eventsPerWebhook: 200,
  headersPerWebhook: 20,
  headerNameLength: 100,
  headerValueLength: 4000,
  timeoutSeconds: { min: 1, max: 60, default: 15 },
  retries: 20,
  retryDelaySeconds: 7 * daySeconds,
  rateCount: 100_000,
  rateSeconds: daySeconds,
  quietSeconds: 3600,
  collapseSeconds: daySeconds,
  alertFailures: 1000,
  alertMinutes: 7 * 24 * 60,
} as const;

/**
 * Delays before the 2nd, 3rd … attempt, in seconds: the example schedule of Standard Webhooks 1.0
 * ("Retries"). The last attempt is 75 h 35 min 5 s after the first.
 */
export const defaultRetryScheduleSeconds = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400] as const;

/** RFC 9110 §5.1 `token`. */
const headerNamePattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/**
 * Headers that the sender sets itself or that are hop-by-hop (RFC 9110 §7.6.1); and the one name that a
 * JavaScript object cannot hold as an ordinary key, so that it would not be sent.
 */
const reservedHeaders = new Set([
  '__proto__',
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

/** A header of the webhook. A secret one is write-only; `value: null` keeps the stored value. */
export const webhookHeader = z.strictObject({
  name: headerName,
  value: headerValue.nullable(),
  secret: z.boolean().default(false),
});

const tooShortToHide = ({ value, secret }: z.output<typeof webhookHeader>): boolean =>
  secret && value !== null && value.length < shortestSecret;

const httpUrl = z
  .string({ error: 'is required' })
  .trim()
  .min(1, 'is required')
  .max(limits.urlLength, `must be at most ${limits.urlLength} characters`)
  .superRefine((value, context) => {
    const problem = urlProblem(value);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  });

/**
 * The rule by which a URL is refused because of its text alone, or null. The server checks the address that a
 * name resolves to.
 */
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
  if (url.host.length > limits.hostLength) {
    return `must have a host of at most ${limits.hostLength} characters`;
  }
  if (isAlteredShownAddress(value)) return 'is shown only in part; enter the full URL';
  return null;
}

const subscription = z
  .string()
  .max(maxEventTypeLength, `must be at most ${maxEventTypeLength} characters`)
  .regex(subscriptionPattern, 'must be an event type like payment.received, or a wildcard like payment.*');

const seconds = (most: number) =>
  z
    .int('must be a whole number of seconds')
    .min(1, 'must be at least 1')
    .max(most, `must be at most ${most}`);

const wholeOf = (most: number) =>
  z.int('must be a whole number').min(1, 'must be at least 1').max(most, `must be at most ${most}`);

/** Several events become one delivery. */
export const collapse = z
  .strictObject({
    /** It is sent when nothing has happened for so long … */
    quietSeconds: seconds(limits.quietSeconds),
    /** … and at the latest so long after the first event. */
    maxSeconds: seconds(limits.collapseSeconds),
    /** All events of the webhook become one, or those of each document and locale. */
    per: z.enum(['webhook', 'document']),
    /** The newest event, or all of them as an array. */
    send: z.enum(['latest', 'all']),
  })
  .refine(({ quietSeconds, maxSeconds }) => maxSeconds >= quietSeconds, {
    path: ['maxSeconds'],
    message: 'must be at least the quiet period',
  });
export type Collapse = z.infer<typeof collapse>;

/** When its owner is told that it fails: by what is reached first, once for each outage. */
export const alertAfter = z
  .strictObject({
    /** Failed attempts in a row that count against the receiver. */
    failures: wholeOf(limits.alertFailures).nullable(),
    /** Since the first attempt that failed, with nothing delivered since. */
    minutes: wholeOf(limits.alertMinutes).nullable(),
  })
  .refine(({ failures, minutes }) => failures !== null || minutes !== null, {
    path: ['failures'],
    message: 'is required, unless a time is given',
  });
export type AlertAfter = z.infer<typeof alertAfter>;

/** The fields of a webhook's form, each as it is given. */
const webhookFields = {
  name: shownName(limits.nameLength).min(1, 'is required'),
  /** The short form of a stored secret URL (`https://hooks.slack.com/••••`) keeps the stored one. */
  url: httpUrl,
  /** Whether the URL is secret; null: decided by the known services, and unchanged for a kept URL. */
  urlSecret: z.boolean().nullable(),
  events: z
    .array(subscription, { error: 'is required' })
    .min(1, 'choose at least one event')
    .max(limits.eventsPerWebhook, `must be at most ${limits.eventsPerWebhook}`),
  active: z.boolean(),
  headers: z
    .array(webhookHeader)
    .max(limits.headersPerWebhook, `must be at most ${limits.headersPerWebhook}`)
    .superRefine((headers, context) => {
      const seen = new Set<string>();
      headers.forEach((header, index) => {
        const name = header.name.toLowerCase();
        if (seen.has(name)) {
          context.addIssue({ code: 'custom', path: [index, 'name'], message: 'is named twice' });
        }
        seen.add(name);
        if (tooShortToHide(header)) {
          const message = `must be at least ${shortestSecret} characters to be kept secret`;
          context.addIssue({ code: 'custom', path: [index, 'value'], message });
        }
      });
    }),
  timeoutSeconds: z
    .int('must be a whole number of seconds')
    .min(limits.timeoutSeconds.min, `must be at least ${limits.timeoutSeconds.min}`)
    .max(limits.timeoutSeconds.max, `must be at most ${limits.timeoutSeconds.max}`)
    .nullable(),
  /** Delays in seconds; null means the default schedule, `[]` means a single attempt. */
  retryScheduleSeconds: z
    .array(
      z
        .int('must be whole seconds')
        .min(1, 'must be at least 1')
        .max(limits.retryDelaySeconds, `must be at most ${limits.retryDelaySeconds / daySeconds} days`),
    )
    .max(limits.retries, `must be at most ${limits.retries}`)
    .nullable(),
  /** At most `count` requests in `seconds`; null means no limit. */
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
    .nullable(),
  /** Deliveries of one document (and locale) are sent one after the other. */
  ordered: z.boolean(),
  /** With `ordered`: what a permanently failed delivery does to the following ones. */
  onFailedHead: z.enum(['pass', 'block']),
  /** Sent only when these hold; null: always. */
  conditions: webhookConditions.nullable(),
  /** Null: each event is a delivery of its own. */
  collapse: collapse.nullable(),
  /** Which fields of an entry are sent, by the uid of its content type; null: each as a whole. */
  fields: fieldTrees.nullable(),
  /** Null: half way to being disabled. */
  alertAfter: alertAfter.nullable(),
  format: z.enum(payloadFormats),
  /** With the format `template`. */
  template: requestTemplate.nullable(),
  /** What templates name as `{{ secret.<name> }}`. */
  templateSecrets: z
    .array(templateSecret)
    .max(templateLimits.secrets, `must be at most ${templateLimits.secrets}`)
    .superRefine((secrets, context) => {
      const names = secrets.map(({ name }) => name);
      names.forEach((name, index) => {
        if (names.indexOf(name) !== index)
          context.addIssue({ code: 'custom', path: [index, 'name'], message: 'is named twice' });
      });
    }),
};

/** What `POST /event-webhooks/webhooks` takes: what is left out has its default. */
export const webhookInput = z.strictObject({
  ...webhookFields,
  urlSecret: webhookFields.urlSecret.default(null),
  active: webhookFields.active.default(true),
  headers: webhookFields.headers.default([]),
  timeoutSeconds: webhookFields.timeoutSeconds.default(null),
  retryScheduleSeconds: webhookFields.retryScheduleSeconds.default(null),
  rateLimit: webhookFields.rateLimit.default(null),
  ordered: webhookFields.ordered.default(false),
  onFailedHead: webhookFields.onFailedHead.default('pass'),
  conditions: webhookFields.conditions.default(null),
  collapse: webhookFields.collapse.default(null),
  fields: webhookFields.fields.default(null),
  alertAfter: webhookFields.alertAfter.default(null),
  format: webhookFields.format.default('standard'),
  template: webhookFields.template.default(null),
  templateSecrets: webhookFields.templateSecrets.default([]),
});

/**
 * What `PUT /event-webhooks/webhooks/:id` takes: what is left out stays as it is. With the `version` that was read a
 * change is refused (409, see `Conflict`) where somebody has saved another one since.
 */
export const webhookChange = z
  .strictObject(webhookFields)
  .partial()
  .extend({ version: z.int('must be a whole number').min(0, 'must be at least 0').optional() });
export type WebhookChange = z.infer<typeof webhookChange>;

export type WebhookInput = z.infer<typeof webhookInput>;
export type WebhookFormValues = z.input<typeof webhookInput>;
