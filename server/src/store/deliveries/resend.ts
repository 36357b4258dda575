import type { DeliveryState } from '../../../../contracts';
import { tables } from '../../constants';
import type { Connection, Database } from '../connection';
import { toNumber } from '../connection';
import { namedAndIn } from '../db';

/** By hand: the same message id, one more attempt, and the schedule begins anew. */
export function deliveryResend(database: Database) {
  const deliveries = (connection: Connection) => database.from(connection, tables.deliveries);

  const sentAgain = (now: number) => ({
    // First: MySQL sets from left to right, and the old state is asked for.
    order_key: database.pool().raw("case when state in ('pending', 'failed') then order_key end"),
    state: 'pending',
    due_at: now,
    finished_at: null,
    schedule_offset: database.pool().raw('attempts'),
  });

  return {
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
  };
}
