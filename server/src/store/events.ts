import { tables } from '../constants';
import type { Connection, Database } from './connection';
import { toNumber, toNumberOrNull, toTextOrNull } from './connection';

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

export function createEventStore(database: Database) {
  return {
    /** Writes events on the connection (the content's transaction) that is handed in. */
    async insert(connection: Connection, events: readonly NewEvent[]): Promise<void> {
      if (events.length === 0) return;
      await database.from(connection, tables.events).insert(events.map(toRow));
    },

    /**
     * The oldest unmatched events, locked for this transaction where the database can (another matcher then
     * takes the next ones); elsewhere the unique index on deliveries and `markMatched` keep it exactly once.
     */
    async lockUnmatched(trx: Connection, limit: number): Promise<EventRow[]> {
      const query = database
        .from(trx, tables.events)
        .select([...columns])
        .whereNull('matched_at')
        .orderBy('id')
        .limit(limit);
      const rows = await (database.client === 'sqlite' ? query : query.forUpdate().skipLocked());
      return (rows as Record<string, unknown>[]).map(fromEventRow);
    },

    async markMatched(trx: Connection, ids: readonly number[], now: number): Promise<void> {
      if (ids.length === 0) return;
      await database
        .from(trx, tables.events)
        .whereIn('id', [...ids])
        .whereNull('matched_at')
        .update({ matched_at: now });
    },

    /** An event that cannot be matched leaves the queue with its reason; it stays readable. */
    async setAside(connection: Connection, id: number, now: number, error: string): Promise<void> {
      await database
        .from(connection, tables.events)
        .where({ id })
        .whereNull('matched_at')
        .update({ matched_at: now, match_error: error.slice(0, 2000) });
    },

    async saveBody(trx: Connection, id: number, body: string, thinReason: string | null): Promise<void> {
      await database
        .from(trx, tables.events)
        .where({ id })
        .update({ body, snapshot: null, thin_reason: thinReason });
    },

    async find(connection: Connection, id: number): Promise<EventRow | null> {
      const row: unknown = await database
        .from(connection, tables.events)
        .select([...columns])
        .where({ id })
        .first();
      return row ? fromEventRow(row as Record<string, unknown>) : null;
    },

    /** Bodies by event id, for a batch that was claimed. */
    async bodies(connection: Connection, ids: readonly number[]): Promise<Map<number, string>> {
      if (ids.length === 0) return new Map();
      const rows = (await database
        .from(connection, tables.events)
        .select(['id', 'body'])
        .whereIn('id', [...ids])) as Record<string, unknown>[];
      return new Map(
        rows.flatMap((row) => (row.body === null ? [] : [[toNumber(row.id), String(row.body)]])),
      );
    },
  };
}

export type EventStore = ReturnType<typeof createEventStore>;
