import { z } from 'zod';
import type { ActorChoice, WebhookConditions } from './conditions';
import { maxEventTypeLength } from './event-types';
import type { FieldTrees } from './field-tree';
import { plainText, rowIdInJson, wholeNumber } from './parts';
import type { PayloadFormat, RequestTemplate } from './sending';
import type { DeliveryStanding } from './standing';
import { limits } from './webhook-input';
import type { AlertAfter, Collapse } from './webhook-input';

/**
 * `active` is set by the switch; the other states by the plugin. See the table of states in
 * docs/guarantees.md.
 */
export type WebhookState = 'active' | 'paused' | 'disabled' | 'held' | 'away';

/**
 * Why a webhook needs attention. `stalled`: due deliveries have waited for minutes, and no process delivers;
 * `header_unreadable`, `secret_unreadable`, `address_unreadable`: the encryption key has changed;
 * `event_taken_over`: one of its subscriptions means the events of another content type by now, which are kept as skipped
 * until somebody decides; `field_gone`: one of its events uses a field that the content type no longer has;
 * `condition_gone`, `fields_gone`: one of its conditions, or its choice of fields, names what is gone; `template_gone`: its
 * template cannot be filled in any more; `template_name_gone`: it can, but names what is gone, which is sent as nothing.
 */
export type AttentionCode =
  | 'away'
  | 'disabled'
  | 'secret_unreadable'
  | 'header_unreadable'
  | 'address_unreadable'
  | 'stalled'
  | 'event_type_gone'
  | 'field_gone'
  | 'event_taken_over'
  | 'condition_gone'
  | 'template_gone'
  | 'template_name_gone'
  | 'fields_gone'
  | 'failing';

/** Where a webhook was last confirmed: it sends only in this installation. */
export interface HomeView {
  name: string | null;
  host: string | null;
  environment: string;
}

/** A subscription that meant another content type when it was saved: a type of the app took the name over. */
export interface TakenOverView {
  pattern: string;
  /** What it meant, and means now: `User (api::user.user)`. */
  was: string;
  is: string;
}

/** A receiver that answered each request by changing the entry again. */
export interface LoopView {
  actor: ActorChoice;
  /** Display name of the content type, or its uid. */
  typeName: string;
  uid: string | null;
  documentId: string | null;
  locale: string | null;
  /** So many changes, each after a request … */
  count: number;
  /** … within so many seconds. */
  seconds: number;
}

export interface WebhookHeaderView {
  name: string;
  /** Null for a secret header: it is never returned. */
  value: string | null;
  secret: boolean;
}

/** Succeeded and failed deliveries of one hour; `hour` is the epoch milliseconds of its beginning. */
export interface HourBucket {
  hour: number;
  succeeded: number;
  failed: number;
}

export interface LastDelivery extends DeliveryStanding {
  id: number;
  /** Epoch milliseconds. */
  at: number;
}

