import type { GateRow, GateSignal, World } from './gate';
import { afterAttempt, gateState, isTroubled, maxInFlight, skipsNewEvents, withPatch } from './gate';
import { afterResume, afterSwitch } from './reset';

const now = 1_800_000_000_000;
const day = 24 * 3_600_000;

const open: GateRow = {
  active: true,
  disabledReason: null,
  heldUntil: null,
  heldReason: null,
  heldSince: null,
  failures: 0,
  failingSince: null,
  lastFailureAt: null,
  warnedAt: null,
  breakerLevel: 0,
  openedAt: null,
  throttleLevel: 0,
  throttledAt: null,
  alertAfter: null,
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
  at: now,
  succeeded: true,
  endpointFailed: false,
  overloaded: false,
  disable: null,
  pauseUntil: null,
};
const failure: GateSignal = { ...success, succeeded: false, endpointFailed: true };
const refusedMessage: GateSignal = { ...failure, endpointFailed: false };

/** The row after these attempts, one every `stepMs`; each began when it ended, or `tookMs` before. */
function after(row: GateRow, signals: readonly GateSignal[], stepMs = 1000, from = now, tookMs = 0): GateRow {
  return signals.reduce((state, signal, index) => {
    const ended = from + index * stepMs;
    const change = afterAttempt(state, { ...signal, at: ended - tookMs }, ended, options, () => 0);
    return withPatch(state, change?.patch ?? {});
  }, row);
}

