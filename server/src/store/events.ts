import { tables } from '../constants';
import type { Connection, Database } from './connection';
import { toNumber, toNumberOrNull, toTextOrNull } from './connection';
import { largestText, partsOf } from './statements';
import { clipped, storable, storableText } from './storable';

/** An event as it is written, within the content's own transaction. */
export interface NewEvent {
  messageId: string;
  type: string;
  /** Epoch milliseconds. */
  occurredAt: number;
  body: string | null;
  snapshot: string | null;
  thinReason: string | null;
  uid: string | null;
  documentId: string | null;
  locale: string | null;
  status: string | null;
  changedFields: readonly string[] | null;
  actor: { type: string; id: string | null; name: string | null };
  transactionId: string | null;
  guarantee: string;
  cause: string | null;
}

/** The columns of an event that tells of no entry: emitted by code, or announced. */
export const withoutEntry = {
  snapshot: null,
  thinReason: null,
  uid: null,
  documentId: null,
  locale: null,
  status: null,
  changedFields: null,
} as const;

export interface EventRow extends NewEvent {
  id: number;
  matchedAt: number | null;
  matchError: string | null;
}

const columns = [
  'id',
  'message_id',
  'type',
  'occurred_at',
  'body',
  'snapshot',
  'thin_reason',
  'uid',
  'document_id',
  'locale',
  'status',
  'changed_fields',
  'actor_type',
  'actor_id',
  'actor_name',
  'transaction_id',
  'guarantee',
  'cause',
  'matched_at',
  'match_error',
] as const;

const toRow = (event: NewEvent): Record<string, unknown> => ({
  message_id: event.messageId,
  type: event.type,
  occurred_at: event.occurredAt,
  body: event.body,
  snapshot: event.snapshot,
  thin_reason: event.thinReason,
  uid: event.uid,
  document_id: event.documentId,
  locale: event.locale,
  status: event.status,
  changed_fields: event.changedFields === null ? null : JSON.stringify(event.changedFields),
  actor_type: event.actor.type,
  actor_id: event.actor.id,
  actor_name: event.actor.name,
  transaction_id: event.transactionId,
  guarantee: event.guarantee,
  cause: event.cause,
});

export function fromEventRow(row: Record<string, unknown>): EventRow {
  const changed = toTextOrNull(row.changed_fields);
  return {
    id: toNumber(row.id),
    messageId: String(row.message_id),
    type: String(row.type),
    occurredAt: toNumber(row.occurred_at),
    body: toTextOrNull(row.body),
    snapshot: toTextOrNull(row.snapshot),
    thinReason: toTextOrNull(row.thin_reason),
    uid: toTextOrNull(row.uid),
    documentId: toTextOrNull(row.document_id),
    locale: toTextOrNull(row.locale),
    status: toTextOrNull(row.status),
    changedFields: changed === null ? null : (JSON.parse(changed) as string[]),
    actor: {
      type: String(row.actor_type),
      id: toTextOrNull(row.actor_id),
      name: toTextOrNull(row.actor_name),
    },
    transactionId: toTextOrNull(row.transaction_id),
    guarantee: String(row.guarantee),
    cause: toTextOrNull(row.cause),
    matchedAt: toNumberOrNull(row.matched_at),
    matchError: toTextOrNull(row.match_error),
  };
}

/** How far back `recent` looks where no index leads to what is asked. */
const recentEvents = 5000;

