import { tables } from '../../constants';
import type { Client, Connection, Database } from '../connection';
import { toNumber, toNumberOrNull } from '../connection';
import { countUpTo, qualified, rowsOf } from '../db';
import { partsOf } from '../statements';

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

/** Webhooks asked in one statement. */
export const slotChunk = 50;

/** The first deliveries that are due for each webhook: one index range a webhook, nothing is scanned. */
export function firstDueOfEach(
  table: string,
  columns: string,
  { slots, now, limit }: Omit<ClaimInput, 'leaseUntil'>,
  suffix = '',
): { sql: string; bindings: number[] } {
  const first = `select ${columns} from (select ${columns} from ${table} where webhook_id = ? and state = 'pending' and due_at <= ? order by due_at limit ?${suffix}) as due`;
  return {
    sql: slots.map(() => first).join(' union all '),
    bindings: slots.flatMap(({ webhookId, free }) => [webhookId, now, Math.min(free, limit)]),
  };
}

/** What is due, and when; nothing is claimed. */
export function deliveryDue(database: Database) {
  const deliveries = (connection: Connection) => database.from(connection, tables.deliveries);
  const table = qualified(database, tables.deliveries);

  /** Deliveries of these webhooks that are due, counted up to `limit`. */
  const dueCount = async (
    connection: Connection,
    webhookIds: readonly number[],
    now: number,
    limit: number,
  ): Promise<number> => {
    if (webhookIds.length === 0) return 0;
    const due = deliveries(connection)
      .whereIn('webhook_id', [...webhookIds])
      .where({ state: 'pending' })
      .where('due_at', '<=', now);
    return countUpTo(connection, due, limit);
  };

  return {
    /** What is due, each webhook up to its slots, in the order in which it is due; nothing is claimed. */
    async due({ slots, now, limit }: Omit<ClaimInput, 'leaseUntil'>): Promise<DeliveryRef[]> {
      const found: DeliveryRef[] = [];
      for (const part of partsOf(slots, slotChunk)) {
        if (found.length >= limit) break;
        const { sql, bindings } = firstDueOfEach(table, 'id, fence, webhook_id', { slots: part, now, limit });
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

    dueCount,

    /** How many deliveries of a webhook are due and wait, counted up to `atMost`. */
    backlog: (connection: Connection, webhookId: number, now: number, atMost: number): Promise<number> =>
      dueCount(connection, [webhookId], now, atMost),

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
      const dues: number[] = [];
      for (const part of partsOf(webhookIds, slotChunk)) {
        const first = `select due_at from (select due_at from ${table} where webhook_id = ? and state = 'pending' order by due_at limit 1) as due`;
        const rows = rowsOf(await connection.raw(part.map(() => first).join(' union all '), part));
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

    /** When the first pending delivery of each webhook is due, epoch ms: one step into an index for each of them. */
    async firstDue(webhookIds: readonly number[]): Promise<Map<number, number>> {
      if (webhookIds.length === 0) return new Map();
      const { sql, bindings } = idsAsTable(database.client, webhookIds);
      const first = `select due_at from ${table} as delivery where delivery.webhook_id = webhook.id and delivery.state = 'pending' order by due_at limit 1`;
      const rows = rowsOf(
        await database
          .pool()
          .raw(`select webhook.id as id, (${first}) as due from ${sql} as webhook`, bindings),
      );
      return new Map(rows.flatMap(({ id, due }) => (due === null ? [] : [[toNumber(id), toNumber(due)]])));
    },
  };
}

/** Ids in the place of a table, with one column `id`. */
function idsAsTable(client: Client, ids: readonly number[]): { sql: string; bindings: string[] } {
  const json = JSON.stringify(ids);
  if (client === 'sqlite') return { sql: '(select value as id from json_each(?))', bindings: [json] };
  if (client === 'postgres')
    return {
      sql: '(select cast(value as integer) as id from json_array_elements_text(cast(? as json)))',
      bindings: [json],
    };
  // Whole numbers, so that no placeholder is needed; JSON_TABLE is too recent.
  return { sql: `(${ids.map((id) => `select ${Math.trunc(id)} as id`).join(' union all ')})`, bindings: [] };
}
