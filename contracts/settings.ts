import { z } from 'zod';
import type { WebhookView } from './webhooks';

/** *Pause everything*, while it is in force: no webhook sends, everything waits. */
export interface PauseView {
  reason: string;
  /** Epoch milliseconds; null until somebody resumes. */
  until: number | null;
  by: string | null;
  /** Epoch milliseconds. */
  at: number;
}

export const pauseInput = z.strictObject({
  reason: z
    .string({ error: 'is required' })
    .trim()
    .min(1, 'is required')
    .max(300, 'must be at most 300 characters'),
  /** For how long, minutes; null until somebody resumes. */
  minutes: z
    .int('must be whole minutes')
    .min(1, 'must be at least 1')
    .max(30 * 24 * 60, 'must be at most 30 days')
    .nullable(),
});

const days = z.int('must be whole days').min(1, 'must be at least 1').max(3650, 'must be at most 3650');

/** What the settings screen may change; what `config/plugins.ts` fixes is refused. */
export const settingsInput = z.strictObject({
  /** Told beside the owner of a webhook. */
  notify: z.array(z.email('must be an e-mail address')).max(20, 'must be at most 20').optional(),
  /** How long finished deliveries are kept, days. */
  deliveryDays: days.optional(),
  /** How long the bodies of events are kept, days; a replay needs them. */
  bodyDays: days.optional(),
  /** Bodies of events that every receiver has got are dropped at once. */
  dropDeliveredBodies: z.boolean().optional(),
});
export type SettingsInput = z.infer<typeof settingsInput>;

/** A value and whether `config/plugins.ts` fixes it: then it is read-only here. */
export interface Setting<T> {
  value: T;
  fixed: boolean;
}

export interface SettingsView {
  pause: PauseView | null;
  notify: Setting<string[]>;
  deliveryDays: Setting<number>;
  bodyDays: Setting<number>;
  dropDeliveredBodies: Setting<boolean>;
  /** From the configuration alone. */
  allow: string[];
  allowPrivate: boolean;
  retryScheduleSeconds: number[];
  disableAfterDays: number;
  here: { name: string | null; host: string | null; environment: string };
  homeEnabled: boolean;
  /** What secrets are encrypted with. */
  secretsKey: 'encryption_key' | 'app_keys';
  emailReady: boolean;
}

/** Webhooks that are at home elsewhere, and what is to be done with them. */
export const homeInput = z.strictObject({
  ids: z.array(z.int()).min(1, 'choose at least one').max(500),
  /** `move`: they send from here on; `discard`: they move here, and what waits is cancelled. */
  action: z.enum(['move', 'discard']),
});

/** Above every screen: what holds deliveries as a whole. */
export interface StatusView {
  pause: PauseView | null;
  /** Webhooks that wait because this database seems to be a copy. */
  away: { id: number; name: string; rule: 'name' | 'environment' | 'host'; home: string }[];
  /** Deliveries that wait for those. */
  awayWaiting: Count;
  /** Epoch milliseconds since when nobody has taken what is due; null where the queue is emptied. */
  stalledSince: number | null;
}

/** A count that stops at a limit: `more` says that there are still others. */
export interface Count {
  count: number;
  more: boolean;
}

/** A webhook that needs somebody, or is left alone for a while, as the home page names it. */
export type WebhookInTrouble = Pick<
  WebhookView,
  | 'id'
  | 'name'
  | 'host'
  | 'state'
  | 'stateReason'
  | 'heldUntil'
  | 'home'
  | 'slowed'
  | 'needsAttention'
  | 'missed'
>;

/** The widget on the home page. */
export interface OverviewView {
  /** Attempts of the last 24 hours by their outcome. */
  delivered: number;
  failed: number;
  /** What waits now. */
  waiting: Count;
  /** The first few; who needs somebody comes before who is only left alone. */
  trouble: WebhookInTrouble[];
  troubleTotal: number;
  pause: PauseView | null;
  stalledSince: number | null;
}

/** A Strapi process with this plugin that was seen within the last seconds. */
export interface InstanceView {
  id: string;
  host: string;
  pid: number;
  engine: string;
  /** False: it only captures. */
  delivers: boolean;
  /** Of the plugin. */
  version: string;
  /** Epoch milliseconds. */
  startedAt: number;
  seenAt: number;
  /** The one that answers. */
  self: boolean;
}

/** A webhook that sends nothing for the moment, with what keeps it. */
export type HeldWebhook = Pick<WebhookView, 'id' | 'name' | 'state' | 'stateReason' | 'heldUntil'>;

/** Who delivers, and how much waits. */
export interface QueueView {
  engine: string;
  instances: InstanceView[];
  /** Deliveries that could go now; counted up to `countedUpTo`. */
  dueNow: number;
  /** Since when the first of these could go, epoch milliseconds; null when none could. */
  dueSince: number | null;
  /** Deliveries that are being sent; counted up to `countedUpTo`. */
  inFlight: number;
  /** Webhooks that send nothing for the moment: off, held, or away from home. */
  held: HeldWebhook[];
  /** Deliveries that wait, for whatever reason; counted up to `countedUpTo`. */
  waiting: number;
  /** When the first of them is or was due, epoch milliseconds; null when none waits. */
  oldestDueAt: number | null;
  /** Events that no webhook has been looked for yet; counted up to `countedUpTo`. */
  unmatched: number;
  countedUpTo: number;
}
