import { tables } from '../../constants';
import type { Connection, Database } from '../connection';
import { toNumberOrNull } from '../connection';
import { countUpTo } from '../db';
import { partsOf } from '../statements';
import type { UnmatchedEvent, WaitingEvent } from './row';
import { fromUnmatchedRow, fromWaitingRow, unmatchedColumns, waitingColumns } from './row';

/** Events that wait for the matcher. */
export function eventMatch(database: Database) {
  const events = (connection: Connection) => database.from(connection, tables.events);

  return {
    /**
     * The oldest unmatched events, locked for this transaction: another matcher takes the next ones, or waits
     * if the database cannot skip locked rows. On SQLite the unique index on deliveries and `markMatched`
     * ensure exactly once.
     */
    async lockUnmatched(trx: Connection, limit: number): Promise<UnmatchedEvent[]> {
      const query = events(trx)
        .select([...unmatchedColumns])
        .select(trx.raw('case when body is null then 0 else 1 end as has_body'))
        .whereNull('matched_at')
        .orderBy('id')
        .limit(limit);
      if (database.client !== 'sqlite') {
        void query.forUpdate();
        if (await database.skipsLocked()) void query.skipLocked();
      }
      const rows = (await query) as Record<string, unknown>[];
      return rows.map(fromUnmatchedRow);
    },

    /** The oldest unmatched events; nothing is locked. */
    async waiting(connection: Connection, limit: number): Promise<WaitingEvent[]> {
      const rows = (await events(connection)
        .select([...waitingColumns])
        .whereNull('matched_at')
        .orderBy('id')
        .limit(limit)) as Record<string, unknown>[];
      return rows.map(fromWaitingRow);
    },

    /** Of these message ids those that have an event. */
    async known(connection: Connection, messageIds: readonly string[]): Promise<Set<string>> {
      const found = new Set<string>();
      for (const part of partsOf(messageIds)) {
        const rows = (await events(connection).select('message_id').whereIn('message_id', part)) as {
          message_id: unknown;
        }[];
        for (const row of rows) found.add(String(row.message_id));
      }
      return found;
    },

    /** An event by its message id, matched or not; null where it was not written. */
    async byMessage(connection: Connection, messageId: string): Promise<UnmatchedEvent | null> {
      const row: unknown = await events(connection)
        .select([...unmatchedColumns])
        .select(connection.raw('case when body is null then 0 else 1 end as has_body'))
        .where({ message_id: messageId })
        .first();
      return row ? fromUnmatchedRow(row as Record<string, unknown>) : null;
    },

    async markMatched(trx: Connection, ids: readonly number[], now: number): Promise<void> {
      for (const part of partsOf(ids)) {
        await events(trx).whereIn('id', part).whereNull('matched_at').update({ matched_at: now });
      }
    },

    /** The number of unmatched events, counted up to `limit`. */
    unmatched: (connection: Connection, limit: number): Promise<number> =>
      countUpTo(connection, events(connection).whereNull('matched_at'), limit),

    /** When the oldest unmatched event occurred, epoch ms, or null. */
    async oldestUnmatched(connection: Connection): Promise<number | null> {
      const row: unknown = await events(connection)
        .select('occurred_at')
        .whereNull('matched_at')
        .orderBy('id')
        .first();
      return toNumberOrNull((row as { occurred_at: unknown } | undefined)?.occurred_at);
    },

    /** The types of the events that have been unmatched since `before`, among the oldest `limit`. */
    async typesUnmatched(connection: Connection, before: number, limit: number): Promise<string[]> {
      const oldest = events(connection)
        .select('type')
        .whereNull('matched_at')
        .where('occurred_at', '<=', before)
        .orderBy('id')
        .limit(limit)
        .as('oldest');
      const rows = (await connection.distinct('type').from(oldest)) as { type: unknown }[];
      return rows.map(({ type }) => String(type));
    },
  };
}
