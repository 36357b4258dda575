import { tables } from '../../constants';
import type { Connection, Database } from '../connection';
import { insertId, qualified } from '../db';
import { insertJsonRows, takesJsonRows } from '../json-rows';
import { othersTurn } from '../others-turn';
import { storable } from '../storable';
import type { NewDelivery } from './row';
import { deliveryColumns, toDeliveryRow } from './row';

/** New deliveries: those that matching finds, and test events. */
export function deliveryInsert(database: Database) {
  const deliveries = (connection: Connection) => database.from(connection, tables.deliveries);

  const insertPart = async (connection: Connection, rows: readonly Record<string, unknown>[]) => {
    if (takesJsonRows(database.client)) {
      await insertJsonRows(connection, database.client, {
        into: qualified(database, tables.deliveries),
        columns: deliveryColumns,
        rows,
        onConflict: 'on conflict (event_id, webhook_id) do nothing',
      });
      return;
    }
    // Not INSERT IGNORE, which stores nothing, or something else, and says nothing, where a row does not fit.
    await deliveries(connection)
      .insert([...rows])
      .onConflict(['event_id', 'webhook_id'])
      .merge({ event_id: connection.raw('event_id') });
  };

  return {
    /**
     * Inserts what is not there yet: (event, webhook) is unique. Many rows are several statements, between which the
     * event loop turns.
     */
    async insertOnce(connection: Connection, rows: readonly NewDelivery[]): Promise<void> {
      const parts = await database.statements(connection, tables.deliveries, rows.map(toDeliveryRow));
      for (const [index, part] of parts.entries()) {
        if (index > 0) await othersTurn();
        await insertPart(connection, part);
      }
    },

    /** Writes one row (a test event) and gives its id. */
    insertOne: (connection: Connection, row: NewDelivery): Promise<number> =>
      insertId(database, deliveries(connection).insert(storable(tables.deliveries, toDeliveryRow(row)))),
  };
}
