import type { DeliveryState } from '../../../contracts';
import { tables } from '../constants';
import type { Connection, Database } from './connection';
import { toBoolean, toNumber } from './connection';
import { namedAndIn, qualified, rowsOf } from './db';
import { othersTurn } from './others-turn';
import { partsOf } from './statements';
import { clipped, storableText } from './storable';

/**
 * Deliveries of one webhook for one document and locale ("line"). A delivery belongs to its line while it has
 * an `order_key`: the first one is sent, or failed and blocks, the others are `blocked`. A finished delivery
 * leaves the line by losing the key, so a line contains only waiting deliveries, however many were delivered
 * before.
 */
export interface Line {
  webhookId: number;
  orderKey: string;
}

/** A delivery that may have ended. */
export interface LineMember {
  deliveryId: number;
  webhookId: number;
  orderKey: string | null;
  state: string;
  finishedAt: number | null;
}

/** The setting of a webhook. */
export interface LineRule {
  ordered: boolean;
  /** A permanently failed delivery keeps its place. */
  blocks: boolean;
}

/** Lines per statement; SQLite allows 500 parts of a UNION. */
const lineChunk = 50;

/** Lines read in one statement, and released in one transaction. */
const walkChunk = 100;

/** Deliveries released in one statement, so that it blocks SQLite for a few milliseconds only. */
const rowChunk = 100;

export const lineName = ({ webhookId, orderKey }: Line): string => `${webhookId}/${orderKey}`;

const distinct = (lines: readonly Line[]): Line[] => [
  ...new Map(lines.map((line) => [lineName(line), line])).values(),
];

const keepsPlace = (state: string, rule: LineRule | undefined): boolean =>
  state === 'failed' && rule !== undefined && rule.ordered && rule.blocks;

const isWaitedFor = (state: string): boolean => state === 'pending' || state === 'delivering';

