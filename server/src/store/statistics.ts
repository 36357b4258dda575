import type { FailureCode } from '../../../contracts';
import { tables } from '../constants';
import type { Connection, Database } from './connection';
import { toBoolean, toNumber, toNumberOrNull, toTextOrNull } from './connection';
import { othersTurn } from './others-turn';
import { partsOf } from './statements';

/** Failed attempts with one cause. */
export interface FailureGroup {
  code: FailureCode;
  httpStatus: number | null;
  count: number;
  /** The longest duration among them. */
  durationMs: number;
  /** Epoch milliseconds. */
  lastAt: number;
}

/**
 * The statistics of the webhook's page besides the hourly counts. Every query is bounded and uses an index.
 */
export function createStatisticsStore(database: Database) {
  const failuresOf = async (
    connection: Connection,
    deliveryIds: readonly number[],
    since: number,
  ): Promise<FailureGroup[]> => {
    const rows = (await database
      .from(connection, tables.attempts)
      .select('code', 'http_status')
      .count('* as n')
      .max({ last_at: 'at', duration_ms: 'duration_ms' })
      .whereIn('delivery_id', [...deliveryIds])
      .where({ outcome: 'failed' })
      .where('at', '>=', since)
      .groupBy('code', 'http_status')) as Record<string, unknown>[];
    return rows.map((row) => ({
      code: (toTextOrNull(row.code) ?? 'internal') as FailureCode,
      httpStatus: toNumberOrNull(row.http_status),
      count: toNumber(row.n),
      durationMs: toNumber(row.duration_ms),
      lastAt: toNumber(row.last_at),
    }));
  };

  return {
    /**
     * The failed attempts since then (epoch milliseconds) of the newest `atMost` deliveries of a webhook,
     * without tests, the most frequent first. `more` says that there are older deliveries, which were not
     * read.
     */
    async failures(
      connection: Connection,
      webhookId: number,
      since: number,
      atMost: number,
    ): Promise<{ groups: FailureGroup[]; more: boolean }> {
      const newest = (await database
        .from(connection, tables.deliveries)
        .select('id', 'attempts', 'code', 'test')
        .where({ webhook_id: webhookId })
        .orderBy('id', 'desc')
        .limit(atMost + 1)) as Record<string, unknown>[];
      const ids = newest
        .slice(0, atMost)
        .filter((row) => !toBoolean(row.test) && (row.code !== null || toNumber(row.attempts) > 1))
        .map((row) => toNumber(row.id));
      const groups = new Map<string, FailureGroup>();
      for (const [index, part] of partsOf(ids).entries()) {
        if (index > 0) await othersTurn();
        for (const group of await failuresOf(connection, part, since)) {
          const key = `${group.code}:${group.httpStatus}`;
          const before = groups.get(key);
          groups.set(key, before ? merged(before, group) : group);
        }
      }
      return {
        groups: [...groups.values()].sort((a, b) => b.count - a.count || b.lastAt - a.lastAt),
        more: newest.length > atMost,
      };
    },
  };
}

export type StatisticsStore = ReturnType<typeof createStatisticsStore>;

const merged = (a: FailureGroup, b: FailureGroup): FailureGroup => ({
  ...a,
  count: a.count + b.count,
  durationMs: Math.max(a.durationMs, b.durationMs),
  lastAt: Math.max(a.lastAt, b.lastAt),
});
