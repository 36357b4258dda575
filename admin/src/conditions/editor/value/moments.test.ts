import { dateOf, dateText, momentOf, timeShown, timeText } from './moments';

describe('dates in a condition', () => {
  it('are the day that was picked, wherever the reader is', () => {
    const picked = dateOf('2026-11-24');
    expect(picked?.getDate()).toBe(24);
    expect(dateText(picked)).toBe('2026-11-24');
    expect(dateText(undefined)).toBe('');
    expect(dateOf('')).toBeUndefined();
  });

  it('are moments and times as Strapi stores them', () => {
    expect(momentOf('2026-11-24T10:00:00.000Z')?.getTime()).toBe(Date.UTC(2026, 10, 24, 10));
    expect(momentOf('')).toBeNull();
    expect(timeShown(timeText('09:30'))).toBe('09:30');
    expect(timeText('')).toBe('');
  });
});
