import type { StoredDelivery } from '../store/deliveries';

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
