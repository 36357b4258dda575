import { useCallback } from 'react';
import { useText } from './useText';

/** "84 ms", "1.2 s": how long something took, in the administrator's way to write numbers. */
export function useDuration(): (ms: number) => string {
  const { t, intl } = useText();
  return useCallback(
    (ms) =>
      ms < 1000
        ? t('duration.ms', { count: intl.formatNumber(Math.round(ms)) })
        : t('duration.s', { count: intl.formatNumber(ms / 1000, { maximumFractionDigits: 1 }) }),
    [t, intl],
  );
}
