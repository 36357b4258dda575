import { z } from 'zod';
import { maxEventTypeLength } from './event-types';
import type { FailureCode } from './failures';
import { plainText, rowIdInJson } from './parts';
import { entryReference } from './trigger';
import { webhookInput } from './webhook-input';

/** Send test event: a saved webhook, or the values of the form (nothing is saved). */
export const testInput = z
  .strictObject({
    webhookId: rowIdInJson.optional(),
    webhook: webhookInput.optional(),
    eventType: plainText(maxEventTypeLength).min(1, 'is required'),
    /** With the data of this entry; with sample data if null. */
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
    /** True if the response was longer than the stored part. */
    truncated: boolean;
  } | null;
}

/** Response to a test for callers that may not see webhooks: the result is in the log. */
export interface TestSent {
  /** Null if the webhook is not saved. */
  deliveryId: number | null;
  messageId: string;
}

/** Response of `POST /event-webhooks/webhooks/actions/test`. A failed test is still a 200. */
export interface TestResult extends HttpExchange, TestSent {
  ok: boolean;
  eventType: string;
  host: string;
  durationMs: number;
  code: FailureCode | null;
  /** The technical error text, e.g. `getaddrinfo ENOTFOUND exmaple.com`. */
  error: string | null;
}
