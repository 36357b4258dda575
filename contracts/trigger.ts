import { z } from 'zod';
import type { WebhookConditions } from './conditions';
import { maxEventTypeLength } from './event-types';
import { plainText } from './parts';
import type { AffectedBecause } from './showing';
import type { PlacedFinding, Truth } from './truth';
import type { DeliveryStanding } from './standing';

/** An entry of this Strapi; `locale` is null for a type without locales. */
export const entryReference = z.strictObject({
  uid: plainText(200).min(1, 'is required'),
  documentId: plainText(60).min(1, 'is required'),
  locale: plainText(20).nullable().default(null),
});
export type EntryReference = z.infer<typeof entryReference>;

/** The event type of a trigger without an entry: a build hook needs no more. */
export const emptyTriggerType = 'manual.triggered';

/** *Trigger now*: a real delivery to one webhook, queued and retried like any other. */
export const triggerInput = z
  .strictObject({
    /** One of the entry's event types; required with an entry. */
    eventType: plainText(maxEventTypeLength).min(1, 'is required').nullable().default(null),
    entry: entryReference.nullable().default(null),
  })
  .refine(({ entry, eventType }) => entry === null || eventType !== null, {
    path: ['eventType'],
    message: 'is required',
  });
export type TriggerInput = z.infer<typeof triggerInput>;

/** Response of `POST /event-webhooks/webhooks/:id/trigger`. */
export interface TriggerResult {
  deliveryId: number;
  messageId: string;
  eventType: string;
}

/** *Why did it not fire?* for a webhook, and an entry or an event type. */
export const whyInput = z.strictObject({
  eventType: plainText(maxEventTypeLength).optional(),
  uid: plainText(200).optional(),
  documentId: plainText(60).optional(),
  /** Of the entry; without it all of its locales are meant. */
  locale: plainText(20).optional(),
});
export type WhyInput = z.infer<typeof whyInput>;

export const whyChecks = [
  /** Capture is on in this process. */
  'capturing',
  /** The event type exists, or the content type has events. */
  'in_catalog',
  /** The webhook is subscribed to one of these event types. */
  'subscribed',
  /** The webhook is on. */
  'active',
  /** Its secret can be decrypted. */
  'readable',
  /** The newest change of the entry meets the rule of a business event. */
  'rule',
  /** An event was saved for this entry. */
  'event_written',
  /** The event was matched to webhooks. */
  'matched',
  /** The webhook, which asks for less noise, does not leave the newest event out: `unchanged`, `published`. */
  'noise',
  /** The webhook's conditions let the newest event through, as they are now. */
  'condition',
  /** A delivery to this webhook was created. */
  'delivery',
  /** It is not on hold: circuit breaker, throttle, rate limit, pause, other installation. */
  'going',
  /** The receiver took it: what the last attempt came to. */
  'answered',
] as const;
export type WhyCheckName = (typeof whyChecks)[number];

export interface WhyCheck {
  name: WhyCheckName;
  /** `no` is why it did not fire; `unknown` if it cannot be determined. */
  answer: 'yes' | 'no' | 'unknown';
  /** For the sentence on the screen, e.g. the names of event types, the code of a reason, a state. */
  detail: string | null;
}

export interface WhyEvent {
  id: number;
  messageId: string;
  eventType: string;
  /** Epoch milliseconds. */
  occurredAt: number;
  actorName: string | null;
  /** The change that it follows from, if it tells that an entry is affected. */
  because: AffectedBecause | null;
  /** The delivery to this webhook, if there is one. */
  deliveryId: number | null;
  state: string | null;
  /** How that delivery stands. */
  standing: DeliveryStanding | null;
  /** Why it was set aside, for all webhooks or for some, or null. */
  matchError: string | null;
  /**
   * What the webhook's conditions, as they are now, say of it; null if it has none or the event has its delivery, and
   * `unknown` also where the role may not read what they compare.
   */
  holds: Truth | null;
  /**
   * Why the webhook, as it is now, leaves it out: nothing changed, or the entry's publication is sent in its place; null
   * if it does not, or the event has its delivery.
   */
  leftOut: NoiseReason | null;
}

/** Why a webhook that asks for less noise leaves an event out. */
export type NoiseReason = 'unchanged' | 'published';

/** What was found for each of the webhook's conditions, in the newest event. */
export interface WhyConditions {
  conditions: WebhookConditions;
  findings: PlacedFinding[];
  /** Who made the change. */
  actorName: string | null;
}

/** Another event that did happen to the entry, and the webhooks that wait for its kind. */
export interface WhyOther {
  eventType: string;
  eventName: string;
  /** Epoch milliseconds of the newest one. */
  occurredAt: number;
  webhooks: { id: number; name: string }[];
}

/** Response of `POST /event-webhooks/events/:id/match-again`. */
export interface MatchAgainResult {
  id: number;
}

/** Response of `GET /event-webhooks/webhooks/:id/why`. */
export interface WhyView {
  checks: WhyCheck[];
  /** The first check that is `no`, or null: as far as known it fired, or would fire. */
  reason: WhyCheckName | null;
  /** Null unless the conditions kept the newest event from being sent. */
  conditions: WhyConditions | null;
  /** The newest events of the entry or of the event type, newest first, at most 10. */
  events: WhyEvent[];
  /** What else happened to the entry lately, newest first, each kind once; empty where no entry was named. */
  others: WhyOther[];
}
