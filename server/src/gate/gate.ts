/**
 * MAY THIS WEBHOOK SEND NOW, AND HOW MANY AT ONCE? A pure state machine over the webhook's own row: no delivery
 * row moves when it is paused, disabled, held or away from home.
 *
 *     active ──(switch off)──▶ paused ──(switch on)──▶ active
 *       │  ▲
 *       │  └──(time is over, or resume now)── held ◀──(breaker, throttle, rate limit, Retry-After)── active
 *       ├──(410, webhook-delivery: disable, failing for days)──▶ disabled ──(switch on)──▶ active
 *       └──(the database was copied)──▶ away ──(move here)──▶ active
 */
import type { Home, Place, HomePolicy } from './home';
import { awayFrom } from './home';

export interface GateRow {
  active: boolean;
  disabledReason: string | null;
  /** Epoch milliseconds, like every time here. */
  heldUntil: number | null;
  heldReason: string | null;
  /** Failed attempts in a row that speak against the endpoint, up to the breaker's threshold. */
  failures: number;
  /** The first failed attempt since the last success. */
  failingSince: number | null;
  lastFailureAt: number | null;
  /** When its owner was told that it will be disabled. */
  warnedAt: number | null;
  /** How many times in a row the breaker has opened; 0 is closed. Above 0 and no longer held: one probe at a time. */
  breakerLevel: number;
  /** Each level halves the requests in flight. */
  throttleLevel: number;
  throttledAt: number | null;
  home: Home | null;
  url: string;
}

export type HeldReason = 'retry_after' | 'breaker' | 'throttle' | 'rate_limit' | 'everything_paused';

export type DisabledReason = 'gone' | 'receiver_asked' | 'failing';

export type GateState =
  | { state: 'active' }
  | { state: 'paused' }
  | { state: 'disabled'; reason: string }
  | { state: 'held'; reason: string; until: number | null }
  | { state: 'away'; reason: 'name' | 'environment' | 'host'; home: Home };

/** What stands outside of the row. */
export interface World {
  /** Where this process runs. */
  here: Place;
  policy: HomePolicy;
  /** *Pause everything*, while it is in force. */
  paused: { until: number | null } | null;
  /** Whether a URL is an inbox of this very Strapi: those are never held for being away. */
  isInbox(url: string): boolean;
}

export function gateState(row: GateRow, now: number, world: World): GateState {
  if (row.disabledReason !== null) return { state: 'disabled', reason: row.disabledReason };
  if (!row.active) return { state: 'paused' };
  const away = row.home === null || world.isInbox(row.url) ? null : awayFrom(row.home, world);
  if (away !== null && row.home !== null) return { state: 'away', reason: away, home: row.home };
  if (world.paused !== null && (world.paused.until === null || world.paused.until > now)) {
    return { state: 'held', reason: 'everything_paused', until: world.paused.until };
  }
  if (row.heldUntil !== null && row.heldUntil > now) {
    return { state: 'held', reason: row.heldReason ?? 'held', until: row.heldUntil };
  }
  return { state: 'active' };
}

/** New events of a webhook that is off are kept as `skipped`; those of a held one wait. */
export const skipsNewEvents = (row: Pick<GateRow, 'active' | 'disabledReason'>): boolean =>
  row.disabledReason !== null || !row.active;

/** Requests in flight that an active webhook may have in one process, of `cap`. */
export function maxInFlight(row: Pick<GateRow, 'breakerLevel' | 'throttleLevel'>, cap: number): number {
  // Half open: one probe tells whether the endpoint is back.
  if (row.breakerLevel > 0) return 1;
  return Math.max(1, cap >> Math.min(row.throttleLevel, 16));
}

/** What one attempt says about its webhook. */
export interface GateSignal {
  succeeded: boolean;
  /** The endpoint itself is in trouble (no connection, time-out, 5xx, 408, 429), not this one message. */
  endpointFailed: boolean;
  /** A sign of overload: 429, 502, 503, 504, a time-out. */
  overloaded: boolean;
  disable: 'gone' | 'receiver_asked' | null;
  /** Until when the receiver asked to be left alone, or null. */
  pauseUntil: number | null;
}

export interface GateOptions {
  /** Failures in a row that open the breaker. */
  breakerFailures: number;
  breakerOpenMs: number;
  /** A webhook that fails this long is disabled. */
  disableAfterMs: number;
}

export type GatePatch = Partial<Omit<GateRow, 'home' | 'url'>> & { disabledAt?: number | null };

/** What happened to the webhook, for its owner: at most one of them by one attempt. */
export type GateNews = 'disabled' | 'failing' | 'recovered';

export interface GateChange {
  patch: GatePatch;
  news: GateNews | null;
}

/** However often it fails, an endpoint is asked again within this time. */
const longestBreakMs = 10 * 60_000;
const firstThrottleMs = 500;
const longestThrottleMs = 60_000;
/** Answers that were under way together count as one sign of overload. */
const throttleStepMs = 1000;
/** Without a further sign of overload one level is given back in this time. */
const throttleRecoveryMs = 10_000;
const highestThrottle = 7;
/** `lastFailureAt` is exact to this: a failing endpoint must not cost a write an attempt. */
const failureNoteMs = 60_000;
/** One old failure and one of now do not make an outage: it must have failed over this long before. */
const leastOutageMs = 12 * 3_600_000;

/** Whether a success has anything to say to this row. */
export const isTroubled = (row: GateRow): boolean =>
  row.failures > 0 || row.failingSince !== null || row.breakerLevel > 0 || row.throttleLevel > 0;

