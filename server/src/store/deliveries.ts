import { randomUUID } from 'node:crypto';
import type { DeliveryState } from '../../../contracts';
import { tables } from '../constants';
import type { Connection, Database } from './connection';
import { toBoolean, toNumber, toNumberOrNull, toTextOrNull } from './connection';

export interface NewDelivery {
  eventId: number | null;
  webhookId: number;
  messageId: string;
  eventType: string;
  state: DeliveryState;
  test: boolean;
  /** Epoch milliseconds. */
  dueAt: number;
  createdAt: number;
  webhookName: string;
  host: string;
  uid: string | null;
  documentId: string | null;
  locale: string | null;
  body: string | null;
}

export interface StoredDelivery extends NewDelivery {
  id: number;
  attempts: number;
  scheduleOffset: number;
  fence: number;
  leaseUntil: number | null;
  httpStatus: number | null;
  code: string | null;
  durationMs: number | null;
  finishedAt: number | null;
}

/** How many due deliveries of a webhook may be taken now. */
export interface Slot {
  webhookId: number;
  free: number;
}

export interface ClaimInput {
  slots: readonly Slot[];
  now: number;
  leaseUntil: number;
  limit: number;
}

const toRow = (delivery: NewDelivery): Record<string, unknown> => ({
  event_id: delivery.eventId,
  webhook_id: delivery.webhookId,
  message_id: delivery.messageId,
  event_type: delivery.eventType,
  state: delivery.state,
  test: delivery.test,
  attempts: 0,
  schedule_offset: 0,
  fence: 0,
  due_at: delivery.dueAt,
  created_at: delivery.createdAt,
  finished_at: delivery.state === 'skipped' ? delivery.createdAt : null,
  webhook_name: delivery.webhookName,
  host: delivery.host,
  uid: delivery.uid,
  document_id: delivery.documentId,
  locale: delivery.locale,
  body: delivery.body,
});

export function fromDeliveryRow(row: Record<string, unknown>): StoredDelivery {
  return {
    id: toNumber(row.id),
    eventId: toNumberOrNull(row.event_id),
    webhookId: toNumber(row.webhook_id),
    messageId: String(row.message_id),
    eventType: String(row.event_type),
    state: String(row.state) as DeliveryState,
    test: toBoolean(row.test),
    attempts: toNumber(row.attempts),
    scheduleOffset: toNumber(row.schedule_offset),
    fence: toNumber(row.fence),
    dueAt: toNumber(row.due_at),
    leaseUntil: toNumberOrNull(row.lease_until),
    httpStatus: toNumberOrNull(row.http_status),
    code: toTextOrNull(row.code),
    durationMs: toNumberOrNull(row.duration_ms),
    createdAt: toNumber(row.created_at),
    finishedAt: toNumberOrNull(row.finished_at),
    webhookName: String(row.webhook_name),
    host: String(row.host),
    uid: toTextOrNull(row.uid),
    documentId: toTextOrNull(row.document_id),
    locale: toTextOrNull(row.locale),
    body: toTextOrNull(row.body),
  };
}

/** Rows a statement: far below every database's limit of parameters. */
const insertChunk = 100;

/** Webhooks asked in one claim statement. */
const slotChunk = 50;

