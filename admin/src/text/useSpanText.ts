import { useCallback } from 'react';
import type { RetrySpan } from './retry-span';
import { useText } from './useText';

/** "3 days", "90 minutes". */
export function useSpanText(): (span: RetrySpan) => string {
  const { intl } = useText();
  return useCallback(
    ({ unit, count }) => intl.formatNumber(count, { style: 'unit', unit, unitDisplay: 'long' }),
    [intl],
  );
}
