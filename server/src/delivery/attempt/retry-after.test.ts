import fc from 'fast-check';
import { parseRetryAfter } from './retry-after';

const now = Date.UTC(1994, 10, 6, 8, 49, 7);

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    ['0', 0],
    [' 5 ', 5000],
    ['00010', 10_000],
    ['2.0', 2000],
    ['2.5', 2500],
    [' 120.000 ', 120_000],
    ['0.0001', 1],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 30_000],
    ['sun, 06 nov 1994 08:49:37 gmt', 30_000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 30_000],
    ['Sun Nov  6 08:49:37 1994', 30_000],
    ['Wed Nov 16 08:49:07 1994', 10 * 86_400_000],
  ])('reads %j', (value, expected) => {
    expect(parseRetryAfter(value, now)).toBe(expected);
  });

  it('gives 0 for a date that has passed', () => {
    expect(parseRetryAfter('Sun, 06 Nov 1994 08:00:00 GMT', now)).toBe(0);
  });

  it.each([
    undefined,
    '',
    'soon',
    '-5',
    '+5',
    '-2.0',
    '2.',
    '.5',
    '2,5',
    '1.2.3',
    '2.0s',
    '2; 3',
    '1.5e3',
    '1e3',
    '0x10',
    '120 s',
    '120, 120',
    '٣',
    'Infinity',
    'NaN',
    '1994-11-06T08:49:37Z',
    'Sun, 06 Nov 1994 08:49:37 +0200',
    'Thu, 31 Feb 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 99:49:37 GMT',
    'Sun, 06 Foo 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 GMT\0',
  ])('does not believe %j', (value) => {
    expect(parseRetryAfter(value, now)).toBeNull();
  });

  it('keeps a huge number finite', () => {
    expect(parseRetryAfter('9'.repeat(400), now)).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('answers a whole, finite number of milliseconds or null, whatever comes', () => {
    const anything = fc.oneof(fc.string(), fc.bigInt({ min: 0n }).map(String), fc.date().map(String));
    fc.assert(
      fc.property(anything, fc.nat(), (value, nowMs) => {
        const wait = parseRetryAfter(value, nowMs);
        return wait === null || (Number.isSafeInteger(wait) && wait >= 0);
      }),
    );
  });

  it('reads every date in the form that HTTP prefers', () => {
    const dates = fc.date({ min: new Date(0), max: new Date(Date.UTC(9999, 11, 31)), noInvalidDate: true });
    fc.assert(
      fc.property(dates, (date) => {
        const wholeSeconds = Math.floor(date.getTime() / 1000) * 1000;
        return parseRetryAfter(date.toUTCString(), 0) === wholeSeconds;
      }),
    );
  });

  it('reads every number of seconds', () => {
    fc.assert(fc.property(fc.nat(), (seconds) => parseRetryAfter(String(seconds), now) === seconds * 1000));
  });
});
