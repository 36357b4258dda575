import type {
  Explanation,
  StatisticsBucket,
  StatisticsPeriod,
  StatisticsQuery,
  WebhookStatistics,
} from '../../../contracts';
import { causesAmongNewest, hostOf, statisticsBuckets, waitingAtMost } from '../../../contracts';
import type { World } from '../gate';
import { gateState } from '../gate';
import type { Store } from '../store';
import type { HourRow } from '../store/outcomes';
import { hourMs } from '../store/outcomes';
import type { WebhookRow } from '../store/webhooks';
import { estimateDuration } from './duration-estimate';
import type { Failure } from '../wording';

export interface StatisticsDeps {
  store: Store;
  /** Throws if there is no such webhook. */
  find(webhookId: number): Promise<WebhookRow>;
  explain(failure: Failure): Explanation;
  world(): World;
  now(): number;
}

const dayMs = 24 * hourMs;

/**
 * The statistics of a webhook: from the hourly counts, and from a few other rows, however long the log is.
 */
export function createStatisticsService(deps: StatisticsDeps) {
  const { store } = deps;
  const pool = () => store.database.pool();

  const nextTryAt = async (webhook: WebhookRow): Promise<number | null> => {
    const gate = gateState(webhook, deps.now(), deps.world());
    if (gate.state !== 'active' && gate.state !== 'held') return null;
    const due = await store.deliveries.nextDue([webhook.id]);
    if (due === null || gate.state === 'active') return due;
    return gate.until === null ? null : Math.max(due, gate.until);
  };

  return {
    async of(id: number, query: StatisticsQuery): Promise<WebhookStatistics> {
      const webhook = await deps.find(id);
      const now = deps.now();
      const froms = bucketStarts(query.period, now, query.utcOffsetMinutes);
      const hours = await store.outcomes.hours(pool(), [id], froms[0] ?? now);
      const { groups, more } = await store.statistics.failures(pool(), id, now - dayMs, causesAmongNewest);
      const succeeded = sum(hours.map((hour) => hour.succeeded));
      const failed = sum(hours.map((hour) => hour.failed));
      const durations = durationsOf(hours);
      return {
        period: query.period,
        buckets: bucketsOf(froms, hours),
        succeeded,
        failed,
        successRate: succeeded + failed === 0 ? null : succeeded / (succeeded + failed),
        durations: {
          medianMs: estimateDuration(durations, 0.5),
          p95Ms: estimateDuration(durations, 0.95),
        },
        waiting: await store.deliveries.waitingCount(pool(), [id], waitingAtMost),
        nextTryAt: await nextTryAt(webhook),
        causes: groups.map((group) => ({
          ...group,
          explanation: deps.explain({ ...group, host: hostOf(webhook.url) }),
        })),
        causesOfNewest: more ? causesAmongNewest : null,
      };
    },
  };
}

export type StatisticsService = ReturnType<typeof createStatisticsService>;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);

const durationsOf = (hours: readonly HourRow[]): number[] =>
  (hours[0]?.durations ?? []).map((_, index) => sum(hours.map(({ durations }) => durations[index] ?? 0)));

/**
 * When each bucket begins, oldest first; the last one is the current one. The counts are by whole hours of
 * UTC, so in a half-hour time zone days begin half an hour off too.
 */
export function bucketStarts(period: StatisticsPeriod, now: number, utcOffsetMinutes: number): number[] {
  const { count, hours } = statisticsBuckets[period];
  const sizeMs = hours * hourMs;
  const offsetMs = Math.round(utcOffsetMinutes / 60) * hourMs;
  const last = Math.floor((now + offsetMs) / sizeMs) * sizeMs - offsetMs;
  return Array.from({ length: count }, (_, index) => last - (count - 1 - index) * sizeMs);
}

/** Sums the hours into buckets of equal size. */
export function bucketsOf(froms: readonly number[], hours: readonly HourRow[]): StatisticsBucket[] {
  const buckets = froms.map((from) => ({ from, succeeded: 0, failed: 0 }));
  const first = froms[0] ?? 0;
  const sizeMs = (froms[1] ?? first + hourMs) - first;
  for (const { hour, succeeded, failed } of hours) {
    const bucket = buckets[Math.floor((hour - first) / sizeMs)];
    if (!bucket) continue;
    bucket.succeeded += succeeded;
    bucket.failed += failed;
  }
  return buckets;
}
