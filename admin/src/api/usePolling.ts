import { useEffect, useRef } from 'react';
import { poll } from './poll';

/**
 * Asks again and again while somebody looks at the page, and at once when they come back to it.
 *
 * @param ask the `refetch` of a query
 * @param intervalMs null while there is nothing to wait for: the query is skipped, or its answer cannot change any more
 */
export function usePolling(ask: () => unknown, intervalMs: number | null): void {
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  }, [ask]);
  useEffect(
    () => (intervalMs === null ? undefined : poll(() => latest.current(), intervalMs, document)),
    [intervalMs],
  );
}
