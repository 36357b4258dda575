import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIntl } from 'react-intl';
import { momentFormat } from './moment';

const now = new Date(2026, 10, 26, 14, 32, 5).getTime();
const written = (at: Date, precision: 'minute' | 'second' = 'minute', locale = 'en-GB') =>
  createIntl({ locale, messages: {} }).formatDate(at, momentFormat(at.getTime(), now, precision));

describe('a moment', () => {
  it('of today is a time', () => {
    expect(written(new Date(2026, 10, 26, 9, 5))).toBe('09:05');
    expect(written(new Date(2026, 10, 26, 9, 5, 7), 'second')).toBe('09:05:07');
  });

  it.each([new Date(2026, 10, 25, 23, 59), new Date(2026, 10, 27, 0, 1), new Date(2026, 0, 3, 14, 32)])(
    'of another day has its date: %s',
    (at) => expect(written(at)).toContain(String(at.getDate())),
  );

  it('a night away is another day, however few hours that is', () => {
    const lateYesterday = new Date(2026, 10, 25, 23, 59);
    expect(written(lateYesterday)).toMatch(/25 Nov.*23:59/);
    expect(written(lateYesterday, 'minute', 'uk')).toMatch(/25 лист.*23:59/);
  });

  it('of another year has that too', () => {
    expect(written(new Date(2025, 11, 31, 23, 59))).toMatch(/31 Dec 2025.*23:59/);
  });
});

describe('the screens', () => {
  const sources = readdirSync(join(__dirname, '..'), { recursive: true, encoding: 'utf8' }).filter(
    (path) => /\.tsx?$/.test(path) && !path.includes('.test.'),
  );

  it('write no time without its date, but below and within the bars of a chart', () => {
    const bare = sources.filter((path) =>
      readFileSync(join(__dirname, '..', path), 'utf8').includes('.formatTime('),
    );
    expect(bare).toEqual(['webhooks/page/chart/useBucketWords.ts']);
  });
});
