import { useEffect, useState } from 'react';
import type { DeliveryRow } from '../../../../contracts';
import { usePolling } from '../../api/usePolling';
import { useDeliveries, type DeliveryListArgs } from '../api';

const pageSize = 20;
// New deliveries are counted up to here; "99+" is as good as any higher number.
const countAtMost = 100;
const pollMs = 3000;

export interface LivePage {
  rows: readonly DeliveryRow[];
  /** The `before` of the next, older page; null on the last. */
  nextBefore: number | null;
  /** Number of rows newer than the newest visible one; they are shown on request. */
  newCount: number;
  showNew: () => void;
  /** Epoch milliseconds down to which a rare filter was searched; null if the page is complete. */
  searchedBack: number | null;
  bodiesSearched: number | null;
  isLoading: boolean;
  error: unknown;
  refetch: () => void;
}

const none: readonly DeliveryRow[] = [];

/**
 * One page of the log that updates without moving: the visible rows are fetched again every three seconds by
 * the id of the newest of them (the anchor); newer ones are only counted.
 */
export function useDeliveryPage(filters: DeliveryListArgs, before: number | undefined): LivePage {
  const question = JSON.stringify([filters, before]);
  const [anchored, setAnchored] = useState<{ question: string; anchor: number } | null>(null);
  const anchor = anchored?.question === question ? anchored.anchor : null;
  const isNewest = before === undefined;

  const live = useDeliveries(
    { ...filters, before: isNewest && anchor !== null ? anchor + 1 : before, pageSize },
    { refetchOnMountOrArgChange: true },
  );
  // A thorough search runs once.
  usePolling(live.refetch, filters.thorough ? null : pollMs);
  const skip = !isNewest || anchor === null;
  const news = useDeliveries(
    { ...filters, after: anchor ?? 0, pageSize: countAtMost },
    { skip, refetchOnMountOrArgChange: true },
  );
  usePolling(news.refetch, skip ? null : pollMs);

  const { currentData, data, isFetching } = live;
  useEffect(() => {
    const newest = currentData?.results[0]?.id;
    // An empty list cannot move: its first rows are shown as they arrive.
    if (isNewest && anchor === null && !isFetching && newest !== undefined) {
      setAnchored({ question, anchor: newest });
    }
  }, [isNewest, anchor, isFetching, currentData, question]);

  // While the anchored query is loading, the same rows are still available from the previous one.
  const page = currentData ?? (anchor === null ? undefined : data);
  const waiting = news.currentData?.results ?? none;
  return {
    rows: page?.results ?? none,
    nextBefore: page?.nextBefore ?? null,
    searchedBack: page?.searchedBack ?? null,
    bodiesSearched: page?.bodiesSearched ?? null,
    newCount: waiting.length,
    showNew: () => {
      const newest = waiting[0]?.id;
      if (newest !== undefined) setAnchored({ question, anchor: newest });
    },
    isLoading: page === undefined && !live.isError,
    error: page ? null : live.error,
    refetch: () => void live.refetch(),
  };
}
