import { z } from 'zod';
import { maxEventTypeLength } from './event-types';

/** An entry of this Strapi; `locale` is null for a type without locales. */
export const entryReference = z.strictObject({
  uid: z.string().min(1, 'is required').max(200),
  documentId: z.string().min(1, 'is required').max(60),
  locale: z.string().max(20).nullable().default(null),
});
export type EntryReference = z.infer<typeof entryReference>;

/** What a call without an entry is called: a build hook needs no more. */
export const emptyTriggerType = 'manual.triggered';

/** *Trigger now*: a real delivery to one webhook, queued and retried like any other. */
export const triggerInput = z
  .strictObject({
    /** Of the entry's event types; needed with an entry. */
    eventType: z.string().min(1, 'is required').max(maxEventTypeLength).nullable().default(null),
    entry: entryReference.nullable().default(null),
  })
  .refine(({ entry, eventType }) => entry === null || eventType !== null, {
    path: ['eventType'],
    message: 'is required',
  });
export type TriggerInput = z.infer<typeof triggerInput>;

/** Answer of `POST /event-webhooks/webhooks/:id/trigger`. */
export interface TriggerResult {
  deliveryId: number;
  messageId: string;
  eventType: string;
}

/** *Why did it not fire?* for a webhook, and an entry or an event type. */
export const whyInput = z.object({
  eventType: z.string().max(maxEventTypeLength).optional(),
  uid: z.string().max(200).optional(),
  documentId: z.string().max(60).optional(),
});
export type WhyInput = z.infer<typeof whyInput>;

export const whyChecks = [
  /** Capture is on in this process. */
  'capturing',
  /** The event type, or the content type, gives events. */
  'in_catalog',
  /** The webhook waits for one of these event types. */
  'subscribed',
  /** It is turned on. */
  'active',
  /** Its secret can be read. */
  'readable',
  /** The conditions of business events hold for the entry as it is now. */
  'condition',
  /** An event was written for this entry. */
  'event_written',
  /** The event was matched with the webhooks. */
  'matched',
  /** A delivery to this webhook was made of it. */
  'delivery',
  /** Nothing holds it: breaker, throttle, rate limit, pause, away from home. */
  'going',
] as const;
export type WhyCheckName = (typeof whyChecks)[number];

export interface WhyCheck {
  name: WhyCheckName;
  /** `no` is why it did not fire; `unknown` where it cannot be told. */
  answer: 'yes' | 'no' | 'unknown';
  /** For the sentence on the screen, e.g. the names of event types, a reason's code, a state. */
  detail: string | null;
}

export interface WhyEvent {
  messageId: string;
  eventType: string;
  /** Epoch milliseconds. */
  occurredAt: number;
  actorName: string | null;
  /** The delivery to this webhook, if there is one. */
  deliveryId: number | null;
  state: string | null;
  matchError: string | null;
}

/** Answer of `GET /event-webhooks/webhooks/:id/why`. */
export interface WhyView {
  checks: WhyCheck[];
  /** The first check that says no, or null: as far as can be told it fired, or would. */
  reason: WhyCheckName | null;
  /** The newest events of the entry or of the event type, newest first, at most 10. */
  events: WhyEvent[];
}
