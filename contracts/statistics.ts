import { z } from 'zod';
import type { FailureCode } from './failures';

export const statisticsPeriods = ['24h', '7d', '30d'] as const;
export type StatisticsPeriod = (typeof statisticsPeriods)[number];

/** Hours for a day, six hours for a week, days for a month: some thirty bars each. */
export const statisticsBuckets: Readonly<Record<StatisticsPeriod, { count: number; hours: number }>> = {
  '24h': { count: 24, hours: 1 },
  '7d': { count: 28, hours: 6 },
  '30d': { count: 30, hours: 24 },
};

/** Durations are counted by these upper bounds, milliseconds; what took longer has a counter of its own. */
export const durationBoundsMs = [10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000] as const;

export const statisticsQuery = z.object({
  period: z.enum(statisticsPeriods).default('24h'),
  /** How far the reader's clock is ahead of UTC, so that their days begin at their midnight. */
  utcOffsetMinutes: z.coerce.number().int().min(-840).max(840).default(0),
});
export type StatisticsQuery = z.infer<typeof statisticsQuery>;

export interface StatisticsBucket {
  /** Epoch milliseconds of its beginning. */
  from: number;
  /** Tries, not deliveries: one that failed twice and then arrived is three of them. */
  succeeded: number;
  failed: number;
}

/** Why something failed and what to do, each a sentence in the reader's language. */
export interface Explanation {
  cause: string;
  remedy: string;
}

export interface FailureCause {
  code: FailureCode;
  httpStatus: number | null;
  /** Failed tries. */
  count: number;
  /** Of the longest of them. */
  durationMs: number;
  /** Epoch milliseconds. */
  lastAt: number;
  explanation: Explanation;
}

/** Answer of `GET /event-webhooks/webhooks/:id/statistics`. Test events are not in it. */
export interface WebhookStatistics {
  period: StatisticsPeriod;
  /** Oldest first, without a gap. */
  buckets: StatisticsBucket[];
  succeeded: number;
  failed: number;
  /** 0 … 1, of the tries; null where there were none. */
  successRate: number | null;
  /** Estimated from counters, see `durationBoundsMs`; null where the receiver never had a request. */
  durations: { medianMs: number | null; p95Ms: number | null };
  /** What waits now; counting stops at `waitingAtMost`. */
  waiting: { count: number; more: boolean };
  /** Epoch milliseconds, in the past where it goes at once; null where nothing waits or nothing is sent. */
  nextTryAt: number | null;
  /** Of the last 24 hours, the most frequent first. */
  causes: FailureCause[];
  /** Older deliveries than the newest so many were not looked at for `causes`; null where there are no more. */
  causesOfNewest: number | null;
}

export const waitingAtMost = 1000;
export const causesAmongNewest = 1000;
