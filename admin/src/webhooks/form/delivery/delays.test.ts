import { readDelays, writeDelays } from './delays';

describe('delays', () => {
  it('reads units and plain seconds', () => {
    expect(readDelays('5s, 5m 2h;1d, 30')).toEqual([5, 300, 7200, 86_400, 30]);
  });

  it('refuses what it cannot read', () => {
    expect(readDelays('5 minutes')).toBeNull();
    expect(readDelays('-5s')).toBeNull();
  });

  it('reads back what it has written', () => {
    const delays = [5, 300, 1800, 7200, 18_000, 86_400, 61];
    expect(readDelays(writeDelays(delays))).toEqual(delays);
    expect(writeDelays([5, 300, 7200, 86_400])).toBe('5s, 5m, 2h, 1d');
  });
});