/**
 * What an attempt changes in the row, or null. `random` (0 … 1) spreads the waiting, so that many webhooks of one
 * receiver do not come back in the same moment.
 */
export function afterAttempt(
  row: GateRow,
  signal: GateSignal,
  now: number,
  options: GateOptions,
  random: () => number,
): GateChange | null {
  if (row.disabledReason !== null) return null;
  if (signal.disable !== null) {
    return {
      patch: { active: false, disabledReason: signal.disable, disabledAt: now },
      news: 'disabled',
    };
  }
  return signal.succeeded ? afterSuccess(row, now) : afterFailure(row, signal, now, options, random);
}

function afterSuccess(row: GateRow, now: number): GateChange | null {
  if (!isTroubled(row)) return null;
  const patch: GatePatch = {};
  if (row.failures > 0) patch.failures = 0;
  if (row.failingSince !== null) Object.assign(patch, { failingSince: null, lastFailureAt: null });
  if (row.warnedAt !== null) patch.warnedAt = null;
  if (row.breakerLevel > 0) {
    patch.breakerLevel = 0;
    if (row.heldReason === 'breaker') Object.assign(patch, { heldUntil: null, heldReason: null });
  }
  if (row.throttleLevel > 0 && now - (row.throttledAt ?? 0) >= throttleRecoveryMs) {
    Object.assign(patch, { throttleLevel: row.throttleLevel - 1, throttledAt: now });
  }
  return Object.keys(patch).length === 0 ? null : { patch, news: row.warnedAt === null ? null : 'recovered' };
}

function afterFailure(
  row: GateRow,
  signal: GateSignal,
  now: number,
  options: GateOptions,
  random: () => number,
): GateChange | null {
  const since = row.failingSince ?? now;
  const outage = (row.lastFailureAt ?? since) - since >= leastOutageMs;
  if (outage && now - since >= options.disableAfterMs) {
    return { patch: { active: false, disabledReason: 'failing', disabledAt: now }, news: 'disabled' };
  }
  const patch: GatePatch = {};
  if (row.failingSince === null) patch.failingSince = now;
  if (row.lastFailureAt === null || now - row.lastFailureAt >= failureNoteMs) patch.lastFailureAt = now;
  const warns = outage && row.warnedAt === null && now - since >= options.disableAfterMs / 2;
  if (warns) patch.warnedAt = now;
  Object.assign(patch, breaker(row, signal, now, options, random), throttle(row, signal, now, random));
  hold(patch, row, signal.pauseUntil, 'retry_after');
  return Object.keys(patch).length === 0 ? null : { patch, news: warns ? 'failing' : null };
}

function breaker(
  row: GateRow,
  signal: GateSignal,
  now: number,
  options: GateOptions,
  random: () => number,
): GatePatch {
  if (!signal.endpointFailed) return {};
  const open = row.heldReason === 'breaker' && (row.heldUntil ?? 0) > now;
  // What was in flight when it opened says nothing new.
  if (open) return {};
  const failures = Math.min(row.failures + 1, options.breakerFailures);
  const patch: GatePatch = failures === row.failures ? {} : { failures };
  if (row.breakerLevel === 0 && failures < options.breakerFailures) return patch;
  const wait = Math.min(options.breakerOpenMs * 2 ** row.breakerLevel, longestBreakMs);
  const level = Math.min(row.breakerLevel + 1, 16);
  return { ...patch, breakerLevel: level, heldUntil: spread(now, wait, random), heldReason: 'breaker' };
}

function throttle(row: GateRow, signal: GateSignal, now: number, random: () => number): GatePatch {
  if (!signal.overloaded || now - (row.throttledAt ?? 0) < throttleStepMs) return {};
  const level = Math.min(row.throttleLevel + 1, highestThrottle);
  const wait = Math.min(firstThrottleMs * 2 ** level, longestThrottleMs);
  const patch: GatePatch = { throttleLevel: level, throttledAt: now };
  hold(patch, row, spread(now, wait, random), 'throttle');
  return patch;
}

/** The longest of all reasons to wait is the one that counts. */
function hold(patch: GatePatch, row: GateRow, until: number | null, reason: HeldReason): void {
  if (until === null || until <= Math.max(patch.heldUntil ?? 0, row.heldUntil ?? 0)) return;
  Object.assign(patch, { heldUntil: until, heldReason: reason });
}

/** Up to a fifth longer: never shorter than what was promised. */
const spread = (now: number, ms: number, random: () => number): number =>
  Math.round(now + ms * (1 + 0.2 * random()));

/** All that the system had decided, forgotten. */
const healthy: GatePatch = {
  disabledReason: null,
  disabledAt: null,
  heldUntil: null,
  heldReason: null,
  failures: 0,
  failingSince: null,
  lastFailureAt: null,
  warnedAt: null,
  breakerLevel: 0,
  throttleLevel: 0,
  throttledAt: null,
};

/** The switch: turning on clears what the system had decided, turning off is the administrator's pause. */
export const afterSwitch = (on: boolean): GatePatch =>
  on ? { active: true, ...healthy } : { active: false };

/** *Resume now*: a held webhook goes on at once, at full width. It is not turned on by this. */
export const afterResume = (): GatePatch => ({
  heldUntil: null,
  heldReason: null,
  failures: 0,
  breakerLevel: 0,
  throttleLevel: 0,
  throttledAt: null,
});
