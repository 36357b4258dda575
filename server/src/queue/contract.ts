import type { Collapse, FieldTrees, PayloadFormat, RequestTemplate } from '../../../contracts';
import type { GateRow } from '../gate';
import type { PreparedRequest } from '../rendering';
import type { ReserveRate } from './limits/rate-limit';
import type { ClaimInput, DeliveryRef, StoredDelivery } from '../store/deliveries';

/** A delivery whose lease this process holds. */
export interface Claimed {
  delivery: StoredDelivery;
  /** Body to send: the event's, or a test's own. Null if it is gone. */
  body: string | null;
  /** Where it is not sent in the standard format: its request, or why there is none. */
  prepared: PreparedRequest | null;
  webhook: SendingWebhook;
}

/**
 * A webhook as a delivery needs it: read again for every claim, so that a corrected URL applies to waiting
 * deliveries.
 */
export interface SendingWebhook {
  id: number;
  name: string;
  events: readonly string[];
  collapse: Collapse | null;
  /** Which fields of an entry it is sent. */
  fields: FieldTrees | null;
  format: PayloadFormat;
  template: RequestTemplate | null;
  /** Decrypted, by name. */
  templateSecrets: readonly { name: string; value: string }[];
  url: string;
  /** The form of the URL in the log: its origin only if the URL is secret. */
  shownUrl: string;
  /** Decrypted. A webhook whose secrets cannot be decrypted is not among those that can send. */
  headers: readonly { name: string; value: string; secret: boolean }[];
  secrets: readonly string[];
  timeoutMs: number;
  retryScheduleSeconds: readonly number[];
  /** Its current gate: the result of an attempt is applied to this. */
  gate: GateRow;
  /** Requests in flight that it can have in this process. */
  maxInFlight: number;
  /** At most `count` requests in `seconds`, over all instances if the database or Redis can count for all. */
  rateLimit: { count: number; seconds: number } | null;
}

/**
 * WHICH DELIVERIES ARE DUE, AND WHICH PROCESS TAKES THEM. The database is authoritative; an engine is only a
 * way to be woken: a delivery row exists before any engine knows of it.
 */
export interface QueueEngine {
  start(): void;
  /** Something may be due now. A hint: polling guarantees correctness. */
  wake(): void;
  /** No new claims; requests in flight are awaited up to `graceMs`, the rest returns to the queue. */
  stop(graceMs: number): Promise<void>;
}

/** What an engine needs from the store, the gate, and the worker. */
export interface EngineDeps {
  /** The webhooks whose gate allows sending now. */
  openWebhooks(now: number): Promise<readonly SendingWebhook[]>;
  /** Claims due deliveries, for each webhook up to its free slots. */
  claim(input: ClaimInput): Promise<StoredDelivery[]>;
  /** Due deliveries, for each webhook up to its slots; nothing is claimed. */
  due(input: Omit<ClaimInput, 'leaseUntil'>): Promise<DeliveryRef[]>;
  /** Claims these, if they are still as they were read. */
  claimSeen(refs: readonly DeliveryRef[], now: number, leaseUntil: number): Promise<StoredDelivery[]>;
  bodies(eventIds: readonly number[]): Promise<Map<number, string>>;
  /** Of these claimed deliveries those that a later one has taken the place of: they are over. @returns their ids */
  collapseOlder(
    claimed: readonly StoredDelivery[],
    webhooks: readonly SendingWebhook[],
  ): Promise<readonly number[]>;
  /** The requests of those that are not sent in the standard format, each saved. */
  requests(claimed: readonly Omit<Claimed, 'prepared'>[]): Promise<ReadonlyMap<number, PreparedRequest>>;
  release(claims: readonly { id: number; fence: number }[]): Promise<void>;
  returnExpired(now: number, limit: number): Promise<number>;
  /**
   * Corrects times written while the clock was ahead of the current time: leases, retries and holds last as
   * long as intended, and not until that time comes again.
   * @returns how many
   */
  healFuture(now: number): Promise<number>;
  /** Releases blocked deliveries without a predecessor, after a crash or a change of settings. */
  releaseBlocked(now: number): Promise<number>;
  nextDue(webhookIds: readonly number[], after?: number): Promise<number | null>;
  /** When the first pending delivery of each webhook is due; without those that have none. */
  firstDue(webhookIds: readonly number[]): Promise<ReadonlyMap<number, number>>;
  /** How many due deliveries of a webhook can be sent now, by its rate limit. */
  reserveRate: ReserveRate;
  /**
   * Matches some of the captured events; runs before every poll for due deliveries. Returns whether there may
   * be more: then the next turn follows immediately.
   */
  match(stopped: () => boolean): Promise<boolean>;
  /**
   * Sends one, records its outcome, and resolves when that is written; never rejects. Calls `ended` earlier
   * if its slot can be reused before.
   */
  deliver(claimed: Claimed, ended: () => void): Promise<void>;
  now(): number;
  /** Milliseconds of a monotonic clock: for intervals. */
  elapsed(): number;
  log(message: string): void;
  /** Requests in flight in this process, except those of webhooks with slow responses. */
  concurrency: number;
  /** Requests in flight of webhooks with slow responses. */
  slowConcurrency: number;
  pollMs: number;
  batchSize: number;
  /**
   * After a turn a commit does not wake the loop for this time. On SQLite each turn takes the one connection
   * and flushes the disk, which would delay consecutive saves.
   */
  restMs: number;
  /** Configured by the site builder; a lease never ends before a request could have. */
  leaseMs: number;
  /** No lease lasts longer, whatever time-outs webhooks have. */
  longestLeaseMs: number;
}
