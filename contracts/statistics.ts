import { z } from 'zod';
import type { FailureCode } from './failures';
import { wholeNumber } from './parts';

export const statisticsPeriods = ['24h', '7d', '30d'] as const;
export type StatisticsPeriod = (typeof statisticsPeriods)[number];

/** Hours for a day, six hours for a week, days for a month: about thirty bars each. */
export const statisticsBuckets: Readonly<Record<StatisticsPeriod, { count: number; hours: number }>> = {
  '24h': { count: 24, hours: 1 },
  '7d': { count: 28, hours: 6 },
  '30d': { count: 30, hours: 24 },
};

/** Durations are counted by these upper bounds, milliseconds; longer ones have a counter of their own. */
export const durationBoundsMs = [10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000] as const;

export const statisticsQuery = z.strictObject({
  period: z.enum(statisticsPeriods).default('24h'),
  /** How far the reader's clock is ahead of UTC, so that days begin at the reader's midnight. */
  utcOffsetMinutes: wholeNumber(-840, 840).default(0),
});
export type StatisticsQuery = z.infer<typeof statisticsQuery>;

export interface StatisticsBucket {
  /** Epoch milliseconds of its beginning. */
  from: number;
  /** Attempts, not deliveries: a delivery that failed twice and then succeeded counts as three. */
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
  /** Failed attempts. */
  count: number;
  /** The longest duration among them. */
  durationMs: number;
  /** Epoch milliseconds. */
  lastAt: number;
  explanation: Explanation;
}

/** Response of `GET /event-webhooks/webhooks/:id/statistics`. Test events are excluded. */
export interface WebhookStatistics {
  period: StatisticsPeriod;
  /** Oldest first, without gaps. */
  buckets: StatisticsBucket[];
  succeeded: number;
  failed: number;
  /** 0 … 1, of the attempts; null if there were none. */
  successRate: number | null;
  /** Estimated from counters, see `durationBoundsMs`; null if the receiver never got a request. */
  durations: { medianMs: number | null; p95Ms: number | null };
  /** Deliveries that wait now; counting stops at `waitingAtMost`. */
  waiting: { count: number; more: boolean };
  /** Epoch milliseconds, in the past if it is due now; null if nothing waits or nothing is sent. */
  nextTryAt: number | null;
  /** Of the last 24 hours, the most frequent first. */
  causes: FailureCause[];
  /** `causes` covers the newest so many deliveries; null if there are no more. */
  causesOfNewest: number | null;
}

export const waitingAtMost = 1000;
export const causesAmongNewest = 1000;
