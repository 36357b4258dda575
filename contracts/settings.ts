import { z } from 'zod';
import { shownName } from './names';
import { rowIdInJson } from './parts';
import type { WebhookView } from './webhooks';

/** *Pause everything*, while it is in force: no webhook sends, all deliveries wait. */
export interface PauseView {
  reason: string;
  /** Epoch milliseconds; null until someone resumes. */
  until: number | null;
  by: string | null;
  /** Epoch milliseconds. */
  at: number;
}

export const pauseInput = z.strictObject({
  reason: shownName(300).min(1, 'is required'),
  /** Duration in minutes; null until someone resumes. */
  minutes: z
    .int('must be whole minutes')
    .min(1, 'must be at least 1')
    .max(30 * 24 * 60, 'must be at most 30 days')
    .nullable(),
});

const days = z.int('must be whole days').min(1, 'must be at least 1').max(3650, 'must be at most 3650');

/** What the settings screen can change; values fixed in `config/plugins.ts` are refused. */
export const settingsInput = z.strictObject({
  /** E-mail addresses that get alerts besides the owner of a webhook. */
  notify: z.array(z.email('must be an e-mail address')).max(20, 'must be at most 20').optional(),
  /** How long finished deliveries are kept, days. */
  deliveryDays: days.optional(),
  /** How long the bodies of events are kept, days; needed to resend. */
  bodyDays: days.optional(),
  /** Bodies of events that every receiver has are deleted at once. */
  dropDeliveredBodies: z.boolean().optional(),
  /** Which settings were read: a change is refused (409, see `Conflict`) where somebody has saved another one since. */
  version: z.int('must be a whole number').min(0, 'must be at least 0').optional(),
});
export type SettingsInput = z.infer<typeof settingsInput>;

/** A value and whether it is fixed in `config/plugins.ts`: then it is read-only here. */
export interface Setting<T> {
  value: T;
  fixed: boolean;
}

/** The last e-mail that could not be sent, since the one who answers was started. */
export interface MailFailure {
  /** Epoch milliseconds. */
  at: number;
  /** What the mail server, or Strapi's e-mail plugin, said. */
  error: string;
}

/** Answer of `POST /event-webhooks/settings/test-email`. A message that cannot be sent is still a 200 of ours. */
export interface TestEmailResult {
  to: string;
  /** Why it could not be sent; null where it was taken. */
  error: string | null;
}

export interface SettingsView {
  /** Grows with each change that somebody saves. */
  version: number;
  pause: PauseView | null;
  notify: Setting<string[]>;
  deliveryDays: Setting<number>;
  bodyDays: Setting<number>;
  dropDeliveredBodies: Setting<boolean>;
  /** Only from the configuration. */
  allow: string[];
  allowPrivate: boolean;
  retryScheduleSeconds: number[];
  disableAfterDays: number;
  here: { name: string | null; host: string | null; environment: string };
  homeEnabled: boolean;
  /** The key that encrypts secrets. */
  secretsKey: 'encryption_key' | 'app_keys';
  emailReady: boolean;
  mailFailure: MailFailure | null;
}

/** Webhooks of another installation, and what to do with them. */
export const homeInput = z.strictObject({
  ids: z.array(rowIdInJson).min(1, 'choose at least one').max(500, 'must be at most 500'),
  /** `move`: they send from here; `discard`: they move here, and their waiting deliveries are cancelled. */
  action: z.enum(['move', 'discard']),
});

/**
 * Why a webhook belongs to another installation: another configured name, or only this installation has one;
 * from production; from another database, by import or transfer; another public host.
 */
export type AwayRule = 'name' | 'unnamed' | 'environment' | 'database' | 'host';

/** Above every screen: conditions that affect all deliveries. */
export interface StatusView {
  pause: PauseView | null;
  /** Webhooks that are on hold because this database seems to be a copy. */
  away: { id: number; name: string; rule: AwayRule; home: string }[];
  /** Their waiting deliveries. */
  awayWaiting: Count;
  /** Epoch milliseconds since when due deliveries have not been taken; null if the queue works. */
  stalledSince: number | null;
  deliveredBy: DeliveredBy | null;
}

/**
 * With SQLite: the delivering process, while the responding one waits for its turn. Null within it if none is
 * known: the other has just started.
 */
export interface DeliveredBy {
  host: string | null;
  pid: number | null;
}

/** A count that stops at a limit: `more` means that there are more. */
export interface Count {
  count: number;
  more: boolean;
}

/** A webhook that needs attention, or is on hold, as shown on the home page. */
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
  | 'failingSince'
  | 'needsAttention'
  | 'missed'
>;

/** The widget on the home page. */
export interface OverviewView {
  /** Attempts of the last 24 hours by their outcome. */
  delivered: number;
  failed: number;
  /** Deliveries that wait now. */
  waiting: Count;
  /** The first few; webhooks that need attention before those on hold. */
  trouble: WebhookInTrouble[];
  troubleTotal: number;
  /** Webhooks that are on and whose newest tries have failed, in trouble or not yet. */
  failingTotal: number;
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
  /** Version of the plugin. */
  version: string;
  /** Epoch milliseconds. */
  startedAt: number;
  seenAt: number;
  /** The responding process. */
  self: boolean;
}

/** A webhook that is not sending, with the reason. */
export type HeldWebhook = Pick<WebhookView, 'id' | 'name' | 'state' | 'stateReason' | 'heldUntil'>;

/** The delivering processes, and the number of waiting deliveries. */
export interface QueueView {
  engine: string;
  /**
   * With SQLite: the responding process is configured to deliver, and takes over when the delivering one has
   * ended.
   */
  waitsToDeliver: boolean;
  instances: InstanceView[];
  /** Deliveries that are due and can be sent; counted up to `countedUpTo`. */
  dueNow: number;
  /** Since when the first of these has been due, epoch milliseconds; null if there is none. */
  dueSince: number | null;
  /** Deliveries being sent; counted up to `countedUpTo`. */
  inFlight: number;
  /** Webhooks that are not sending: off, on hold, or of another installation. */
  held: HeldWebhook[];
  /** Deliveries that wait, for whatever reason; counted up to `countedUpTo`. */
  waiting: number;
  /** When the first of them is or was due, epoch milliseconds; null if none waits. */
  oldestDueAt: number | null;
  /** Events not yet matched to webhooks; counted up to `countedUpTo`. */
  unmatched: number;
  countedUpTo: number;
}
