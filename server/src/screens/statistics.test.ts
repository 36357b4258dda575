import { statisticsBuckets, statisticsPeriods } from '../../../contracts';
import { hourMs } from '../store/outcomes';
import { bucketsOf, bucketStarts } from './statistics';

const now = Date.parse('2026-11-25T14:20:00Z');
const hour = (at: string, succeeded: number, failed: number) => ({
  webhookId: 1,
  hour: Date.parse(at),
  succeeded,
  failed,
  lastDeliveryId: null,
  durations: [],
});

describe('the bars of a chart', () => {
  it.each(statisticsPeriods)('of %s end with the present one and have no gap', (period) => {
    const { count, hours } = statisticsBuckets[period];
    const froms = bucketStarts(period, now, 0);
    expect(froms).toHaveLength(count);
    froms.slice(1).forEach((from, index) => expect(from - (froms[index] ?? 0)).toBe(hours * hourMs));
    const last = froms.at(-1) ?? 0;
    expect(last).toBeLessThanOrEqual(now);
    expect(last + hours * hourMs).toBeGreaterThan(now);
  });

  it('of days begin at the reader’s midnight', () => {
    const kyiv = bucketStarts('30d', now, 120).at(-1);
    expect(kyiv).toBe(Date.parse('2026-11-24T22:00:00Z'));
    const newYork = bucketStarts('30d', now, -300).at(-1);
    expect(newYork).toBe(Date.parse('2026-11-25T05:00:00Z'));
    // Whole hours are counted: half past is as near as it gets.
    const delhi = bucketStarts('30d', now, 330).at(-1) ?? 0;
    expect(delhi % hourMs).toBe(0);
  });

  it('each have what happened in them, and nothing is lost or counted twice', () => {
    const hours = [
      hour('2026-11-24T15:00:00Z', 3, 1),
      hour('2026-11-25T13:00:00Z', 5, 0),
      hour('2026-11-25T14:00:00Z', 2, 4),
    ];
    const day = bucketsOf(bucketStarts('24h', now, 0), hours);
    expect(day[0]).toMatchObject({ succeeded: 3, failed: 1 });
    expect(day[22]).toMatchObject({ succeeded: 5, failed: 0 });
    expect(day[23]).toMatchObject({ succeeded: 2, failed: 4 });
    const week = bucketsOf(bucketStarts('7d', now, 0), hours);
    expect(week.at(-1)).toMatchObject({ succeeded: 7, failed: 4 });
    expect(week.reduce((all, bucket) => all + bucket.succeeded + bucket.failed, 0)).toBe(15);
  });

  it('are empty where nothing was sent', () => {
    const buckets = bucketsOf(bucketStarts('7d', now, 0), []);
    expect(buckets.every(({ succeeded, failed }) => succeeded === 0 && failed === 0)).toBe(true);
  });
});
