import { z } from 'zod';
import { maxEventTypeLength } from './event-types';
import { plainText, rowIdInJson } from './parts';
import type { TemplateProblem } from './sending';
import { entryReference } from './trigger';
import type { PlacedFinding, Truth } from './truth';
import { webhookConditions } from './condition-schema';
import { limits, webhookInput } from './webhook-input';

/** How many of the newest events are tried and offered. */
export const recentEventsAtMost = 20;

/** Query of `GET /event-webhooks/events/recent`: subscriptions, separated by commas. */
export const recentEventsQuery = z.strictObject({ events: plainText(20_000).default('') });

/** An event that has happened, as the screens offer it. */
export interface RecentEvent {
  eventId: number;
  eventType: string;
  eventName: string;
  /** Null where the event has no entry, or the role may not read it. */
  entryName: string | null;
  /** Epoch milliseconds. */
  occurredAt: number;
}

/** Response of `GET /event-webhooks/events/recent`: newest first. */
export interface RecentEvents {
  results: RecentEvent[];
}

/** Body of `POST /event-webhooks/conditions/actions/try`: real events, or one entry as if it had just been changed. */
export const conditionTrial = z.strictObject({
  events: z
    .array(plainText(maxEventTypeLength))
    .max(limits.eventsPerWebhook, `must be at most ${limits.eventsPerWebhook}`),
  conditions: webhookConditions.nullable(),
  entry: entryReference.nullable().default(null),
});
export type ConditionTrial = z.infer<typeof conditionTrial>;

/** An event, or an entry tried by hand, and what the conditions say of it. */
export interface TriedEvent {
  /** Null for an entry that is tried by hand, and so is the message id. */
  eventId: number | null;
  messageId: string | null;
  eventType: string;
  eventName: string;
  entryName: string | null;
  uid: string | null;
  documentId: string | null;
  /** Epoch milliseconds. */
  occurredAt: number;
  actorName: string | null;
  holds: Truth;
  findings: PlacedFinding[];
}

/** Response of `POST /event-webhooks/conditions/actions/try`: newest first. */
export interface ConditionTrialResult {
  /** Display name of the content type if there is one only; else empty. */
  subject: string;
  tried: TriedEvent[];
  fired: number;
}

/** Body of `POST /event-webhooks/webhooks/actions/preview`: the form as it stands; nothing is saved or sent. */
export const previewInput = z.strictObject({
  /** Of a saved webhook, whose stored secret values can be kept. */
  webhookId: rowIdInJson.optional(),
  webhook: webhookInput,
  eventType: plainText(maxEventTypeLength).min(1, 'is required'),
  /** An event that has happened; null: the sample of the event type. */
  eventId: rowIdInJson.nullable().default(null),
});

export interface PreviewedRequest {
  method: string;
  url: string;
  /** Secret values are masked. */
  headers: Record<string, string>;
  body: string;
}

/** Response of `POST /event-webhooks/webhooks/actions/preview`. */
export interface PreviewResult {
  /** Null where there are problems. */
  request: PreviewedRequest | null;
  /** Of the body. */
  bytes: number;
  problems: TemplateProblem[];
  /** What templates can name, with its values in this event. */
  context: unknown;
}
