import fc from 'fast-check';
import { defaultRetryScheduleSeconds } from '../../../../contracts/webhook-input';
import { nextAttemptAt, type FailedAttempt } from './backoff';

const now = 1_800_000_000_000;
const failed = (input: Partial<FailedAttempt> = {}): FailedAttempt => ({
  attempt: 1,
  schedule: defaultRetryScheduleSeconds,
  now,
  random: () => 0.5,
  retryAfterMs: null,
  slowDown: false,
  ...input,
});

const waitMs = (input: Partial<FailedAttempt> = {}): number | null => {
  const at = nextAttemptAt(failed(input));
  return at === null ? null : at - now;
};

describe('the wait before the next attempt (guarantee 14)', () => {
  it('is that of the schedule, one after the other, and ends with it', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((attempt) => waitMs({ attempt }));
    expect(waits.map((wait) => (wait === null ? null : wait / 1000))).toEqual([
      5,
      300,
      1800,
      7200,
      18000,
      36000,
      50400,
      72000,
      86400,
      null,
    ]);
  });

  it('gives no second try where the schedule is empty', () => {
    expect(nextAttemptAt(failed({ schedule: [] }))).toBeNull();
  });

  it('is spread by 20 % to both sides', () => {
    expect(waitMs({ attempt: 2, random: () => 0 })).toBe(240_000);
    expect(waitMs({ attempt: 2, random: () => 1 - Number.EPSILON })).toBe(360_000);
  });

  it('is a minute at least after a sign of overload', () => {
    expect(waitMs({ slowDown: true })).toBe(60_000);
    expect(waitMs({ slowDown: true, attempt: 2 })).toBe(300_000);
  });

  it('follows Retry-After up to an hour', () => {
    expect(waitMs({ retryAfterMs: 120_000 })).toBe(120_000);
    expect(waitMs({ retryAfterMs: 3_600_000 })).toBe(3_600_000);
    expect(waitMs({ retryAfterMs: 365 * 86_400_000 })).toBe(3_600_000);
  });

  it('follows Retry-After up to twice the scheduled wait where that is longer', () => {
    expect(waitMs({ attempt: 4, retryAfterMs: 10_000_000 })).toBe(10_000_000);
    expect(waitMs({ attempt: 4, retryAfterMs: Number.MAX_SAFE_INTEGER })).toBe(2 * 7_200_000);
  });

  it('is never shortened by Retry-After', () => {
    expect(waitMs({ attempt: 2, retryAfterMs: 0 })).toBe(300_000);
    expect(waitMs({ attempt: 2, retryAfterMs: 1000 })).toBe(300_000);
  });
});

const anyFailure = fc.record({
  attempt: fc.integer({ min: 1, max: 25 }),
  schedule: fc.array(fc.integer({ min: 1, max: 604_800 }), { maxLength: 20 }),
  now: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }).map((value) => () => value),
  retryAfterMs: fc.option(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })),
  slowDown: fc.boolean(),
});

it('always lies between the scheduled wait and the cap, whatever the receiver asks for', () => {
  fc.assert(
    fc.property(anyFailure, (input) => {
      const at = nextAttemptAt(input);
      const seconds = input.schedule[input.attempt - 1];
      if (seconds === undefined) return at === null;
      if (at === null || !Number.isSafeInteger(at)) return false;
      const wait = at - input.now;
      const most = Math.max(seconds * 2000, 3_600_000);
      return wait >= Math.floor(seconds * 800) && wait <= most && (!input.slowDown || wait >= 60_000);
    }),
  );
});

it('honours what the receiver asks for within the cap', () => {
  fc.assert(
    fc.property(anyFailure, fc.integer({ min: 0, max: 3_600_000 }), (input, retryAfterMs) => {
      const at = nextAttemptAt({ ...input, retryAfterMs });
      return at === null || at - input.now >= retryAfterMs;
    }),
  );
});