export function createOrderStore(database: Database) {
  const deliveries = (connection: Connection) => database.from(connection, tables.deliveries);

  /**
   * Locks these webhooks until the transaction ends, always before anything else: adding to a line or
   * releasing its next delivery requires the lock of the webhook's row. SQLite has one connection and needs
   * no lock.
   */
  const lockWebhooks = (trx: Connection, ids: readonly number[]): Promise<Map<number, LineRule>> =>
    rules(trx, ids, database.client !== 'sqlite');

  const rules = async (
    connection: Connection,
    ids: readonly number[],
    lock = false,
  ): Promise<Map<number, LineRule>> => {
    const query = database
      .from(connection, tables.webhooks)
      .select(['id', 'ordered', 'on_failed_head'])
      .whereIn('id', [...new Set(ids)])
      .orderBy('id');
    const rows = (await (lock ? query.forUpdate() : query)) as Record<string, unknown>[];
    return new Map(
      rows.map((row) => [
        toNumber(row.id),
        { ordered: toBoolean(row.ordered), blocks: row.on_failed_head === 'block' },
      ]),
    );
  };

  /** The first delivery of each line: one index access per line. */
  const heads = async (connection: Connection, lines: readonly Line[]): Promise<Map<string, number>> => {
    const table = qualified(database, tables.deliveries);
    const found = new Map<string, number>();
    for (const [turn, part] of partsOf(lines, lineChunk).entries()) {
      if (turn > 0) await othersTurn();
      const result: unknown = await connection.raw(
        part
          .map(
            (_, index) =>
              `select ${index} as line, (select min(id) from ${table} where order_key = ? and webhook_id = ?) as head`,
          )
          .join(' union all '),
        // As stored in the table: a document id of an import may be long.
        part.flatMap(({ orderKey, webhookId }) => [clipped(storableText(orderKey)), webhookId]),
      );
      for (const { line, head } of rowsOf(result)) {
        const asked = part[toNumber(line)];
        if (asked && head !== null) found.set(lineName(asked), toNumber(head));
      }
    }
    return found;
  };

  /** Releases the first of each line, if it is still blocked. */
  const advance = async (trx: Connection, lines: readonly Line[], now: number): Promise<number> => {
    const ids = [...(await heads(trx, distinct(lines))).values()];
    if (ids.length === 0) return 0;
    const changed = await deliveries(trx)
      .whereIn('id', ids)
      .whereRaw(...namedAndIn(database, ['blocked']))
      .update({ state: 'pending', due_at: now });
    return toNumber(changed);
  };

  /** If they have ended; one that was resent meanwhile keeps its place. */
  const leave = async (trx: Connection, ids: readonly number[]): Promise<void> => {
    if (ids.length === 0) return;
    await deliveries(trx)
      .whereIn('id', [...ids])
      .whereNotIn('state', ['pending', 'delivering', 'blocked'])
      .update({ order_key: null });
  };

  /**
   * Releases everything in the lines of a webhook, in chunks: it no longer sends in order, or was deleted.
   */
  const dissolve = async (
    webhookId: number,
    into: { state: 'pending' } | { state: 'cancelled'; finished_at: number },
  ): Promise<number> => {
    for (let released = 0; ;) {
      const rows = (await deliveries(database.pool())
        .select('id')
        .where({ webhook_id: webhookId, state: 'blocked' })
        .limit(rowChunk)) as { id: unknown }[];
      if (rows.length === 0) return released;
      const changed = await deliveries(database.pool())
        .whereIn(
          'id',
          rows.map((row) => toNumber(row.id)),
        )
        .whereRaw(...namedAndIn(database, ['blocked']))
        .update({ ...into, order_key: null });
      released += toNumber(changed);
      await othersTurn();
    }
  };

  /** Some lines after `after`, in the order of the index, each with its first delivery. */
  const walk = async (after: Line | null, limit: number): Promise<(Line & { id: number })[]> => {
    const query = deliveries(database.pool())
      .select(['order_key', 'webhook_id'])
      .min('id as id')
      .whereNotNull('order_key')
      .groupBy(['order_key', 'webhook_id'])
      .orderBy(['order_key', 'webhook_id'])
      .limit(limit);
    if (after) {
      void query.where('order_key', '>=', after.orderKey).where((later) => {
        void later.where('order_key', '>', after.orderKey).orWhere('webhook_id', '>', after.webhookId);
      });
    }
    return ((await query) as unknown as Record<string, unknown>[]).map((row) => ({
      orderKey: String(row.order_key),
      webhookId: toNumber(row.webhook_id),
      id: toNumber(row.id),
    }));
  };

  /** Lines of webhooks that no longer send in order, or were deleted. */
  const dissolveUnasked = async (lines: readonly Line[], now: number): Promise<number> => {
    if (lines.length === 0) return 0;
    const ids = [...new Set(lines.map(({ webhookId }) => webhookId))];
    const asked = await rules(database.pool(), ids);
    let released = 0;
    for (const id of ids) {
      const rule = asked.get(id);
      if (!rule) await dissolve(id, { state: 'cancelled', finished_at: now });
      else if (!rule.ordered) released += await dissolve(id, { state: 'pending' });
    }
    return released;
  };

  /** Those of these lines whose first delivery is not in progress. */
  const standing = async (lines: readonly (Line & { id: number })[]) => {
    if (lines.length === 0) return [];
    const rows = (await deliveries(database.pool())
      .select(['id', 'state'])
      .whereIn(
        'id',
        lines.map(({ id }) => id),
      )) as Record<string, unknown>[];
    const states = new Map(rows.map((row) => [toNumber(row.id), String(row.state)]));
    return lines
      .map((line) => ({ ...line, state: states.get(line.id) ?? 'gone' }))
      .filter(({ state }) => !isWaitedFor(state));
  };

  /** Releases the first of each line that has nothing to wait for. */
  const settle = (lines: readonly (Line & { id: number; state: string })[], now: number): Promise<number> =>
    database.transaction(async (trx) => {
      const asked = await lockWebhooks(
        trx,
        lines.map(({ webhookId }) => webhookId),
      );
      const done = lines.filter(
        ({ state, webhookId }) => state !== 'blocked' && !keepsPlace(state, asked.get(webhookId)),
      );
      await leave(
        trx,
        done.map(({ id }) => id),
      );
      return await advance(trx, lines, now);
    });

  return {
    lockWebhooks,

    /** Those of these lines with a delivery that a new one has to wait for, by `lineName`. */
    async occupied(trx: Connection, lines: readonly Line[]): Promise<ReadonlySet<string>> {
      return new Set((await heads(trx, distinct(lines))).keys());
    },

    /**
     * Runs `write` (the outcomes of these deliveries) and releases the next of their lines, in the same
     * transaction. Costs nothing if none of them has an order.
     */
    async releasing<T>(trx: Connection, members: readonly LineMember[], write: () => Promise<T>): Promise<T> {
      const ended = members.flatMap((member) =>
        member.orderKey !== null && member.state !== 'pending'
          ? [{ ...member, orderKey: member.orderKey }]
          : [],
      );
      if (ended.length === 0) return write();
      const asked = await lockWebhooks(
        trx,
        ended.map(({ webhookId }) => webhookId),
      );
      const written = await write();
      const left = ended.filter(({ state, webhookId }) => !keepsPlace(state, asked.get(webhookId)));
      await leave(
        trx,
        left.map(({ deliveryId }) => deliveryId),
      );
      await advance(trx, left, Math.max(0, ...left.map(({ finishedAt }) => finishedAt ?? 0)));
      return written;
    },

    /**
     * Cancels a waiting delivery, or a failed one that blocks others; the next of its line is released. False
     * if it is neither.
     */
    cancel: (id: number, now: number): Promise<boolean> =>
      database.transaction(async (trx) => {
        const find = async (): Promise<Record<string, unknown> | undefined> =>
          (await deliveries(trx).select(['webhook_id', 'order_key']).where({ id }).first()) as
            Record<string, unknown> | undefined;
        const before = await find();
        if (!before) return false;
        if (before.order_key !== null) await lockWebhooks(trx, [toNumber(before.webhook_id)]);
        const changed = await deliveries(trx)
          .where({ id })
          .where((one) => {
            void one.whereIn('state', ['pending', 'blocked']).orWhere((head) => {
              void head.where({ state: 'failed' }).whereNotNull('order_key');
            });
          })
          .update({ state: 'cancelled', finished_at: now, order_key: null });
        if (toNumber(changed) === 0) return false;
        if (before.order_key !== null) {
          const line = { webhookId: toNumber(before.webhook_id), orderKey: String(before.order_key) };
          await advance(trx, [line], now);
        }
        return true;
      }),

    /** The first delivery of a line. */
    async head(connection: Connection, line: Line): Promise<{ id: number; state: DeliveryState } | null> {
      const id = (await heads(connection, [line])).get(lineName(line));
      const row = (id && (await deliveries(connection).select('state').where({ id }).first())) as
        { state: unknown } | undefined;
      return id && row ? { id, state: String(row.state) as DeliveryState } : null;
    },

    dissolve: (webhookId: number): Promise<number> => dissolve(webhookId, { state: 'pending' }),

    /**
     * Cleans up after a crash or a change of settings: lines whose first delivery has nothing to wait for.
     * Walks all lines, `limit` at a time. Returns how many were released.
     */
    async releaseBlocked(now: number, limit = walkChunk): Promise<number> {
      let released = 0;
      for (let after: Line | null = null; ;) {
        const lines = await walk(after, limit);
        released += await dissolveUnasked(lines, now);
        const stands = await standing(lines);
        if (stands.length > 0) released += await settle(stands, now);
        if (lines.length < limit) return released;
        after = lines.at(-1) ?? null;
        await othersTurn();
      }
    },
  };
}

export type OrderStore = ReturnType<typeof createOrderStore>;
