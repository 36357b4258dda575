import { relativeTime } from './relative-time';

const now = Date.UTC(2026, 10, 24, 14);

describe('relativeTime', () => {
  it.each([
    [now - 2000, null],
    [now - 30_000, { value: -30, unit: 'second' }],
    [now - 120_000, { value: -2, unit: 'minute' }],
    [now + 240_000, { value: 4, unit: 'minute' }],
    [now - 3_600_000, { value: -1, unit: 'hour' }],
    [now - 6 * 86_400_000, { value: -6, unit: 'day' }],
    [now - 400 * 86_400_000, { value: -1, unit: 'year' }],
  ])('%d', (at, expected) => {
    expect(relativeTime(at, now)).toEqual(expected);
  });
});
