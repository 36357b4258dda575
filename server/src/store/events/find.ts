import { tables } from '../../constants';
import type { Connection, Database } from '../connection';
import { toNumber } from '../connection';
import { partsOf } from '../statements';
import type { EventRow } from './row';
import { eventColumns, fromEventRow } from './row';

/** How far back `recent` searches if no index fits the query. */
const recentEvents = 5000;

/** Names in one statement: a wildcard can mean very many types. */
const typesAtMost = 500;

/** Events of the log, by id, by entry or by type. */
export function eventFind(database: Database) {
  const events = (connection: Connection) => database.from(connection, tables.events);

  return {
    /** Whether the log has any rows. */
    async any(connection: Connection): Promise<boolean> {
      return (await events(connection).select('id').first()) !== undefined;
    },

    async find(connection: Connection, id: number): Promise<EventRow | null> {
      const row: unknown = await events(connection)
        .select([...eventColumns])
        .where({ id })
        .first();
      return row ? fromEventRow(row as Record<string, unknown>) : null;
    },

    async findMany(connection: Connection, ids: readonly number[]): Promise<EventRow[]> {
      const rows: Record<string, unknown>[] = [];
      for (const part of partsOf(ids)) {
        const query = events(connection).select([...eventColumns]);
        rows.push(...((await query.whereIn('id', part)) as Record<string, unknown>[]));
      }
      return rows.map(fromEventRow);
    },

    /** The id of an event that was written on this connection. */
    async idOf(connection: Connection, messageId: string): Promise<number> {
      const row = (await events(connection).select('id').where({ message_id: messageId }).first()) as
        { id: unknown } | undefined;
      return toNumber(row?.id);
    },

    /**
     * The newest events of an entry or of a type, newest first. Searched among the newest 5,000, and for an
     * entry among those of its newest deliveries: both by index, however large the table is.
     */
    async recent(
      connection: Connection,
      wanted: {
        documentId?: string;
        locale?: string;
        type?: string;
        types?: readonly string[];
        limit: number;
      },
    ): Promise<EventRow[]> {
      const last = (await events(connection).max('id as id').first()) as { id: unknown } | undefined;
      const delivered =
        wanted.documentId === undefined
          ? []
          : ((await database
              .from(connection, tables.deliveries)
              .select('event_id')
              .where({ document_id: wanted.documentId })
              .whereNotNull('event_id')
              .orderBy('id', 'desc')
              .limit(50)) as { event_id: unknown }[]);
      // Two queries: as one with `or`, SQLite would scan the whole table for an entry with few events.
      const rows: Record<string, unknown>[] = [];
      const ids = delivered.map(({ event_id }) => toNumber(event_id));
      for (const range of [
        events(connection).where('id', '>', toNumber(last?.id ?? 0) - recentEvents),
        ...(ids.length > 0 ? [events(connection).whereIn('id', ids)] : []),
      ]) {
        const q = range
          .select([...eventColumns])
          .orderBy('id', 'desc')
          .limit(wanted.limit);
        if (wanted.documentId !== undefined) void q.where({ document_id: wanted.documentId });
        if (wanted.locale !== undefined) void q.where({ locale: wanted.locale });
        if (wanted.type !== undefined) void q.where({ type: wanted.type });
        if (wanted.types !== undefined) void q.whereIn('type', wanted.types.slice(0, typesAtMost));
        rows.push(...((await q) as Record<string, unknown>[]));
      }
      const found = new Map(rows.map(fromEventRow).map((event) => [event.id, event]));
      return [...found.values()].sort((a, b) => b.id - a.id).slice(0, wanted.limit);
    },

    /** Bodies by event id, for a claimed batch. */
    async bodies(connection: Connection, ids: readonly number[]): Promise<Map<number, string>> {
      const rows: Record<string, unknown>[] = [];
      for (const part of partsOf(ids)) {
        const query = events(connection).select(['id', 'body']).whereIn('id', part);
        rows.push(...((await query) as Record<string, unknown>[]));
      }
      return new Map(
        rows.flatMap((row) => (row.body === null ? [] : [[toNumber(row.id), String(row.body)]])),
      );
    },
  };
}
