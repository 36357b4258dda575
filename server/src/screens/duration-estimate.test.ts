import { durationBoundsMs } from '../../../contracts/statistics';
import { durationColumns, durationIndex } from '../models/duration-columns';
import { estimateDuration } from './duration-estimate';

const counted = (durations: readonly number[]): number[] => {
  const counters = durationColumns.map(() => 0);
  for (const duration of durations) {
    const index = durationIndex(duration);
    counters[index] = (counters[index] ?? 0) + 1;
  }
  return counters;
};

describe('durations that are only counted', () => {
  it('give no estimate where there is none', () => {
    expect(estimateDuration(counted([]), 0.5)).toBeNull();
    expect(estimateDuration([], 0.95)).toBeNull();
  });

  it('all in one counter lie evenly in it', () => {
    const counters = counted(Array.from({ length: 100 }, () => 80));
    expect(estimateDuration(counters, 0.5)).toBe(75);
    expect(estimateDuration(counters, 0.95)).toBe(97);
  });

  it('a single one is placed within its counter', () => {
    expect(estimateDuration(counted([700]), 0.5)).toBe(750);
    expect(estimateDuration(counted([4]), 0.5)).toBe(5);
    expect(estimateDuration(counted([180]), 0.95)).toBe(estimateDuration(counted([180]), 0.5));
  });

  it('a few slow ones do not move the median, and are what the 95th percentile tells of', () => {
    const counters = counted([
      ...Array.from({ length: 90 }, () => 40),
      ...Array.from({ length: 10 }, () => 12_000),
    ]);
    const median = estimateDuration(counters, 0.5) ?? 0;
    expect(median).toBeGreaterThan(25);
    expect(median).toBeLessThanOrEqual(50);
    const slow = estimateDuration(counters, 0.95) ?? 0;
    expect(slow).toBeGreaterThan(10_000);
    expect(slow).toBeLessThanOrEqual(30_000);
  });

  it('what took longer than the last bound is said to have taken at least that', () => {
    expect(estimateDuration(counted([45_000, 60_000]), 0.5)).toBe(30_000);
  });

  it('is never further off than the counter is wide', () => {
    const durations = Array.from({ length: 1000 }, (_, index) => 3 + ((index * 7919) % 9000));
    const sorted = [...durations].sort((a, b) => a - b);
    for (const share of [0.05, 0.5, 0.9, 0.95, 0.99]) {
      const real = sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
      const upper = durationBoundsMs.find((bound) => real <= bound) ?? Infinity;
      const lower = [...durationBoundsMs].reverse().find((bound) => bound < real) ?? 0;
      const estimate = estimateDuration(counted(durations), share) ?? 0;
      expect([share, estimate >= lower && estimate <= upper]).toEqual([share, true]);
    }
  });

  it('a duration that is a bound belongs to its counter', () => {
    expect(durationBoundsMs.map(durationIndex)).toEqual(durationBoundsMs.map((_, index) => index));
    expect(durationIndex(0)).toBe(0);
    expect(durationIndex(30_001)).toBe(durationBoundsMs.length);
  });
});
