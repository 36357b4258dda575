import { useCallback } from 'react';
import { statisticsBuckets, type StatisticsPeriod } from '../../../../../contracts';
import { useMoment } from '../../../text/useMoment';
import { useText } from '../../../text/useText';

const hourMs = 3_600_000;

export interface BucketWords {
  /** Which time a bar stands for: "14:00 – 15:00", "Wed, 25 Nov, 12:00 – 18:00", "Wed, 25 Nov". */
  span: (from: number) => string;
  /** What stands below a bar, or null where nothing does. */
  mark: (from: number, index: number) => string | null;
}

/** The words for the bars of a period. */
export function useBucketWords(period: StatisticsPeriod): BucketWords {
  const { intl } = useText();
  const moment = useMoment();
  const { count, hours } = statisticsBuckets[period];

  const span = useCallback(
    (from: number) => {
      // Where the clocks were changed a day begins an hour off: its middle is always within it.
      const day = intl.formatDate(from + (hours * hourMs) / 2, {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
      });
      if (period === '30d') return day;
      const time = (at: number) => intl.formatTime(at, { timeStyle: 'short' });
      const times = `${time(from)} – ${time(from + hours * hourMs)}`;
      // 24 hours reach back into yesterday.
      return period === '24h' ? `${moment(from)} – ${time(from + hours * hourMs)}` : `${day}, ${times}`;
    },
    [intl, moment, period, hours],
  );
  const mark = useCallback(
    (from: number, index: number) => {
      const hour = new Date(from).getHours();
      if (period === '24h') {
        return hour % 4 === 0 ? intl.formatTime(from, { timeStyle: 'short' }) : null;
      }
      if (period === '7d') {
        return hour < hours ? intl.formatDate(from, { weekday: 'short', day: 'numeric' }) : null;
      }
      const isMarked = (count - 1 - index) % 5 === 0;
      return isMarked ? intl.formatDate(from + 12 * hourMs, { day: 'numeric', month: 'short' }) : null;
    },
    [intl, period, count, hours],
  );
  return { span, mark };
}
