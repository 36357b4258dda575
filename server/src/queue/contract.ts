import type { GateRow } from '../gate/gate';
import type { ReserveRate } from './rate-limit';
import type { ClaimInput, DeliveryRef, StoredDelivery } from '../store/deliveries';

/** A delivery that this process holds the lease of. */
export interface Claimed {
  delivery: StoredDelivery;
  /** Body to send: the event's, or a test's own. Null when it is gone. */
  body: string | null;
  webhook: SendingWebhook;
}

/** A webhook as a delivery needs it: read anew for every claim, so that a repaired URL repairs what waits. */
export interface SendingWebhook {
  id: number;
  name: string;
  url: string;
  /** Decrypted. A webhook whose secrets no longer decrypt is not among those that may send. */
  headers: readonly { name: string; value: string; secret: boolean }[];
  secrets: readonly string[];
  timeoutMs: number;
  retryScheduleSeconds: readonly number[];
  /** Its gate as it is now: what an attempt says about it is weighed against this. */
  gate: GateRow;
  /** Requests in flight that it may have in this process. */
  maxInFlight: number;
  /** At most `count` requests in `seconds`, over all instances where the database or Redis can count for all. */
  rateLimit: { count: number; seconds: number } | null;
}

/**
 * WHAT IS DUE, AND WHO TAKES IT. The database is the truth; an engine is only a way to be woken: a delivery
 * row exists before any engine hears of it.
 */
export interface QueueEngine {
  start(): void;
  /** Something may be due now. A hint: polling stays the path of correctness. */
  wake(): void;
  /** No new claims; what is in flight is awaited up to `graceMs`, the rest goes back to the queue. */
  stop(graceMs: number): Promise<void>;
}

/** What an engine asks of the store, of the gate, and of the worker. */
export interface EngineDeps {
  /** The webhooks that may send now, by the gate. */
  openWebhooks(now: number): Promise<readonly SendingWebhook[]>;
  /** Takes what is due, each webhook up to its free slots. */
  claim(input: ClaimInput): Promise<StoredDelivery[]>;
  /** What is due, each webhook up to its slots; nothing is claimed. */
  due(input: Omit<ClaimInput, 'leaseUntil'>): Promise<DeliveryRef[]>;
  /** Takes these, as far as they are still as they were seen. */
  claimSeen(refs: readonly DeliveryRef[], now: number, leaseUntil: number): Promise<StoredDelivery[]>;
  bodies(eventIds: readonly number[]): Promise<Map<number, string>>;
  release(claims: readonly { id: number; fence: number }[]): Promise<void>;
  returnExpired(now: number, limit: number): Promise<number>;
  /** Sets free what waits its turn behind nobody, after a crash or a change of settings. */
  releaseBlocked(now: number): Promise<number>;
  nextDue(webhookIds: readonly number[], after?: number): Promise<number | null>;
  /** How many of the due deliveries of a webhook may go now, by its rate limit. */
  reserveRate: ReserveRate;
  /** Matches what was captured; runs before every look for due deliveries. */
  match(stopped: () => boolean): Promise<unknown>;
  /**
   * Sends one, records its outcome, and resolves when that is written; never rejects. Calls `ended` before, where
   * its slot may be used again already.
   */
  deliver(claimed: Claimed, ended: () => void): Promise<void>;
  now(): number;
  log(message: string): void;
  concurrency: number;
  pollMs: number;
  batchSize: number;
  /**
   * After a turn the loop is not woken by a commit for so long. On SQLite each turn takes the one connection and flushes
   * the disk, which whoever saves many entries one after the other would wait for.
   */
  restMs: number;
  /** Chosen by the site builder; a lease never ends before a request could have. */
  leaseMs: number;
}
