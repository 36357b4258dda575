import type { GateRow, GateSignal, World } from './gate';
import {
  afterAttempt,
  afterResume,
  afterSwitch,
  gateState,
  isTroubled,
  maxInFlight,
  skipsNewEvents,
} from './gate';

const now = 1_800_000_000_000;
const day = 24 * 3_600_000;

const open: GateRow = {
  active: true,
  disabledReason: null,
  heldUntil: null,
  heldReason: null,
  failures: 0,
  failingSince: null,
  lastFailureAt: null,
  warnedAt: null,
  breakerLevel: 0,
  throttleLevel: 0,
  throttledAt: null,
  home: null,
  url: 'https://example.com/hook',
};

const world: World = {
  here: { name: null, host: 'cms.example.com', environment: 'production' },
  policy: { enabled: true, alsoHome: [] },
  paused: null,
  isInbox: () => false,
};

const options = { breakerFailures: 3, breakerOpenMs: 30_000, disableAfterMs: 5 * day };

const success: GateSignal = {
  succeeded: true,
  endpointFailed: false,
  overloaded: false,
  disable: null,
  pauseUntil: null,
};
const failure: GateSignal = { ...success, succeeded: false, endpointFailed: true };
const refusedMessage: GateSignal = { ...failure, endpointFailed: false };

/** The row after these signals, one every `stepMs`. */
function after(row: GateRow, signals: readonly GateSignal[], stepMs = 1000, from = now): GateRow {
  return signals.reduce(
    (state, signal, index) => ({
      ...state,
      ...afterAttempt(state, signal, from + index * stepMs, options, () => 0)?.patch,
    }),
    row,
  );
}

describe('may this webhook send', () => {
  it('sends while nothing speaks against it', () => {
    expect(gateState(open, now, world)).toEqual({ state: 'active' });
    expect(skipsNewEvents(open)).toBe(false);
  });

  it('waits while it is held, and goes on by itself', () => {
    const held = { ...open, heldUntil: now + 5000, heldReason: 'retry_after' };
    expect(gateState(held, now, world)).toEqual({ state: 'held', reason: 'retry_after', until: now + 5000 });
    expect(gateState(held, now + 5000, world)).toEqual({ state: 'active' });
    expect(skipsNewEvents(held)).toBe(false);
  });

  it('waits while everything is paused, until the time is over', () => {
    expect(gateState(open, now, { ...world, paused: { until: null } })).toMatchObject({
      state: 'held',
      reason: 'everything_paused',
      until: null,
    });
    expect(gateState(open, now, { ...world, paused: { until: now } })).toEqual({ state: 'active' });
  });

  it('waits away from home, but never where it calls an inbox of this Strapi', () => {
    const copied = { ...open, home: { name: null, host: 'www.example.org', environment: 'production' } };
    expect(gateState(copied, now, world)).toMatchObject({ state: 'away', reason: 'host' });
    expect(gateState(copied, now, { ...world, isInbox: () => true })).toEqual({ state: 'active' });
    expect(skipsNewEvents(copied)).toBe(false);
  });

  it('is disabled where the address is gone, once, and starts anew when turned on', () => {
    const change = afterAttempt(open, { ...failure, disable: 'gone' }, now, options, Math.random);
    expect(change).toEqual({
      patch: { active: false, disabledReason: 'gone', disabledAt: now },
      news: 'disabled',
    });
    const disabled = { ...open, ...change?.patch };
    expect(gateState(disabled, now, world)).toEqual({ state: 'disabled', reason: 'gone' });
    expect(skipsNewEvents(disabled)).toBe(true);
    expect(afterAttempt(disabled, { ...failure, disable: 'gone' }, now + 1, options, Math.random)).toBeNull();
    expect(gateState({ ...disabled, ...afterSwitch(true) }, now, world)).toEqual({ state: 'active' });
  });

  it('honours Retry-After for the whole webhook, and never shortens it', () => {
    const held = after(open, [{ ...refusedMessage, pauseUntil: now + 9000 }]);
    expect(gateState(held, now, world)).toEqual({ state: 'held', reason: 'retry_after', until: now + 9000 });
    expect(after(held, [{ ...refusedMessage, pauseUntil: now + 3000 }]).heldUntil).toBe(now + 9000);
  });
});

