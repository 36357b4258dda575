import { tables } from '../constants';
import { durationColumns, durationIndex } from '../models/duration-columns';
import type { Connection, Database } from './connection';
import { toNumber, toNumberOrNull } from './connection';
import { qualified } from './db';
import { insertJsonRows, takesJsonRows } from './json-rows';
import type { JsonColumns } from './json-rows';

export interface HourRow {
  webhookId: number;
  hour: number;
  succeeded: number;
  failed: number;
  lastDeliveryId: number | null;
  /** How many answers took how long, by `durationBoundsMs`; the last counts what took longer. */
  durations: number[];
}

export const hourMs = 3_600_000;

/** An attempt, as far as the hourly counts ask. */
export interface CountedAttempt {
  webhookId: number;
  deliveryId: number;
  attempt: {
    /** Epoch milliseconds of its beginning. */
    at: number;
    durationMs: number;
    outcome: 'succeeded' | 'failed';
    httpStatus: number | null;
    code: string | null;
  };
}

const hourColumns: JsonColumns = {
  webhook_id: 'integer',
  hour: 'bigint',
  succeeded: 'integer',
  failed: 'integer',
  last_delivery_id: 'integer',
  ...Object.fromEntries(durationColumns.map(({ name }) => [name, 'integer' as const])),
};

/** What the roll-up adds up. */
const summedColumns = ['succeeded', 'failed', ...durationColumns.map(({ name }) => name)];

/**
 * Whether its duration says how fast the receiver answers: a name that does not exist is found out at once, and a time-out
 * is our own patience.
 */
const wasAnswered = ({ httpStatus }: CountedAttempt['attempt']): boolean => httpStatus !== null;

/** The roll-up of attempts: one row a webhook and hour. */
function hoursOf(rows: readonly CountedAttempt[]): HourRow[] {
  const hours = new Map<string, HourRow>();
  for (const { webhookId, deliveryId, attempt } of rows) {
    const hour = attempt.at - (attempt.at % hourMs);
    const key = `${webhookId}:${hour}`;
    const entry = hours.get(key) ?? {
      webhookId,
      hour,
      succeeded: 0,
      failed: 0,
      lastDeliveryId: null,
      durations: durationColumns.map(() => 0),
    };
    if (attempt.outcome === 'succeeded') entry.succeeded += 1;
    else entry.failed += 1;
    if (wasAnswered(attempt)) {
      const index = durationIndex(attempt.durationMs);
      entry.durations[index] = (entry.durations[index] ?? 0) + 1;
    }
    entry.lastDeliveryId = deliveryId;
    hours.set(key, entry);
  }
  // In one order everywhere, so that two instances do not lock each other's rows crosswise.
  return [...hours.values()].sort((a, b) => a.webhookId - b.webhookId || a.hour - b.hour);
}

const toHourRow = (entry: HourRow): Record<string, unknown> => ({
  webhook_id: entry.webhookId,
  hour: entry.hour,
  succeeded: entry.succeeded,
  failed: entry.failed,
  last_delivery_id: entry.lastDeliveryId,
  ...Object.fromEntries(durationColumns.map(({ name }, index) => [name, entry.durations[index]])),
});

const fromHourRow = (row: Record<string, unknown>): HourRow => ({
  webhookId: toNumber(row.webhook_id),
  hour: toNumber(row.hour),
  succeeded: toNumber(row.succeeded),
  failed: toNumber(row.failed),
  lastDeliveryId: toNumberOrNull(row.last_delivery_id),
  durations: durationColumns.map(({ name }) => toNumber(row[name])),
});

/** How each webhook fared, counted by the hour. */
export function createHourStore(database: Database) {
  const hours = (connection: Connection) => database.from(connection, tables.hours);

  return {
    /** Adds attempts to the counts of their hours. */
    async add(trx: Connection, attempts: readonly CountedAttempt[]): Promise<void> {
      const rows = hoursOf(attempts).map(toHourRow);
      if (takesJsonRows(database.client)) {
        const sums = summedColumns.map((name) => `${name} = total.${name} + excluded.${name}`).join(', ');
        await insertJsonRows(trx, database.client, {
          into: `${qualified(database, tables.hours)} as total`,
          columns: hourColumns,
          rows,
          onConflict: `on conflict (webhook_id, hour) do update set ${sums}, last_delivery_id = excluded.last_delivery_id`,
        });
        return;
      }
      await hours(trx)
        .insert(rows)
        .onConflict(['webhook_id', 'hour'])
        .merge({
          ...Object.fromEntries(
            summedColumns.map((name) => [name, trx.raw(`${tables.hours}.${name} + values(${name})`)]),
          ),
          last_delivery_id: trx.raw('values(last_delivery_id)'),
        });
    },

    /** The counts of these webhooks from `since` on, epoch ms. */
    async since(connection: Connection, webhookIds: readonly number[], since: number): Promise<HourRow[]> {
      if (webhookIds.length === 0) return [];
      const rows = (await hours(connection)
        .select('*')
        .whereIn('webhook_id', [...webhookIds])
        .where('hour', '>=', since)) as Record<string, unknown>[];
      return rows.map(fromHourRow);
    },

    /** The delivery that each webhook last made an attempt for, whenever that was. */
    async lastDeliveries(
      connection: Connection,
      webhookIds: readonly number[],
    ): Promise<Map<number, number>> {
      if (webhookIds.length === 0) return new Map();
      const latest = hours(connection)
        .select('webhook_id')
        .max('hour as hour')
        .whereIn('webhook_id', [...webhookIds])
        .groupBy('webhook_id')
        .as('latest');
      const rows = (await hours(connection)
        .join(latest, (join) => {
          join
            .on(`${tables.hours}.webhook_id`, 'latest.webhook_id')
            .andOn(`${tables.hours}.hour`, 'latest.hour');
        })
        .select([`${tables.hours}.webhook_id as webhook_id`, 'last_delivery_id'])) as Record<
        string,
        unknown
      >[];
      return new Map(
        rows.flatMap((row) =>
          row.last_delivery_id === null ? [] : [[toNumber(row.webhook_id), toNumber(row.last_delivery_id)]],
        ),
      );
    },
  };
}

export type HourStore = ReturnType<typeof createHourStore>;
