/**
 * MAY THIS WEBHOOK SEND NOW? A pure state machine over the webhook's own row: no delivery row moves when it
 * is paused, disabled or held.
 *
 *     active ──(switch off)──▶ paused ──(switch on)──▶ active
 *       │  ▲
 *       │  └──(held until is over)── held ◀──(429 or 503 with Retry-After)── active
 *       └──(410, webhook-delivery: disable)──▶ disabled ──(switch on)──▶ active
 */
export interface GateRow {
  active: boolean;
  disabledReason: string | null;
  /** Epoch milliseconds. */
  heldUntil: number | null;
  heldReason: string | null;
}

export type GateState =
  | { state: 'active' }
  | { state: 'paused' }
  | { state: 'disabled'; reason: string }
  | { state: 'held'; reason: string; until: number };

export function gateState(row: GateRow, now: number): GateState {
  if (row.disabledReason !== null) return { state: 'disabled', reason: row.disabledReason };
  if (!row.active) return { state: 'paused' };
  if (row.heldUntil !== null && row.heldUntil > now) {
    return { state: 'held', reason: row.heldReason ?? 'held', until: row.heldUntil };
  }
  return { state: 'active' };
}

/** New events of a webhook that is off are kept as `skipped`; those of a held one wait. */
export const skipsNewEvents = (row: GateRow): boolean => row.disabledReason !== null || !row.active;

export interface GateSignal {
  disable: 'gone' | 'receiver_asked' | null;
  /** Epoch milliseconds until which the receiver asked to be left alone, or null. */
  pauseUntil: number | null;
}

export interface GatePatch {
  active?: boolean;
  disabledReason?: string | null;
  disabledAt?: number | null;
  heldUntil?: number | null;
  heldReason?: string | null;
}

/** What an attempt's signals change in the row, or null. */
export function afterAttempt(row: GateRow, signal: GateSignal, now: number): GatePatch | null {
  if (signal.disable !== null && row.disabledReason === null) {
    return { active: false, disabledReason: signal.disable, disabledAt: now };
  }
  if (signal.pauseUntil !== null && signal.pauseUntil > Math.max(now, row.heldUntil ?? 0)) {
    return { heldUntil: signal.pauseUntil, heldReason: 'retry_after' };
  }
  return null;
}

/** The switch: turning on clears what the system had decided, turning off is the administrator's pause. */
export function afterSwitch(on: boolean): GatePatch {
  return on
    ? { active: true, disabledReason: null, disabledAt: null, heldUntil: null, heldReason: null }
    : { active: false };
}
