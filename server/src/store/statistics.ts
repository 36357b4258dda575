import type { FailureCode } from '../../../contracts';
import { tables } from '../constants';
import type { Connection, Database } from './connection';
import { toBoolean, toNumber, toNumberOrNull, toTextOrNull } from './connection';

/** Failed tries of one kind. */
export interface FailureGroup {
  code: FailureCode;
  httpStatus: number | null;
  count: number;
  /** Of the longest of them. */
  durationMs: number;
  /** Epoch milliseconds. */
  lastAt: number;
}

/** Ids a statement: far below every database's limit of parameters. */
const idChunk = 500;

/** What the webhook's page is told beside the roll-up. Every read is bounded and goes by an index. */
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
     * The failed tries since then (epoch milliseconds) of the newest `atMost` deliveries of a webhook, tests left out,
     * the most frequent first. `more` says that there are older deliveries, which were not looked at.
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
      for (let from = 0; from < ids.length; from += idChunk) {
        for (const group of await failuresOf(connection, ids.slice(from, from + idChunk), since)) {
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
