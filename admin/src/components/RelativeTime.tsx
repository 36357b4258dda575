import { useText } from '../hooks/useText';
import { useNow } from '../hooks/useNow';
import { relativeTime } from '../wording/relative-time';

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
      dateTime={new Date(at).toISOString()}
      title={intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'medium' })}
    >
      {words}
    </time>
  );
}