export function createEventStore(database: Database) {
  return {
    /** The largest body or snapshot that an event may have here, in bytes. */
    largestBody: async (): Promise<number> => largestText(await database.packetBytes()),

    /** Writes events on the connection (the content's transaction) that is handed in. */
    async insert(connection: Connection, events: readonly NewEvent[]): Promise<void> {
      if (events.length === 0) return;
      for (const part of await database.statements(connection, tables.events, events.map(toRow)))
        await database.from(connection, tables.events).insert(part);
    },

    /**
     * The oldest unmatched events, locked for this transaction: another matcher takes the next ones, or waits where
     * the database cannot skip. On SQLite the unique index on deliveries and `markMatched` keep it exactly once.
     */
    async lockUnmatched(trx: Connection, limit: number): Promise<EventRow[]> {
      const query = database
        .from(trx, tables.events)
        .select([...columns])
        .whereNull('matched_at')
        .orderBy('id')
        .limit(limit);
      if (database.client !== 'sqlite') {
        void query.forUpdate();
        if (await database.skipsLocked()) void query.skipLocked();
      }
      const rows = await query;
      return (rows as Record<string, unknown>[]).map(fromEventRow);
    },

    async markMatched(trx: Connection, ids: readonly number[], now: number): Promise<void> {
      for (const part of partsOf(ids)) {
        await database
          .from(trx, tables.events)
          .whereIn('id', part)
          .whereNull('matched_at')
          .update({ matched_at: now });
      }
    },

    /** An event that cannot be matched leaves the queue with its reason; it stays readable. */
    async setAside(connection: Connection, id: number, now: number, error: string): Promise<void> {
      await database
        .from(connection, tables.events)
        .where({ id })
        .whereNull('matched_at')
        .update({ matched_at: now, match_error: storableText(clipped(error, 2000)) });
    },

    async saveBody(trx: Connection, id: number, body: string, thinReason: string | null): Promise<void> {
      await database
        .from(trx, tables.events)
        .where({ id })
        .update(storable(tables.events, { body, snapshot: null, thin_reason: thinReason }));
    },

    /** Whether the log holds anything. */
    async any(connection: Connection): Promise<boolean> {
      return (await database.from(connection, tables.events).select('id').first()) !== undefined;
    },

    /** How many wait to be matched, counted up to `limit`. */
    async unmatched(connection: Connection, limit: number): Promise<number> {
      const some = database
        .from(connection, tables.events)
        .select('id')
        .whereNull('matched_at')
        .limit(limit)
        .as('some');
      const [row] = (await connection.count('* as n').from(some)) as unknown as { n: unknown }[];
      return toNumber(row?.n ?? 0);
    },

    /** When the event that has waited longest for the matcher happened, epoch ms, or null. */
    async oldestUnmatched(connection: Connection): Promise<number | null> {
      const row: unknown = await database
        .from(connection, tables.events)
        .select('occurred_at')
        .whereNull('matched_at')
        .orderBy('id')
        .first();
      return toNumberOrNull((row as { occurred_at: unknown } | undefined)?.occurred_at);
    },

    /** The types of the events that have waited for the matcher since `before`, among the oldest `limit`. */
    async typesUnmatched(connection: Connection, before: number, limit: number): Promise<string[]> {
      const oldest = database
        .from(connection, tables.events)
        .select('type')
        .whereNull('matched_at')
        .where('occurred_at', '<=', before)
        .orderBy('id')
        .limit(limit)
        .as('oldest');
      const rows = (await connection.distinct('type').from(oldest)) as { type: unknown }[];
      return rows.map(({ type }) => String(type));
    },

    async find(connection: Connection, id: number): Promise<EventRow | null> {
      const row: unknown = await database
        .from(connection, tables.events)
        .select([...columns])
        .where({ id })
        .first();
      return row ? fromEventRow(row as Record<string, unknown>) : null;
    },

    /** The id of an event that was written on this connection. */
    async idOf(connection: Connection, messageId: string): Promise<number> {
      const row = (await database
        .from(connection, tables.events)
        .select('id')
        .where({ message_id: messageId })
        .first()) as { id: unknown } | undefined;
      return toNumber(row?.id);
    },

    /**
     * The newest events of an entry or of a type, newest first. Looked for among the newest 5,000, and for an entry
     * among those that its newest deliveries tell of: both by index, however large the table is.
     */
    async recent(
      connection: Connection,
      wanted: { documentId?: string; type?: string; limit: number },
    ): Promise<EventRow[]> {
      const events = () => database.from(connection, tables.events);
      const last = (await events().max('id as id').first()) as { id: unknown } | undefined;
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
      // Two questions: asked as one with `or`, SQLite would walk the whole table for an entry with few events.
      const rows: Record<string, unknown>[] = [];
      const ids = delivered.map(({ event_id }) => toNumber(event_id));
      for (const range of [
        events().where('id', '>', toNumber(last?.id ?? 0) - recentEvents),
        ...(ids.length > 0 ? [events().whereIn('id', ids)] : []),
      ]) {
        const q = range
          .select([...columns])
          .orderBy('id', 'desc')
          .limit(wanted.limit);
        if (wanted.documentId !== undefined) void q.where({ document_id: wanted.documentId });
        if (wanted.type !== undefined) void q.where({ type: wanted.type });
        rows.push(...((await q) as Record<string, unknown>[]));
      }
      const found = new Map(rows.map(fromEventRow).map((event) => [event.id, event]));
      return [...found.values()].sort((a, b) => b.id - a.id).slice(0, wanted.limit);
    },

    /** Bodies by event id, for a batch that was claimed. */
    async bodies(connection: Connection, ids: readonly number[]): Promise<Map<number, string>> {
      const rows: Record<string, unknown>[] = [];
      for (const part of partsOf(ids)) {
        const query = database.from(connection, tables.events).select(['id', 'body']).whereIn('id', part);
        rows.push(...((await query) as Record<string, unknown>[]));
      }
      return new Map(
        rows.flatMap((row) => (row.body === null ? [] : [[toNumber(row.id), String(row.body)]])),
      );
    },
  };
}

export type EventStore = ReturnType<typeof createEventStore>;
