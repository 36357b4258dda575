import type { DeliveryState } from '../../../../contracts';
import { tables } from '../../constants';
import type { Connection, Database } from '../connection';
import { toBoolean, toNumber } from '../connection';
import { partsOf } from '../statements';
import type { StoredDelivery } from './row';
import { fromDeliveryRow } from './row';

/** Deliveries by their ids, or by those of their events. */
export function deliveryFind(database: Database) {
  const deliveries = (connection: Connection) => database.from(connection, tables.deliveries);

  return {
    async find(connection: Connection, id: number): Promise<StoredDelivery | null> {
      const row: unknown = await deliveries(connection).select('*').where({ id }).first();
      return row ? fromDeliveryRow(row as Record<string, unknown>) : null;
    },

    /** Of these deliveries, as far as it takes to send them again. */
    async briefly(
      connection: Connection,
      ids: readonly number[],
    ): Promise<{ id: number; webhookId: number; state: DeliveryState; test: boolean }[]> {
      const found: Record<string, unknown>[] = [];
      for (const part of partsOf(ids)) {
        const query = deliveries(connection).select(['id', 'webhook_id', 'state', 'test']);
        found.push(...((await query.whereIn('id', part)) as Record<string, unknown>[]));
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
      for (const part of partsOf(eventIds)) {
        const query = deliveries(connection).select('*').whereIn('event_id', part);
        const rows = (await query.where({ webhook_id: webhookId })) as Record<string, unknown>[];
        found.push(...rows.map(fromDeliveryRow));
      }
      return found;
    },

    async findMany(connection: Connection, ids: readonly number[]): Promise<StoredDelivery[]> {
      const found: StoredDelivery[] = [];
      for (const part of partsOf(ids)) {
        const rows = await deliveries(connection).select('*').whereIn('id', part);
        found.push(...(rows as Record<string, unknown>[]).map(fromDeliveryRow));
      }
      return found;
    },
  };
}
