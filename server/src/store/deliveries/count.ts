import { replayCountAtMost } from '../../../../contracts';
import { tables } from '../../constants';
import type { Connection, Database } from '../connection';
import { countUpTo } from '../db';
import { eachInTurn } from '../others-turn';

/** Beyond it "more than" says enough, and counting would cost. */
const skippedAtMost = replayCountAtMost;

/** How many there are of a kind, never beyond what is asked: a long queue costs no more than that. */
export function deliveryCount(database: Database) {
  const deliveries = (connection: Connection) => database.from(connection, tables.deliveries);

  return {
    /** How many wait, counted up to `limit`. */
    waiting: (connection: Connection, limit: number): Promise<number> =>
      countUpTo(connection, deliveries(connection).where({ state: 'pending' }), limit),

    /** Deliveries that are being sent, by whatever process, counted up to `limit`. */
    inFlight: (connection: Connection, limit: number): Promise<number> =>
      countUpTo(connection, deliveries(connection).where({ state: 'delivering' }), limit),

    /** How many wait for these webhooks, counted up to `atMost`. */
    async waitingCount(
      connection: Connection,
      webhookIds: readonly number[],
      atMost: number,
    ): Promise<{ count: number; more: boolean }> {
      if (webhookIds.length === 0) return { count: 0, more: false };
      const waiting = deliveries(connection)
        .whereIn('webhook_id', [...webhookIds])
        .whereIn('state', ['pending', 'blocked', 'delivering']);
      const found = await countUpTo(connection, waiting, atMost + 1);
      return { count: Math.min(found, atMost), more: found > atMost };
    },

    /** How many were skipped while each of these webhooks was off; counted up to one more than `skippedAtMost`. */
    async skippedCounts(connection: Connection, webhookIds: readonly number[]): Promise<Map<number, number>> {
      const counts = new Map<number, number>();
      // Of 300 webhooks that were off for long each counts thousands of entries of the index.
      await eachInTurn(webhookIds, async (id) => {
        const skipped = deliveries(connection).where({ webhook_id: id, state: 'skipped' });
        const count = await countUpTo(connection, skipped, skippedAtMost + 1);
        if (count > 0) counts.set(id, count);
      });
      return counts;
    },
  };
}
