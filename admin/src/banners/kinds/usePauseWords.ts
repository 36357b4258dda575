import { useCallback } from 'react';
import type { PauseView } from '../../../../contracts';
import { useText } from '../../text/useText';

/** "By Anna, since 25 Nov, 10:12. Until 25 Nov, 14:00." */
export function usePauseWords(): (pause: PauseView) => string {
  const { t, intl } = useText();
  return useCallback(
    ({ by, at, until }) => {
      const moment = (epochMs: number) =>
        intl.formatDate(epochMs, { dateStyle: 'medium', timeStyle: 'short' });
      const since = by
        ? t('pause.by_since', { by, since: moment(at) })
        : t('pause.since', { since: moment(at) });
      const end = until === null ? t('pause.until_resumed') : t('pause.until', { until: moment(until) });
      return `${since} ${end}`;
    },
    [t, intl],
  );
}
