import { tables } from '../../constants';
import type { Connection, Database } from '../connection';
import { toNumber } from '../connection';
import { namedAndIn } from '../db';
import { othersTurn } from '../others-turn';
import { partsOf } from '../statements';

/** Rows cancelled in one statement: a few milliseconds on SQLite, with their indexes. */
const cancelChunk = 100;

/** What waits for a webhook that is gone. */
export function deliveryCancel(database: Database) {
  const deliveries = (connection: Connection) => database.from(connection, tables.deliveries);

  return {
    /** What waits for a deleted webhook is cancelled, in chunks: no statement holds SQLite, or the event loop, for long. */
    async cancelOfWebhook(webhookId: number, now: number): Promise<void> {
      for (;;) {
        const rows = (await deliveries(database.pool())
          .select('id')
          .where({ webhook_id: webhookId })
          .whereIn('state', ['pending', 'blocked'])
          .limit(cancelChunk)) as { id: unknown }[];
        if (rows.length === 0) return;
        await deliveries(database.pool())
          .whereIn(
            'id',
            rows.map((row) => toNumber(row.id)),
          )
          .whereRaw(...namedAndIn(database, ['pending', 'blocked']))
          .update({ state: 'cancelled', finished_at: now, order_key: null });
        await othersTurn();
      }
    },

    /** Those of these webhooks that are gone. */
    async goneWebhooks(webhookIds: readonly number[]): Promise<number[]> {
      const there = new Set<number>();
      for (const part of partsOf(webhookIds)) {
        const rows = (await database
          .from(database.pool(), tables.webhooks)
          .select('id')
          .whereIn('id', part)) as { id: unknown }[];
        for (const { id } of rows) there.add(toNumber(id));
      }
      return webhookIds.filter((id) => !there.has(id));
    },
  };
}
