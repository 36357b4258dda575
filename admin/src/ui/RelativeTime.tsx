import { relativeTime } from '../text/relative-time';
import { useNow } from '../text/useNow';
import { useText } from '../text/useText';

interface RelativeTimeProps {
  /** Epoch milliseconds. */
  at: number;
  /** `short`: "2 min. ago". */
  style?: 'long' | 'short';
}

/** "2 minutes ago", "in 4 minutes"; the exact moment as its title. */
export function RelativeTime({ at, style = 'long' }: RelativeTimeProps) {
  const { t, intl } = useText();
  const distance = relativeTime(at, useNow());
  const words = distance
    ? intl.formatRelativeTime(distance.value, distance.unit, { style, numeric: 'auto' })
    : t('time.now');
  return (
    <time
      // Within a region that is read out when it changes, the clock alone is no news.
      role="timer"
      dateTime={new Date(at).toISOString()}
      title={intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'medium' })}
    >
      {words}
    </time>
  );
}
