/**
 * MAY THIS WEBHOOK SEND NOW, AND HOW MANY AT ONCE? A pure state machine over the webhook's row; delivery rows stay as they are.
 *
 *     active ──(switch off)──▶ paused ──(switch on)──▶ active
 *       │  ▲
 *       │  └──(time is over, or resume now)── held ◀──(breaker, throttle, rate limit, Retry-After)── active
 *       ├──(410, webhook-delivery: disable, failing for days, a loop)──▶ disabled ──(switch on)──▶ active
 *       └──(the database was copied)──▶ away ──(move here)──▶ active
 */
import type { AwayRule, Home, Place, HomePolicy } from './home';
import { awayFrom } from './home';

export interface GateRow {
  active: boolean;
  disabledReason: string | null;
  /** Epoch milliseconds, like every time here. */
  heldUntil: number | null;
  heldReason: string | null;
  /** When the hold was written. A time in the future was written before the clock was set back. */
  heldSince: number | null;
  /** Failed attempts in a row that count against the receiver, up to the highest threshold that asks for them. */
  failures: number;
  /** The first failed attempt since the last success. */
  failingSince: number | null;
  lastFailureAt: number | null;
  /** When its owner was warned that it will be disabled. */
  warnedAt: number | null;
  /**
   * How many times in a row the breaker has opened; 0 is closed. Above 0 and no longer on hold: one probe at
   * a time.
   */
  breakerLevel: number;
  /** When the breaker opened last: attempts that began before are ignored. */
  openedAt: number | null;
  /** Each level halves the number of requests in flight. */
  throttleLevel: number;
  throttledAt: number | null;
  /** A threshold of its own for the news that it fails, by what is reached first; null: half way to being disabled. */
  alertAfter: { failures: number | null; minutes: number | null } | null;
  home: Home | null;
  url: string;
}

export type HeldReason =
  | 'retry_after'
  | 'breaker'
  | 'throttle'
  | 'rate_limit'
  | 'everything_paused'
  | 'loop_trial'
  | 'loop_trial_again';

export type DisabledReason = 'gone' | 'receiver_asked' | 'failing' | 'loop';

export type GateState =
  | { state: 'active' }
  | { state: 'paused' }
  | { state: 'disabled'; reason: string }
  | { state: 'held'; reason: string; until: number | null }
  | { state: 'away'; reason: AwayRule; home: Home };