describe('the breaker', () => {
  it('opens after failures in a row, lets one probe through, and closes on success', () => {
    expect(
      gateState(after(open, [failure, failure, success, failure, failure]), now + 5000, world).state,
    ).toBe('active');
    const opened = after(open, [failure, failure, failure]);
    const at = now + 2000;
    expect(gateState(opened, at, world)).toEqual({ state: 'held', reason: 'breaker', until: at + 30_000 });
    expect(gateState(opened, at + 30_000, world)).toEqual({ state: 'active' });
    expect(maxInFlight(opened, 10)).toBe(1);
    const closed = after(opened, [success], 0, at + 30_000);
    expect(maxInFlight(closed, 10)).toBe(10);
    expect(isTroubled(closed)).toBe(false);
  });

  it('stays open longer each time, at most ten minutes', () => {
    let row = after(open, [failure, failure, failure]);
    let at = now + 2000;
    const waits: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      waits.push((row.heldUntil ?? 0) - at);
      at = row.heldUntil ?? 0;
      row = after(row, [failure], 0, at);
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 600, 600].map((seconds) => seconds * 1000));
  });

  it('does not open further for what was in flight when it opened', () => {
    const opened = after(open, [failure, failure, failure]);
    expect(after(opened, [failure, failure], 10, now + 2100)).toMatchObject({
      breakerLevel: 1,
      heldUntil: opened.heldUntil,
    });
  });

  it('does not open for messages that the receiver refuses', () => {
    expect(
      after(
        open,
        Array.from({ length: 50 }, () => refusedMessage),
      ).breakerLevel,
    ).toBe(0);
  });
});

describe('the throttle', () => {
  const overloaded = { ...failure, endpointFailed: false, overloaded: true };

  it('halves the requests in flight at each sign of overload and gives them back slowly', () => {
    const slowed = after(open, [overloaded, overloaded], 5000);
    expect(maxInFlight(slowed, 10)).toBe(2);
    expect(gateState(slowed, now + 5000, world)).toMatchObject({ state: 'held', reason: 'throttle' });
    const recovering = after(slowed, [success], 0, now + 16_000);
    expect(maxInFlight(recovering, 10)).toBe(5);
    expect(maxInFlight(after(recovering, [success], 0, now + 17_000), 10)).toBe(5);
    expect(maxInFlight(after(recovering, [success], 0, now + 27_000), 10)).toBe(10);
  });

  it('takes answers that were under way together for one sign', () => {
    expect(after(open, [overloaded, overloaded, overloaded], 10).throttleLevel).toBe(1);
  });

  it('always leaves one', () => {
    expect(
      maxInFlight(
        after(
          open,
          Array.from({ length: 40 }, () => overloaded),
          120_000,
        ),
        10,
      ),
    ).toBe(1);
  });

  it('goes on at full width when an administrator says so', () => {
    const slowed = { ...after(open, [overloaded, overloaded], 5000), ...afterResume() };
    expect(gateState(slowed, now, world)).toEqual({ state: 'active' });
    expect(maxInFlight(slowed, 10)).toBe(10);
  });
});

describe('endpoint health', () => {
  /** What is told, and when (days after the first failure), with a failure an hour. */
  const newsOf = (signals: readonly GateSignal[], stepMs = 3_600_000) => {
    let row = open;
    return signals.flatMap((signal, index) => {
      const change = afterAttempt(row, signal, now + index * stepMs, options, () => 0);
      row = { ...row, ...change?.patch };
      return change?.news ? [[change.news, (index * stepMs) / day]] : [];
    });
  };
  const hours = (count: number, signal: GateSignal) => Array.from({ length: count }, () => signal);

  it('warns half way, once, and disables after five days of failures only', () => {
    expect(newsOf(hours(130, failure))).toEqual([
      ['failing', 2.5],
      ['disabled', 5],
    ]);
    // Refused messages are failures too: nobody gets anything.
    expect(newsOf(hours(130, refusedMessage))).toEqual([
      ['failing', 2.5],
      ['disabled', 5],
    ]);
  });

  it('begins anew at each success, and says so where it had warned', () => {
    expect(newsOf([...hours(100, failure), success, ...hours(50, failure)])).toEqual([
      ['failing', 2.5],
      ['recovered', 100 / 24],
    ]);
    expect(newsOf([...hours(50, failure), success])).toEqual([]);
  });

  it('does not disable for one old failure and one of now', () => {
    expect(newsOf([failure, failure], 30 * day)).toEqual([]);
    expect(newsOf([failure, failure, failure], 30 * day)).toEqual([['disabled', 60]]);
  });

  it('a healthy webhook costs no write for a success', () => {
    expect(afterAttempt(open, success, now, options, Math.random)).toBeNull();
  });
});
