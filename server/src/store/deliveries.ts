import { randomUUID } from 'node:crypto';
import { replayCountAtMost } from '../../../contracts';
import type { DeliveryState } from '../../../contracts';
import { tables } from '../constants';
import type { Connection, Database } from './connection';
import { toBoolean, toNumber, toNumberOrNull, toTextOrNull, namedAndIn } from './connection';
import { partsOf } from './statements';
import { storable } from './storable';

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
  /** Deliveries of a webhook with the same key go one after the other; null where the order does not matter. */
  orderKey: string | null;
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

/** A pending delivery as it was seen: it may be claimed while its fence is still this one. */
export interface DeliveryRef {
  id: number;
  fence: number;
  webhookId: number;
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
  order_key: delivery.orderKey,
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
    orderKey: toTextOrNull(row.order_key),
  };
}

/** Rows a statement: far below every database's limit of parameters. */
const insertChunk = 100;

const idChunk = 500;

/** Beyond it "more than" says enough, and counting would cost. */
const skippedAtMost = replayCountAtMost;

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
  const claimReturning = async (input: ClaimInput, connection: Connection): Promise<StoredDelivery[]> => {
    const { sql, bindings } = candidates(
      input,
      database.client === 'postgres' ? ' for update skip locked' : '',
    );
    const table = qualified(database, tables.deliveries);
    // SQLite would else walk the index of states, through everything that waits (25 ms instead of 1 with 3000 rows).
    const state = database.client === 'sqlite' ? '+state' : 'state';
    const chosen = `select id from (${sql}) as taken limit ?`;
    // Postgres may run a subquery of IN once a row, and each run skips what the one before has locked: a claim of
    // 4 took all 10. An array is asked for once.
    const ids = database.client === 'postgres' ? `= any(array(${chosen}))` : `in (${chosen})`;
    const result: unknown = await connection.raw(
      `update ${table} set state = 'delivering', lease_until = ?, fence = fence + 1 where id ${ids} and ${state} = 'pending' returning *`,
      [input.leaseUntil, ...bindings, input.limit],
    );
    return rowsOf(result).map(fromDeliveryRow);
  };

  const claiming = (leaseUntil: number) => ({
    state: 'delivering',
    lease_until: leaseUntil,
    fence: database.pool().raw('fence + 1'),
  });

  /** Older MySQL and MariaDB: compare-and-set under a token, then read by it, for want of UPDATE … RETURNING. */
  const takeByToken = async (
    ids: readonly number[],
    leaseUntil: number,
    connection: Connection,
    narrow: (query: ReturnType<Connection>) => void = () => undefined,
  ): Promise<StoredDelivery[]> => {
    if (ids.length === 0) return [];
    const token = randomUUID();
    const query = deliveries(connection)
      .whereIn('id', [...ids])
      .where({ state: 'pending' });
    narrow(query);
    await query.update({ ...claiming(leaseUntil), claim_token: token });
    const taken = (await deliveries(connection)
      .select('*')
      .whereIn('id', [...ids])
      .where({ claim_token: token })) as Record<string, unknown>[];
    return taken.map(fromDeliveryRow);
  };

  const claimByToken = async (input: ClaimInput, connection: Connection): Promise<StoredDelivery[]> => {
    const { sql, bindings } = candidates(input, '');
    const found: unknown = await connection.raw(`select id from (${sql}) as taken limit ?`, [
      ...bindings,
      input.limit,
    ]);
    return takeByToken(
      rowsOf(found).map((row) => toNumber(row.id)),
      input.leaseUntil,
      connection,
    );
  };

  /** Those of `refs` that are still pending, due, and at the fence at which they were seen. */
  const claimChunk = async (
    refs: readonly DeliveryRef[],
    now: number,
    leaseUntil: number,
  ): Promise<StoredDelivery[]> => {
    const asSeen = (query: ReturnType<Connection>): void => {
      void query.where('due_at', '<=', now).where((any) => {
        for (const { id, fence } of refs) void any.orWhere({ id, fence });
      });
    };
    if (database.client === 'mysql') {
      const ids = refs.map(({ id }) => id);
      return takeByToken(ids, leaseUntil, database.pool(), asSeen);
    }
    const query = deliveries(database.pool()).where({ state: 'pending' });
    asSeen(query);
    const taken = (await query.update(claiming(leaseUntil)).returning('*')) as Record<string, unknown>[];
    return taken.map(fromDeliveryRow);
  };

  /**
   * MySQL ≥ 8.0.1 and MariaDB ≥ 10.6: what another claim holds is passed over, so that two claimers take different
   * rows and neither comes away empty.
   */
  const claimSkippingLocked = async (input: ClaimInput, trx: Connection): Promise<StoredDelivery[]> => {
    const { sql, bindings } = candidates(input, ' for update skip locked');
    const found: unknown = await trx.raw(`select id from (${sql}) as taken limit ?`, [
      ...bindings,
      input.limit,
    ]);
    const ids = rowsOf(found).map((row) => toNumber(row.id));
    if (ids.length === 0) return [];
    await deliveries(trx)
      .whereIn('id', ids)
      .update({ state: 'delivering', lease_until: input.leaseUntil, fence: trx.raw('fence + 1') });
    const taken = (await deliveries(trx).select('*').whereIn('id', ids)) as Record<string, unknown>[];
    return taken.map(fromDeliveryRow);
  };

  const claimPart = async (input: ClaimInput, connection: Connection): Promise<StoredDelivery[]> => {
    if (database.client !== 'mysql') return claimReturning(input, connection);
    if (!(await database.skipsLocked())) return claimByToken(input, connection);
    return connection.isTransaction === true
      ? claimSkippingLocked(input, connection)
      : database.transaction((trx) => claimSkippingLocked(input, trx));
  };

  const sentAgain = (now: number) => ({
    // First: MySQL sets from left to right, and the old state is asked for.
    order_key: database.pool().raw("case when state in ('pending', 'failed') then order_key end"),
    state: 'pending',
    due_at: now,
    finished_at: null,
    schedule_offset: database.pool().raw('attempts'),
  });

  return {
    /** Inserts what is not there yet: (event, webhook) is unique. */
    async insertOnce(connection: Connection, rows: readonly NewDelivery[]): Promise<void> {
      for (const part of await database.statements(connection, tables.deliveries, rows.map(toRow))) {
        await deliveries(connection).insert(part).onConflict(['event_id', 'webhook_id']).ignore();
      }
    },

    /** Writes one row (a test event) and gives its id. */
    async insertOne(connection: Connection, row: NewDelivery): Promise<number> {
      const insert = deliveries(connection).insert(storable(tables.deliveries, toRow(row)));
      const inserted = (await (database.client === 'mysql' ? insert : insert.returning('id'))) as unknown[];
      const first = inserted[0];
      return toNumber(typeof first === 'object' && first !== null ? (first as { id: unknown }).id : first);
    },

    /** Takes due deliveries of the webhooks that may go now, each up to its free slots. */
    async claim(input: ClaimInput, connection: Connection = database.pool()): Promise<StoredDelivery[]> {
      const taken: StoredDelivery[] = [];
      for (let from = 0; from < input.slots.length && taken.length < input.limit; from += slotChunk) {
        const part = {
          ...input,
          slots: input.slots.slice(from, from + slotChunk),
          limit: input.limit - taken.length,
        };
        taken.push(...(await claimPart(part, connection)));
      }
      return taken;
    },

    /** What is due, each webhook up to its slots, in the order in which it is due; nothing is claimed. */
    async due({ slots, now, limit }: Omit<ClaimInput, 'leaseUntil'>): Promise<DeliveryRef[]> {
      const table = qualified(database, tables.deliveries);
      const found: DeliveryRef[] = [];
      for (let from = 0; from < slots.length && found.length < limit; from += slotChunk) {
        const part = slots.slice(from, from + slotChunk);
        const sql = part
          .map(
            () =>
              `select id, fence, webhook_id from (select id, fence, webhook_id from ${table} where webhook_id = ? and state = 'pending' and due_at <= ? order by due_at limit ?) as due`,
          )
          .join(' union all ');
        const bindings = part.flatMap((slot) => [slot.webhookId, now, slot.free]);
        const rows = rowsOf(await database.pool().raw(sql, bindings));
        found.push(
          ...rows.map((row) => ({
            id: toNumber(row.id),
            fence: toNumber(row.fence),
            webhookId: toNumber(row.webhook_id),
          })),
        );
      }
      return found.slice(0, limit);
    },

    /** Takes these deliveries, where nobody else has: the others are simply not among the answer. */
    async claimSeen(
      refs: readonly DeliveryRef[],
      now: number,
      leaseUntil: number,
    ): Promise<StoredDelivery[]> {
      // In one order everywhere, so that two instances do not lock each other's rows crosswise.
      const sorted = [...refs].sort((a, b) => a.id - b.id);
      const taken: StoredDelivery[] = [];
      for (let from = 0; from < sorted.length; from += insertChunk) {
        taken.push(...(await claimChunk(sorted.slice(from, from + insertChunk), now, leaseUntil)));
      }
      return taken;
    },

    /** Back into the queue without an attempt: shutdown, or a secret that cannot be read. */
    async release(
      claims: readonly { id: number; fence: number }[],
      dueAt: number | null = null,
    ): Promise<void> {
      for (let from = 0; from < claims.length; from += insertChunk) {
        const chunk = claims.slice(from, from + insertChunk);
        await deliveries(database.pool())
          .whereIn(
            'id',
            chunk.map(({ id }) => id),
          )
          .where({ state: 'delivering' })
          .where((any) => {
            for (const { id, fence } of chunk) void any.orWhere({ id, fence });
          })
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

    /**
     * Everything that the dead predecessor of a process that knows to be alone was working on is due again at once.
     * @returns how many
     */
    async returnAll(now: number): Promise<number> {
      return toNumber(
        await deliveries(database.pool())
          .where({ state: 'delivering' })
          .whereNotNull('lease_until')
          .update({ state: 'pending', lease_until: null, due_at: now }),
      );
    },

    /** How many wait, counted up to `limit`. */
    async waiting(connection: Connection, limit: number): Promise<number> {
      const some = deliveries(connection).select('id').where({ state: 'pending' }).limit(limit).as('some');
      const [row] = (await connection.count('* as n').from(some)) as unknown as { n: unknown }[];
      return toNumber(row?.n ?? 0);
    },

    /** Deliveries of these webhooks that are due, counted up to `limit`. */
    async dueCount(
      connection: Connection,
      webhookIds: readonly number[],
      now: number,
      limit: number,
    ): Promise<number> {
      if (webhookIds.length === 0) return 0;
      const some = deliveries(connection)
        .select('id')
        .whereIn('webhook_id', [...webhookIds])
        .where({ state: 'pending' })
        .where('due_at', '<=', now)
        .limit(limit)
        .as('some');
      const [row] = (await connection.count('* as n').from(some)) as unknown as { n: unknown }[];
      return toNumber(row?.n ?? 0);
    },

    /** Deliveries that are being sent, by whatever process, counted up to `limit`. */
    async inFlight(connection: Connection, limit: number): Promise<number> {
      const some = deliveries(connection).select('id').where({ state: 'delivering' }).limit(limit).as('some');
      const [row] = (await connection.count('* as n').from(some)) as unknown as { n: unknown }[];
      return toNumber(row?.n ?? 0);
    },

    /** Which of these webhooks have a delivery that was due at `before`. */
    async dueBefore(
      connection: Connection,
      webhookIds: readonly number[],
      before: number,
    ): Promise<Set<number>> {
      if (webhookIds.length === 0) return new Set();
      const rows = (await deliveries(connection)
        .select('webhook_id')
        .min('due_at as due')
        .whereIn('webhook_id', [...webhookIds])
        .where({ state: 'pending' })
        .groupBy('webhook_id')) as unknown as Record<string, unknown>[];
      return new Set(
        rows.filter((row) => toNumber(row.due) <= before).map((row) => toNumber(row.webhook_id)),
      );
    },

    /** When the first waiting delivery of these webhooks is due; one step in the index for each webhook. */
    async oldestDue(connection: Connection, webhookIds: readonly number[]): Promise<number | null> {
      const table = qualified(database, tables.deliveries);
      const dues: number[] = [];
      for (let from = 0; from < webhookIds.length; from += slotChunk) {
        const part = webhookIds.slice(from, from + slotChunk);
        const sql = part
          .map(
            () =>
              `select due_at from (select due_at from ${table} where webhook_id = ? and state = 'pending' order by due_at limit 1) as due`,
          )
          .join(' union all ');
        const rows = rowsOf(await connection.raw(sql, [...part]));
        dues.push(...rows.map((row) => toNumber(row.due_at)));
      }
      return dues.length === 0 ? null : Math.min(...dues);
    },

    /** When the next pending delivery of these webhooks is due (after `after`), epoch ms, or null. */
    async nextDue(webhookIds: readonly number[], after = 0): Promise<number | null> {
      if (webhookIds.length === 0) return null;
      const row = (await deliveries(database.pool())
        .min('due_at as due')
        .whereIn('webhook_id', [...webhookIds])
        .where({ state: 'pending' })
        .where('due_at', '>', after)
        .first()) as { due: unknown } | undefined;
      return toNumberOrNull(row?.due);
    },

    async find(connection: Connection, id: number): Promise<StoredDelivery | null> {
      const row: unknown = await deliveries(connection).select('*').where({ id }).first();
      return row ? fromDeliveryRow(row as Record<string, unknown>) : null;
    },

    /**
     * Sends again by hand: same message id, one more attempt; the schedule begins anew. Also a skipped one.
     * Answers false when the delivery is in flight. It stands outside the order: only what waits its turn or keeps
     * others waiting has a place in a line and keeps it.
     */
    async resend(id: number, now: number): Promise<boolean> {
      const changed = await deliveries(database.pool())
        .where({ id })
        .whereIn('state', ['pending', 'failed', 'succeeded', 'skipped', 'cancelled', 'blocked'])
        .update(sentAgain(now));
      return toNumber(changed) === 1;
    },

    /** The same for many at once, where they are still in one of these states. */
    async resendMany(
      connection: Connection,
      ids: readonly number[],
      states: readonly DeliveryState[],
      now: number,
    ): Promise<number> {
      if (ids.length === 0) return 0;
      const changed = await deliveries(connection)
        .whereIn('id', [...ids])
        .whereRaw(...namedAndIn(database, states))
        .update(sentAgain(now));
      return toNumber(changed);
    },

    /** How many deliveries of a webhook are due and wait, up to `atMost`. */
    async backlog(connection: Connection, webhookId: number, now: number, atMost: number): Promise<number> {
      const rows = (await deliveries(connection)
        .select('id')
        .where({ webhook_id: webhookId, state: 'pending' })
        .where('due_at', '<=', now)
        .limit(atMost)) as unknown[];
      return rows.length;
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
          .whereRaw(...namedAndIn(database, ['pending', 'blocked']))
          .update({ state: 'cancelled', finished_at: now, order_key: null });
      }
    },

    /** How many wait for these webhooks, counted up to `atMost`: a long queue costs no more than that. */
    async waitingCount(
      connection: Connection,
      webhookIds: readonly number[],
      atMost: number,
    ): Promise<{ count: number; more: boolean }> {
      if (webhookIds.length === 0) return { count: 0, more: false };
      const waiting = deliveries(connection)
        .select('id')
        .whereIn('webhook_id', [...webhookIds])
        .whereIn('state', ['pending', 'blocked', 'delivering'])
        .limit(atMost + 1)
        .as('waiting');
      const row = (await connection.count('* as n').from(waiting).first()) as { n: unknown } | undefined;
      const found = toNumber(row?.n ?? 0);
      return { count: Math.min(found, atMost), more: found > atMost };
    },

    /** How many were skipped while each of these webhooks was off; counted up to one more than `skippedAtMost`. */
    async skippedCounts(connection: Connection, webhookIds: readonly number[]): Promise<Map<number, number>> {
      const counts = new Map<number, number>();
      for (const id of webhookIds) {
        const some = deliveries(connection)
          .select('id')
          .where({ webhook_id: id, state: 'skipped' })
          .limit(skippedAtMost + 1);
        const row = (await connection.count('* as n').from(some.as('some')).first()) as { n: unknown };
        if (toNumber(row.n) > 0) counts.set(id, toNumber(row.n));
      }
      return counts;
    },

    /** Of these deliveries, as far as it takes to send them again. */
    async briefly(
      connection: Connection,
      ids: readonly number[],
    ): Promise<{ id: number; webhookId: number; state: DeliveryState; test: boolean }[]> {
      const found: Record<string, unknown>[] = [];
      for (let from = 0; from < ids.length; from += idChunk) {
        const part = (await deliveries(connection)
          .select(['id', 'webhook_id', 'state', 'test'])
          .whereIn('id', ids.slice(from, from + idChunk))) as Record<string, unknown>[];
        found.push(...part);
      }
      return found.map((row) => ({
        id: toNumber(row.id),
        webhookId: toNumber(row.webhook_id),
        state: String(row.state) as DeliveryState,
        test: toBoolean(row.test),
      }));
    },

    /** The deliveries of these events to one webhook. */
    async ofEvents(
      connection: Connection,
      webhookId: number,
      eventIds: readonly number[],
    ): Promise<StoredDelivery[]> {
      const found: StoredDelivery[] = [];
      for (const part of partsOf(eventIds, idChunk)) {
        const query = deliveries(connection).select('*').whereIn('event_id', part);
        const rows = (await query.where({ webhook_id: webhookId })) as Record<string, unknown>[];
        found.push(...rows.map(fromDeliveryRow));
      }
      return found;
    },

    async findMany(connection: Connection, ids: readonly number[]): Promise<StoredDelivery[]> {
      const found: StoredDelivery[] = [];
      for (const part of partsOf(ids, idChunk)) {
        const rows = await deliveries(connection).select('*').whereIn('id', part);
        found.push(...(rows as Record<string, unknown>[]).map(fromDeliveryRow));
      }
      return found;
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