/** Facts outside of the row. */
export interface World {
  /** Where this process runs. */
  here: Place;
  policy: HomePolicy;
  /** Public hosts of other processes that are known to use this database. */
  siblingHosts?: readonly string[];
  /** *Pause everything*, while it is in force. */
  paused: { until: number | null } | null;
  /** Whether a URL is an inbox of this Strapi: those are never held as belonging to another installation. */
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

/** New events of a webhook that is off are kept as `skipped`; those of a webhook on hold wait. */
export const skipsNewEvents = (row: Pick<GateRow, 'active' | 'disabledReason'>): boolean =>
  row.disabledReason !== null || !row.active;

/** Requests in flight that an active webhook can have in one process, out of `cap`. */
export function maxInFlight(row: Pick<GateRow, 'breakerLevel' | 'throttleLevel'>, cap: number): number {
  // Half open: one probe tells whether the receiver is back.
  if (row.breakerLevel > 0) return 1;
  return Math.max(1, cap >> Math.min(row.throttleLevel, 16));
}

/** What one attempt means for its webhook. */
export interface GateSignal {
  /** When the attempt began. */
  at: number;
  succeeded: boolean;
  /**
   * The receiver itself has a problem (no connection, time-out, 5xx, 408, 429), not only this one message.
   */
  endpointFailed: boolean;
  /** A sign of overload: 429, 502, 503, 504, a time-out. */
  overloaded: boolean;
  disable: 'gone' | 'receiver_asked' | null;
  /** Until when the receiver asked to wait, or null. */
  pauseUntil: number | null;
}

export interface GateOptions {
  /** Failures in a row that open the breaker. */
  breakerFailures: number;
  breakerOpenMs: number;
  /** A webhook that fails for this long is disabled. */
  disableAfterMs: number;
}

export interface Hold {
  until: number;
  reason: HeldReason;
  since: number;
}

/** The columns of a hold are written together, and only by `hold` and `lift`. */
type HeldColumn = 'heldUntil' | 'heldReason' | 'heldSince';

/** Changes to a webhook's row; `withPatch` applies them. */
export type GatePatch = Partial<Omit<GateRow, 'alertAfter' | 'home' | 'url' | HeldColumn>> & {
  disabledAt?: number | null;
  /** Puts it on hold until then, unless it is on hold for longer already. */
  hold?: Hold;
  /** Ends the hold with this reason, or any hold. */
  lift?: HeldReason | 'any';
};

const notHeld: Pick<GateRow, HeldColumn> = { heldUntil: null, heldReason: null, heldSince: null };

/**
 * The row after a patch. THE LONGEST HOLD WINS, and its reason stands beside it, whoever wrote first: breaker,
 * throttle, rate limit and `Retry-After` know nothing of each other, here and in other processes. The database does
 * the same in one statement (`store/webhooks/gate.ts`).
 */
export function withPatch(row: GateRow, { hold, lift, ...columns }: GatePatch): GateRow {
  const lifted = lift !== undefined && (lift === 'any' || lift === row.heldReason);
  const before = lifted ? { ...row, ...notHeld } : row;
  const longer = hold !== undefined && hold.until > (before.heldUntil ?? 0);
  const held = longer ? { heldUntil: hold.until, heldReason: hold.reason, heldSince: hold.since } : {};
  return { ...before, ...columns, ...held };
}

/** A change of the webhook's state, for its owner: at most one per attempt. */
export type GateNews = 'disabled' | 'failing' | 'recovered';

export interface GateChange {
  patch: GatePatch;
  news: GateNews | null;
}

/** A failing receiver is called again within this time, however often it fails. */
const longestBreakMs = 10 * 60_000;
const firstThrottleMs = 500;
const longestThrottleMs = 60_000;
/** Simultaneous responses count as one sign of overload. */
const throttleStepMs = 1000;
/** Without a further sign of overload one level is removed after this time. */
const throttleRecoveryMs = 10_000;
const highestThrottle = 7;
/** Precision of `lastFailureAt`: a failing receiver must not cause a write per attempt. */
const failureNoteMs = 60_000;
/** One old failure and one now are no outage: it must have failed over at least this period. */
const leastOutageMs = 12 * 3_600_000;

/** Whether a success changes this row. */
export const isTroubled = (row: GateRow): boolean =>
  row.failures > 0 || row.failingSince !== null || row.breakerLevel > 0 || row.throttleLevel > 0;

/**
 * What an attempt changes in the row, or null. `random` (0 … 1) spreads the waiting times, so that many
 * webhooks of one receiver do not resume at the same moment.
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
  if (row.breakerLevel > 0) Object.assign(patch, { breakerLevel: 0, lift: 'breaker' });
  if (row.throttleLevel > 0 && sinceThen(row.throttledAt, now) >= throttleRecoveryMs) {
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
  const since = row.failingSince === null || isFuture(row.failingSince, now) ? now : row.failingSince;
  const outage = Math.min(row.lastFailureAt ?? since, now) - since >= leastOutageMs;
  if (outage && now - since >= options.disableAfterMs) {
    return { patch: { active: false, disabledReason: 'failing', disabledAt: now }, news: 'disabled' };
  }
  const patch: GatePatch = {};
  if (row.failingSince !== since) patch.failingSince = since;
  if (sinceThen(row.lastFailureAt, now) >= failureNoteMs) patch.lastFailureAt = now;
  const opened = breaker(row, signal, now, options, random);
  const halfWay = outage && now - since >= options.disableAfterMs / 2;
  const isReached = reaches(row.alertAfter, opened.patch.failures ?? row.failures, now - since) || halfWay;
  const warns = isReached && row.warnedAt === null;
  if (warns) patch.warnedAt = now;
  const slowed = throttle(row, signal, now, random);
  Object.assign(patch, opened.patch, slowed.patch);
  const hold = longest(row, now, {
    breaker: opened.until,
    throttle: slowed.until,
    retry_after: signal.pauseUntil,
  });
  if (hold) patch.hold = hold;
  return Object.keys(patch).length === 0 ? null : { patch, news: warns ? 'failing' : null };
}

/** Whether the threshold of its own is reached. */
const reaches = (threshold: GateRow['alertAfter'], failures: number, failingMs: number): boolean =>
  threshold !== null &&
  ((threshold.failures !== null && failures >= threshold.failures) ||
    (threshold.minutes !== null && failingMs >= threshold.minutes * 60_000));

/** The result of one mechanism for a failure: its own columns, and until when it puts the webhook on hold. */
interface Verdict {
  patch: GatePatch;
  until: number | null;
}

const noVerdict: Verdict = { patch: {}, until: null };

function breaker(
  row: GateRow,
  signal: GateSignal,
  now: number,
  options: GateOptions,
  random: () => number,
): Verdict {
  if (!signal.endpointFailed) return noVerdict;
  // Requests that were in flight when it opened are ignored.
  const opened = row.breakerLevel > 0 && row.openedAt !== null && !isFuture(row.openedAt, now);
  if (opened && signal.at < (row.openedAt ?? 0)) return noVerdict;
  const most = Math.max(options.breakerFailures, row.alertAfter?.failures ?? 0);
  const failures = Math.min(row.failures + 1, most);
  const patch: GatePatch = failures === row.failures ? {} : { failures };
  if (row.breakerLevel === 0 && failures < options.breakerFailures) return { patch, until: null };
  const wait = Math.min(options.breakerOpenMs * 2 ** row.breakerLevel, longestBreakMs);
  const breakerLevel = Math.min(row.breakerLevel + 1, 16);
  return { patch: { ...patch, breakerLevel, openedAt: now }, until: spread(now, wait, random) };
}

function throttle(row: GateRow, signal: GateSignal, now: number, random: () => number): Verdict {
  if (!signal.overloaded || sinceThen(row.throttledAt, now) < throttleStepMs) return noVerdict;
  const level = Math.min(row.throttleLevel + 1, highestThrottle);
  const wait = Math.min(firstThrottleMs * 2 ** level, longestThrottleMs);
  return { patch: { throttleLevel: level, throttledAt: now }, until: spread(now, wait, random) };
}

/** The longest hold, if it lasts longer than the one in the row. */
function longest(row: GateRow, now: number, wanted: Partial<Record<HeldReason, number | null>>): Hold | null {
  let found: Hold | null = null;
  for (const [reason, until] of Object.entries(wanted) as [HeldReason, number | null][]) {
    if (until === null || until <= Math.max(found?.until ?? 0, row.heldUntil ?? 0, now)) continue;
    found = { until, reason, since: now };
  }
  return found;
}

/** Clocks of machines that share a database differ by less than this. */
export const clockSkewMs = 5000;

/** Written before the clock was set back. */
const isFuture = (at: number, now: number): boolean => at > now + clockSkewMs;

/** Milliseconds since then; infinite if never, or if the clock was set back since. */
const sinceThen = (at: number | null, now: number): number =>
  at === null || isFuture(at, now) ? Infinity : now - at;

/** Up to a fifth longer: never shorter than promised. */
const spread = (now: number, ms: number, random: () => number): number =>
  Math.round(now + ms * (1 + 0.2 * random()));