export interface WebhookView {
  id: number;
  /** Grows with each change that somebody saves; a change that names it is refused where it is no longer this one. */
  version: number;
  name: string;
  /** The complete URL; if it is secret, its origin and `••••`. */
  url: string;
  /** Whether the URL is secret. */
  urlSecret: boolean;
  host: string;
  events: string[];
  active: boolean;
  state: WebhookState;
  /** Why it is disabled or on hold: a code with a translation `webhook.reason.<code>`. */
  stateReason: string | null;
  /** Epoch milliseconds until which it is on hold; null also if it is on hold without an end. */
  heldUntil: number | null;
  /** Only with the state `away`: the installation it belongs to. */
  home: HomeView | null;
  /** Epoch milliseconds of the first failed attempt since the last success. */
  failingSince: number | null;
  /** It sends fewer simultaneous requests than allowed, because the receiver was overloaded. */
  slowed: boolean;
  headers: WebhookHeaderView[];
  timeoutSeconds: number | null;
  retryScheduleSeconds: number[] | null;
  rateLimit: { count: number; seconds: number } | null;
  ordered: boolean;
  onFailedHead: 'pass' | 'block';
  /** Deliveries tell in `data.shownBy` which entries show the one that changed. */
  shownBy: boolean;
  /** Sent only when these hold; null: always. */
  conditions: WebhookConditions | null;
  collapse: Collapse | null;
  /** An event of which nothing changed is not sent. */
  skipUnchanged: boolean;
  /** Of an entry that is saved and published in one step, only `published` is sent. */
  onePublish: boolean;
  /** Which fields of an entry are sent, by the uid of its content type; null: each as a whole. */
  fields: FieldTrees | null;
  /** When its owner is told that it fails; null: half way to being disabled. */
  alertAfter: AlertAfter | null;
  format: PayloadFormat;
  /** With the format `template`. */
  template: RequestTemplate | null;
  /** Their values are never returned. */
  templateSecrets: { name: string }[];
  /** Deliveries skipped while it was off that can still be sent. */
  missed: number;
  /** The most severe problem that needs attention; null if there is none. */
  needsAttention: {
    code: AttentionCode;
    detail: string | null;
    /** With `field_gone`: the event type that uses the field. */
    eventType?: string;
    /** With `disabled` and the detail `loop`: who changed what. */
    loop?: LoopView;
    /** With `event_taken_over`. */
    takenOver?: readonly TakenOverView[];
  } | null;
  /** The last 24 hours, oldest first, always 24 of them; only in lists and single responses. */
  hours: HourBucket[];
  lastDelivery: LastDelivery | null;
  createdAt: string;
  updatedAt: string;
}

export interface WebhookList {
  results: WebhookView[];
  pagination: { page: number; pageSize: number; pageCount: number; total: number };
}

export const webhookListQuery = z.strictObject({
  search: plainText(200).optional(),
  /** Webhooks that are sent this event, by a wildcard too; a wildcard finds those that have just that one. */
  event: plainText(maxEventTypeLength).optional(),
  /**
   * Beside the states themselves: `failing`, which are on and whose newest tries have failed; `trouble`, which need
   * somebody or are left alone for a while, as the home page counts them.
   */
  state: z.enum(['active', 'paused', 'disabled', 'held', 'away', 'failing', 'trouble']).optional(),
  /** `failing:desc`: those that have been failing for longest come first. */
  sort: z
    .enum(['name:asc', 'name:desc', 'createdAt:asc', 'createdAt:desc', 'failing:desc'])
    .default('name:asc'),
  /** Those that are sent any event of this content type come first. */
  first: plainText(200).optional(),
  page: wholeNumber(1, 1_000_000).default(1),
  pageSize: wholeNumber(1, 100).default(10),
});

export const bulkWebhookAction = z.strictObject({
  ids: z.array(rowIdInJson).min(1, 'choose at least one').max(500, 'must be at most 500'),
  action: z.enum(['enable', 'disable', 'delete']),
});

export const urlCheckInput = z.strictObject({ url: z.string().max(limits.urlLength + 100) });

/** Response of `POST /event-webhooks/webhooks/actions/check-url`. */
export interface UrlCheck {
  ok: boolean;
  /** A sentence in English with the rule that refuses it. */
  reason: string | null;
  /**
   * `form`: because of its text; `address`: it leads to a refused address; `name`: the name does not exist (a
   * warning, saving is allowed).
   */
  rule: 'form' | 'address' | 'name' | null;
  host: string | null;
  /** True when the URL is an inbox of this Strapi. */
  inbox: boolean;
}

export interface SecretView {
  /** `whsec_…`, the current one first; older ones until `validUntil` (epoch ms). */
  secrets: { secret: string; validUntil: number | null }[];
  /** The full URL if it is secret; else null. */
  url: string | null;
}

export const rotateInput = z.strictObject({
  /** How long the previous secret stays valid, hours; 0–168. */
  overlapHours: z.int().min(0).max(168).default(24),
});