describe('may this webhook send', () => {
  it('sends while nothing speaks against it', () => {
    expect(gateState(open, now, world)).toEqual({ state: 'active' });
    expect(skipsNewEvents(open)).toBe(false);
  });

  it('waits while it is held, and goes on by itself', () => {
    const held = { ...open, heldUntil: now + 5000, heldReason: 'retry_after', heldSince: now };
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
    const disabled = withPatch(open, change?.patch ?? {});
    expect(gateState(disabled, now, world)).toEqual({ state: 'disabled', reason: 'gone' });
    expect(skipsNewEvents(disabled)).toBe(true);
    expect(afterAttempt(disabled, { ...failure, disable: 'gone' }, now + 1, options, Math.random)).toBeNull();
    expect(gateState(withPatch(disabled, afterSwitch(true)), now, world)).toEqual({ state: 'active' });
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
    expect(after(opened, [failure, failure], 10, now + 2100, 1000)).toMatchObject({
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
    const slowed = withPatch(after(open, [overloaded, overloaded], 5000), afterResume());
    expect(gateState(slowed, now, world)).toEqual({ state: 'active' });
    expect(maxInFlight(slowed, 10)).toBe(10);
  });
});

describe('several reasons to wait at once: the longest counts, and is the one that is told (guarantee 19)', () => {
  const unavailable: GateSignal = { ...failure, overloaded: true };

  it('an endpoint that answers 503 is asked when the breaker says, not when the throttle does', () => {
    let row = after(
      open,
      Array.from({ length: 3 }, () => unavailable),
      10,
    );
    let at = now + 20;
    const waits: number[] = [];
    for (let probe = 0; probe < 7; probe += 1) {
      waits.push(Math.round(((row.heldUntil ?? 0) - at) / 1000));
      expect(row.heldReason).toBe('breaker');
      at = row.heldUntil ?? 0;
      row = after(row, [unavailable], 0, at);
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 600, 600]);
  });

  it('“Retry-After: 3600” stays 3600 s, whatever fails afterwards and whichever mechanism it moves', () => {
    const asked = after(open, [{ ...unavailable, pauseUntil: now + 3_600_000 }]);
    for (const later of [
      [failure, failure, failure],
      [unavailable, unavailable, unavailable],
      [{ ...refusedMessage, pauseUntil: now + 5000 }],
    ])
      expect(after(asked, later, 1000, now + 1000, 1500)).toMatchObject({
        heldUntil: now + 3_600_000,
        heldReason: 'retry_after',
        heldSince: now,
      });
  });

  it('what was in flight when the breaker opened moves it no further, whatever the webhook is held by', () => {
    const opened = after(open, [failure, failure, { ...failure, pauseUntil: now + 3_600_000 }]);
    expect(opened).toMatchObject({ breakerLevel: 1, heldReason: 'retry_after' });
    expect(after(opened, [failure, failure], 10, now + 2100, 1000).breakerLevel).toBe(1);
  });

  it('a probe that fails opens the breaker for longer also where the rate limit holds the webhook meanwhile', () => {
    const opened = after(open, [failure, failure, failure]);
    const at = (opened.heldUntil ?? 0) + 1000;
    const limited = withPatch(opened, { hold: { until: at + 500, reason: 'rate_limit', since: at - 100 } });
    expect(after(limited, [failure], 0, at, 200)).toMatchObject({ breakerLevel: 2, heldReason: 'breaker' });
  });

  it('the same in any order, also for the rate limit', () => {
    const holds = (['breaker', 'throttle', 'retry_after', 'rate_limit'] as const).map((reason, index) => ({
      hold: { until: now + 1000 * (index + 1), reason, since: now },
    }));
    for (const first of holds)
      for (const second of holds)
        for (const third of holds) {
          const all = [first, second, third];
          const longest = Math.max(...all.map(({ hold }) => hold.until));
          expect(all.reduce(withPatch, open)).toMatchObject({
            heldUntil: longest,
            heldReason: all.find(({ hold }) => hold.until === longest)?.hold.reason,
          });
        }
  });

  it('a success ends the breaker’s hold and no other', () => {
    const held = after(open, [failure, failure, failure]);
    expect(after(held, [success], 0, now + 3000)).toMatchObject({
      heldUntil: null,
      heldReason: null,
      breakerLevel: 0,
    });
    const asked = after(held, [{ ...refusedMessage, pauseUntil: now + 100_000 }], 0, now + 3000);
    expect(after(asked, [success], 0, now + 4000)).toMatchObject({
      heldUntil: now + 100_000,
      heldReason: 'retry_after',
      breakerLevel: 0,
    });
  });

  it('“resume now” and switching on end whatever hold there is', () => {
    const asked = after(open, [failure, failure, { ...failure, pauseUntil: now + 3_600_000 }]);
    for (const patch of [afterResume(), afterSwitch(true)])
      expect(withPatch(asked, patch)).toMatchObject({
        heldUntil: null,
        heldReason: null,
        heldSince: null,
        breakerLevel: 0,
      });
  });
});

describe('a clock that was set back an hour', () => {
  const back = now - 3_600_000;
  const overloaded: GateSignal = { ...failure, overloaded: true };

  it('delays neither the breaker nor the throttle, and gives a throttled webhook back its width', () => {
    const before = after(open, [overloaded, overloaded, overloaded]);
    const failed = after(before, [overloaded], 0, back);
    expect([failed.breakerLevel, failed.throttleLevel]).toEqual([
      before.breakerLevel + 1,
      before.throttleLevel + 1,
    ]);
    expect(after(before, [success], 0, back).throttleLevel).toBe(before.throttleLevel - 1);
  });

  it('counts the days of an outage from then', () => {
    const before = after(open, [failure, failure]);
    const failed = after(before, [failure], 0, back);
    expect([failed.failingSince, failed.lastFailureAt]).toEqual([back, back]);
  });
});

describe('endpoint health', () => {
  /** What is told, and when (days after the first failure), with a failure an hour. */
  const newsOf = (signals: readonly GateSignal[], stepMs = 3_600_000, from = open) => {
    let row = from;
    return signals.flatMap((signal, index) => {
      const at = now + index * stepMs;
      const change = afterAttempt(row, { ...signal, at }, at, options, () => 0);
      row = withPatch(row, change?.patch ?? {});
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

  describe('with a threshold of its own', () => {
    const minute = 60_000;
    const told = (alertAfter: GateRow['alertAfter'], signals: readonly GateSignal[], stepMs = minute) =>
      newsOf(signals, stepMs, { ...open, alertAfter }).map(([news, days]) => [
        news,
        Math.round((Number(days) * day) / minute),
      ]);

    it('is told after so many failures in a row, once for each outage', () => {
      const five = { failures: 5, minutes: null };
      expect(told(five, hours(4, failure))).toEqual([]);
      expect(told(five, hours(20, failure))).toEqual([['failing', 4]]);
      expect(told(five, [...hours(7, failure), success, ...hours(7, failure)])).toEqual([
        ['failing', 4],
        ['recovered', 7],
        ['failing', 12],
      ]);
      // A refused message says nothing of the receiver.
      expect(told(five, hours(20, refusedMessage))).toEqual([]);
    });

    it('of more failures than the breaker counts', () => {
      expect(told({ failures: 8, minutes: null }, hours(30, failure))).toEqual([['failing', 7]]);
    });

    it('is told when nothing has been delivered for so long, whatever the failures were', () => {
      const quarter = { failures: null, minutes: 15 };
      expect(told(quarter, hours(15, refusedMessage))).toEqual([]);
      expect(told(quarter, hours(40, refusedMessage))).toEqual([['failing', 15]]);
      expect(told(quarter, [failure, failure], 30 * minute)).toEqual([['failing', 30]]);
    });

    it('is told by what is reached first, and no second time half way to being disabled', () => {
      const both = { failures: 3, minutes: 600 };
      expect(newsOf(hours(130, failure), 3_600_000, { ...open, alertAfter: both })).toEqual([
        ['failing', 2 / 24],
        ['disabled', 5],
      ]);
    });
  });

  it('a healthy webhook costs no write for a success', () => {
    expect(afterAttempt(open, success, now, options, Math.random)).toBeNull();
  });
});
