import { useCallback } from 'react';
import { momentFormat } from './moment';
import { useText } from './useText';

/** "14:32" where it is today, else with its date: attempts span days, and a time alone would be any day's. */
export function useMoment(): (at: number, precision?: 'minute' | 'second') => string {
  const { intl } = useText();
  return useCallback(
    (at, precision = 'minute') => intl.formatDate(at, momentFormat(at, Date.now(), precision)),
    [intl],
  );
}
