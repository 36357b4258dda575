import { momentOf, shifted } from '.';

describe('a moment in ISO 8601', () => {
  it.each([
    ['2026-11-29', { kind: 'date', at: Date.UTC(2026, 10, 29) }],
    ['2024-02-29', { kind: 'date', at: Date.UTC(2024, 1, 29) }],
    ['14:05', { kind: 'time', at: (14 * 60 + 5) * 60_000 }],
    ['14:05:09.250', { kind: 'time', at: (14 * 60 + 5) * 60_000 + 9250 }],
    ['2026-11-29T14:05:00.418Z', { kind: 'datetime', at: Date.UTC(2026, 10, 29, 14, 5, 0, 418) }],
    ['2026-11-29T14:05:00+02:00', { kind: 'datetime', at: Date.UTC(2026, 10, 29, 12, 5) }],
    ['2026-11-29T00:30:00-0130', { kind: 'datetime', at: Date.UTC(2026, 10, 29, 2, 0) }],
    ['2026-11-29T14:05', { kind: 'datetime', at: Date.UTC(2026, 10, 29, 14, 5) }],
  ])('%s', (text, expected) => {
    expect(momentOf(text)).toEqual(expected);
  });

  it.each([
    ...['', '2026', '2023-02-29', '2026-13-01', '2026-00-10', '24:00', '12:60', '2026-11-29T25:00Z'],
    ...[' 2026-11-29', '2026-11-29\n', '2026-11-29T14:05+25:00', '٢٠٢٦-١١-٢٩', '2026-1-1'],
  ])('is not %j', (text) => {
    expect(momentOf(text)).toBeNull();
  });

  it('has no century of its own for the first hundred years', () => {
    expect(new Date(momentOf('0026-01-01')?.at ?? 0).getUTCFullYear()).toBe(26);
  });
});

describe('a span from a moment', () => {
  const at = (text: string) => momentOf(text)?.at ?? NaN;

  it('counts calendar months, to the last day of a shorter one', () => {
    expect(shifted(at('2026-03-31'), { count: 1, unit: 'months' }, -1)).toBe(at('2026-02-28'));
    expect(shifted(at('2024-01-31T10:00Z'), { count: 1, unit: 'months' }, 1)).toBe(at('2024-02-29T10:00Z'));
    expect(shifted(at('2026-01-15'), { count: 14, unit: 'months' }, -1)).toBe(at('2024-11-15'));
    expect(shifted(at('2026-11-30'), { count: 3, unit: 'months' }, 1)).toBe(at('2027-02-28'));
  });

  it('counts hours, days and weeks exactly', () => {
    expect(shifted(at('2026-03-31'), { count: 7, unit: 'days' }, -1)).toBe(at('2026-03-24'));
    expect(shifted(at('2026-03-31'), { count: 2, unit: 'weeks' }, 1)).toBe(at('2026-04-14'));
    expect(shifted(at('2026-03-31'), { count: 25, unit: 'hours' }, -1)).toBe(at('2026-03-29T23:00Z'));
  });
});