export function createDeliveryStore(database: Database) {
  const deliveries = (connection: Connection) => database.from(connection, tables.deliveries);

  /** The due deliveries of each webhook, up to its free slots: one index range a webhook, nothing is scanned. */
  const candidates = (input: ClaimInput, suffix: string) => {
    const table = qualified(database, tables.deliveries);
    const parts = input.slots.map(
      () =>
        `select id from (select id from ${table} where webhook_id = ? and state = 'pending' and due_at <= ? order by due_at limit ?${suffix}) as due`,
    );
    const bindings = input.slots.flatMap((slot) => [
      slot.webhookId,
      input.now,
      Math.min(slot.free, input.limit),
    ]);
    return { sql: parts.join(' union all '), bindings };
  };

  /** SQLite and Postgres: one statement. A claim is `pending → delivering`, a lease, and the next fence. */
  const claimReturning = async (input: ClaimInput): Promise<StoredDelivery[]> => {
    const { sql, bindings } = candidates(
      input,
      database.client === 'postgres' ? ' for update skip locked' : '',
    );
    const table = qualified(database, tables.deliveries);
    const result: unknown = await database
      .pool()
      .raw(
        `update ${table} set state = 'delivering', lease_until = ?, fence = fence + 1 where id in (select id from (${sql}) as taken limit ?) and state = 'pending' returning *`,
        [input.leaseUntil, ...bindings, input.limit],
      );
    return rowsOf(result).map(fromDeliveryRow);
  };

  /** MySQL and MariaDB have no UPDATE … RETURNING: compare-and-set under a token, then read by it. */
  const claimByToken = async (input: ClaimInput): Promise<StoredDelivery[]> => {
    const { sql, bindings } = candidates(input, '');
    const found: unknown = await database
      .pool()
      .raw(`select id from (${sql}) as taken limit ?`, [...bindings, input.limit]);
    const ids = rowsOf(found).map((row) => toNumber(row.id));
    if (ids.length === 0) return [];
    const token = randomUUID();
    await deliveries(database.pool())
      .whereIn('id', ids)
      .where({ state: 'pending' })
      .update({
        state: 'delivering',
        lease_until: input.leaseUntil,
        claim_token: token,
        fence: database.pool().raw('fence + 1'),
      });
    const taken = (await deliveries(database.pool()).select('*').whereIn('id', ids).where({
      claim_token: token,
    })) as Record<string, unknown>[];
    return taken.map(fromDeliveryRow);
  };

  return {
    /** Inserts what is not there yet: (event, webhook) is unique. */
    async insertOnce(connection: Connection, rows: readonly NewDelivery[]): Promise<void> {
      for (let from = 0; from < rows.length; from += insertChunk) {
        await deliveries(connection)
          .insert(rows.slice(from, from + insertChunk).map(toRow))
          .onConflict(['event_id', 'webhook_id'])
          .ignore();
      }
    },

    /** Writes one row (a test event) and gives its id. */
    async insertOne(connection: Connection, row: NewDelivery): Promise<number> {
      const insert = deliveries(connection).insert(toRow(row));
      const inserted = (await (database.client === 'mysql' ? insert : insert.returning('id'))) as unknown[];
      const first = inserted[0];
      return toNumber(typeof first === 'object' && first !== null ? (first as { id: unknown }).id : first);
    },

    /** Takes due deliveries of the webhooks that may go now, each up to its free slots. */
    async claim(input: ClaimInput): Promise<StoredDelivery[]> {
      const taken: StoredDelivery[] = [];
      for (let from = 0; from < input.slots.length && taken.length < input.limit; from += slotChunk) {
        const part = {
          ...input,
          slots: input.slots.slice(from, from + slotChunk),
          limit: input.limit - taken.length,
        };
        taken.push(...(await (database.client === 'mysql' ? claimByToken(part) : claimReturning(part))));
      }
      return taken;
    },

    /** Back into the queue without an attempt: shutdown, or a secret that cannot be read. */
    async release(
      claims: readonly { id: number; fence: number }[],
      dueAt: number | null = null,
    ): Promise<void> {
      for (const { id, fence } of claims) {
        await deliveries(database.pool())
          .where({ id, fence, state: 'delivering' })
          .update({ state: 'pending', lease_until: null, ...(dueAt === null ? {} : { due_at: dueAt }) });
      }
    },

    /** Deliveries whose worker died: the lease is over, so they are due again at once. */
    async returnExpired(now: number, limit: number): Promise<number> {
      const expired = (await deliveries(database.pool())
        .select('id')
        .where({ state: 'delivering' })
        .where('lease_until', '<', now)
        .limit(limit)) as { id: unknown }[];
      if (expired.length === 0) return 0;
      return toNumber(
        await deliveries(database.pool())
          .whereIn(
            'id',
            expired.map((row) => toNumber(row.id)),
          )
          .where({ state: 'delivering' })
          .where('lease_until', '<', now)
          .update({ state: 'pending', lease_until: null, due_at: now }),
      );
    },

    /** When the next pending delivery of these webhooks is due, epoch ms, or null. */
    async nextDue(webhookIds: readonly number[]): Promise<number | null> {
      if (webhookIds.length === 0) return null;
      const row = (await deliveries(database.pool())
        .min('due_at as due')
        .whereIn('webhook_id', [...webhookIds])
        .where({ state: 'pending' })
        .first()) as { due: unknown } | undefined;
      return toNumberOrNull(row?.due);
    },

    async find(connection: Connection, id: number): Promise<StoredDelivery | null> {
      const row: unknown = await deliveries(connection).select('*').where({ id }).first();
      return row ? fromDeliveryRow(row as Record<string, unknown>) : null;
    },

    /**
     * Sends again by hand: same message id, one more attempt; the schedule begins anew. Also a skipped one.
     * Answers false when the delivery is in flight.
     */
    async resend(id: number, now: number): Promise<boolean> {
      const changed = await deliveries(database.pool())
        .where({ id })
        .whereIn('state', ['pending', 'failed', 'succeeded', 'skipped', 'cancelled'])
        .update({
          state: 'pending',
          due_at: now,
          finished_at: null,
          schedule_offset: database.pool().raw('attempts'),
        });
      return toNumber(changed) === 1;
    },

    async cancel(id: number, now: number): Promise<boolean> {
      const changed = await deliveries(database.pool())
        .where({ id })
        .whereIn('state', ['pending', 'blocked'])
        .update({ state: 'cancelled', finished_at: now });
      return toNumber(changed) === 1;
    },

    /** What waits for a deleted webhook is cancelled, in chunks: no statement holds SQLite for long. */
    async cancelOfWebhook(webhookId: number, now: number): Promise<void> {
      for (;;) {
        const rows = (await deliveries(database.pool())
          .select('id')
          .where({ webhook_id: webhookId })
          .whereIn('state', ['pending', 'blocked'])
          .limit(500)) as { id: unknown }[];
        if (rows.length === 0) return;
        await deliveries(database.pool())
          .whereIn(
            'id',
            rows.map((row) => toNumber(row.id)),
          )
          .whereIn('state', ['pending', 'blocked'])
          .update({ state: 'cancelled', finished_at: now });
      }
    },

    /** How many were skipped while each of these webhooks was off. */
    async skippedCounts(connection: Connection, webhookIds: readonly number[]): Promise<Map<number, number>> {
      if (webhookIds.length === 0) return new Map();
      const rows = (await deliveries(connection)
        .select('webhook_id')
        .count('* as n')
        .whereIn('webhook_id', [...webhookIds])
        .where({ state: 'skipped' })
        .groupBy('webhook_id')) as unknown as { webhook_id: unknown; n: unknown }[];
      return new Map(rows.map((row) => [toNumber(row.webhook_id), toNumber(row.n)]));
    },

    async findMany(connection: Connection, ids: readonly number[]): Promise<StoredDelivery[]> {
      if (ids.length === 0) return [];
      const rows = (await deliveries(connection)
        .select('*')
        .whereIn('id', [...ids])) as Record<string, unknown>[];
      return rows.map(fromDeliveryRow);
    },
  };
}

export type DeliveryStore = ReturnType<typeof createDeliveryStore>;

/** The rows of a raw answer: SQLite gives an array, Postgres `{ rows }`, MySQL `[rows, fields]`. */
export function rowsOf(result: unknown): Record<string, unknown>[] {
  if (Array.isArray(result)) {
    return (Array.isArray(result[0]) ? result[0] : result) as Record<string, unknown>[];
  }
  return (result as { rows: Record<string, unknown>[] }).rows;
}

/** The table's name in raw SQL, with the schema that the app chose. Both are identifiers of our own or of the config. */
export function qualified(database: Database, table: string): string {
  return database.schema ? `"${database.schema.replace(/"/g, '""')}".${table}` : table;
}
