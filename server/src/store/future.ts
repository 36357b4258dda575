import { tables } from '../constants';
import type { Connection, Database } from './connection';
import { toNumber, toNumberOrNull } from './connection';

/** Rows per step, so that no statement blocks SQLite for long. */
const walkChunk = 500;

interface Waiting {
  id: number;
  dueAt: number;
  /** It had an attempt since it was matched or resent: it waits for the next step of its schedule. */
  retried: boolean;
  /** When the first event that it is merged of was matched; it waits on purpose. Null for all others. */
  collapseSince: number | null;
}

/**
 * VALUES WRITTEN WHILE THE CLOCK WAS AHEAD of the current time. They would be in force until that time comes
 * again: an hour for a retry in three seconds. No time of the plugin begins in the future, so such values are
 * corrected to last as long as intended. `skewMs` is the normal clock difference of several machines.
 */
export function createFutureStore(database: Database) {
  const deliveries = (connection: Connection) => database.from(connection, tables.deliveries);

  const walk = async (after: number): Promise<Waiting[]> => {
    const rows = (await deliveries(database.pool())
      .select(['id', 'due_at', 'attempts', 'schedule_offset', 'collapse_since'])
      .where({ state: 'pending' })
      .whereNull('lease_until')
      .where('id', '>', after)
      .orderBy('id')
      .limit(walkChunk)) as Record<string, unknown>[];
    return rows.map((row) => ({
      id: toNumber(row.id),
      dueAt: toNumber(row.due_at),
      retried: toNumber(row.attempts) > toNumber(row.schedule_offset),
      collapseSince: toNumberOrNull(row.collapse_since),
    }));
  };

  /** When the last attempt of each of these ended. */
  const lastEnds = async (ids: readonly number[]): Promise<Map<number, number>> => {
    const rows = (await database
      .from(database.pool(), tables.attempts)
      .select(['delivery_id', 'at', 'duration_ms'])
      .whereIn('delivery_id', [...ids])
      .orderBy('id')) as Record<string, unknown>[];
    return new Map(
      rows.map((row) => [toNumber(row.delivery_id), toNumber(row.at) + toNumber(row.duration_ms)]),
    );
  };

  const due = async (ids: readonly number[], seen: number, dueAt: number): Promise<number> => {
    const changed = await deliveries(database.pool())
      .whereIn('id', [...ids])
      .where({ state: 'pending' })
      .where('due_at', '>=', seen)
      .update({ due_at: dueAt });
    return toNumber(changed);
  };

  return {
    /** Claimed deliveries: their worker has as long as after a claim now. @returns how many */
    async leases(now: number, longestMs: number, skewMs: number): Promise<number> {
      const changed = await deliveries(database.pool())
        .where({ state: 'delivering' })
        .where('lease_until', '>', now + longestMs + skewMs)
        .update({ lease_until: now + longestMs });
      return toNumber(changed);
    },

    /**
     * Waiting deliveries: due now without an attempt, else after the interval of an attempt now.
     * @returns how many
     */
    async waiting(now: number, skewMs: number): Promise<number> {
      const future = now + skewMs;
      let healed = 0;
      for (let after = 0; ;) {
        const rows = await walk(after);
        const late = rows.filter(({ dueAt }) => dueAt > future);
        const untried = late
          .filter(({ retried, collapseSince }) => !retried && (collapseSince ?? Infinity) > future)
          .map(({ id }) => id);
        if (untried.length > 0) healed += await due(untried, future, now);
        const retried = late.filter((row) => row.retried);
        const ends =
          retried.length > 0 ? await lastEnds(retried.map(({ id }) => id)) : new Map<number, number>();
        for (const { id, dueAt } of retried) {
          const ended = ends.get(id) ?? 0;
          if (ended > future) healed += await due([id], dueAt, now + Math.max(0, dueAt - ended));
        }
        const last = rows.at(-1);
        if (!last || rows.length < walkChunk) return healed;
        after = last.id;
      }
    },
  };
}

export type FutureStore = ReturnType<typeof createFutureStore>;
