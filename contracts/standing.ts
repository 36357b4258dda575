import type { FailureCode } from './failures';

export const deliveryStates = [
  'pending',
  'delivering',
  'succeeded',
  'failed',
  'blocked',
  'skipped',
  'cancelled',
  'collapsed',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/**
 * What the log is filtered by: the states themselves; `retrying`, which waits for another attempt after one that failed;
 * and `failing`, which is that, and what has failed for good.
 */
export const deliveryStateFilters = [...deliveryStates, 'retrying', 'failing'] as const;
export type DeliveryStateFilter = (typeof deliveryStateFilters)[number];

/**
 * Why a delivery was skipped: its webhook was off, or the event's name had come to mean another content type, and nobody
 * had decided yet.
 */
export type SkipReason = 'off' | 'event_taken_over';

/** How a delivery stands: the one thing that every screen tells its status from. */
export interface DeliveryStanding {
  state: DeliveryState;
  attempts: number;
  /** How many attempts the schedule gives in all. */
  maxAttempts: number;
  /** Of its last attempt. */
  httpStatus: number | null;
  /** What its last attempt failed with; null where there was none, or it did not fail. */
  code: FailureCode | null;
  /** Epoch milliseconds of the next attempt of a pending one. */
  nextAttemptAt: number | null;
  /**
   * It failed permanently, and the following deliveries in its order wait until it is resent or cancelled.
   */
  keepsOthersWaiting: boolean;
  /** Null where it is not skipped. */
  skipReason: SkipReason | null;
  /** Why a pending delivery is not sent: `webhook.reason.<code>`. */
  heldReason: string | null;
  /** Epoch milliseconds. */
  heldUntil: number | null;
}
