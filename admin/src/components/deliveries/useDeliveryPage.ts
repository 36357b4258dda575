import { useEffect, useState } from 'react';
import type { DeliveryRow } from '../../../../contracts';
import { useDeliveries, type DeliveryListArgs } from '../../services/deliveries';

const pageSize = 20;
// New deliveries are counted up to here; "99+" says the same as any higher number.
const countAtMost = 100;
const pollMs = 3000;

export interface LivePage {
  rows: readonly DeliveryRow[];
  /** `before` of the next, older page; null on the last. */
  nextBefore: number | null;
  /** How many rows are newer than the newest in sight; they wait until they are asked for. */
  newCount: number;
  showNew: () => void;
  /** Epoch milliseconds down to which a rare filter was looked for; null where the page is whole. */
  searchedBack: number | null;
  bodiesSearched: number | null;
  isLoading: boolean;
  error: unknown;
  refetch: () => void;
}

const none: readonly DeliveryRow[] = [];

/**
 * One page of the log that lives without moving: the rows in sight are fetched again every three seconds by
 * the id of the newest of them (the anchor), what is newer is only counted.
 */
export function useDeliveryPage(filters: DeliveryListArgs, before: number | undefined): LivePage {
  const question = JSON.stringify([filters, before]);
  const [anchored, setAnchored] = useState<{ question: string; anchor: number } | null>(null);
  const anchor = anchored?.question === question ? anchored.anchor : null;
  const isNewest = before === undefined;

  const live = useDeliveries(
    { ...filters, before: isNewest && anchor !== null ? anchor + 1 : before, pageSize },
    // A thorough search is a question asked once.
    { pollingInterval: filters.thorough ? 0 : pollMs, refetchOnMountOrArgChange: true },
  );
  const news = useDeliveries(
    { ...filters, after: anchor ?? 0, pageSize: countAtMost },
    { pollingInterval: pollMs, skip: !isNewest || anchor === null, refetchOnMountOrArgChange: true },
  );

  const { currentData, data, isFetching } = live;
  useEffect(() => {
    const newest = currentData?.results[0]?.id;
    // An empty list has nothing that could move: its first rows are shown as they come.
    if (isNewest && anchor === null && !isFetching && newest !== undefined) {
      setAnchored({ question, anchor: newest });
    }
  }, [isNewest, anchor, isFetching, currentData, question]);

  // While the anchored question is on its way the same rows are still there from the one before it.
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
