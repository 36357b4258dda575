import { isShownAddress } from '../../../contracts';
import { tables } from '../constants';
import type { Database } from './connection';
import { toNumber } from './connection';

/** Deliveries read at a time: each statement is short, also on SQLite. */
const windowSize = 500;

/** Removes stored URLs from the attempts of a webhook. */
export function createToldAddressStore(database: Database) {
  const deliveriesOf = async (webhookId: number, after: number): Promise<number[]> => {
    const rows = (await database
      .from(database.pool(), tables.deliveries)
      .select('id')
      .where({ webhook_id: webhookId })
      .where('id', '>', after)
      .orderBy('id')
      .limit(windowSize)) as { id: unknown }[];
    return rows.map(({ id }) => toNumber(id));
  };

  const addressesOf = async (deliveryIds: readonly number[]): Promise<string[]> => {
    const rows = (await database
      .from(database.pool(), tables.attempts)
      .distinct('url')
      .whereIn('delivery_id', [...deliveryIds])) as { url: unknown }[];
    return rows.map(({ url }) => String(url));
  };

  return {
    /** Replaces each URL in the attempts of this webhook by `shown(address)`. */
    async hide(webhookId: number, shown: (address: string) => string): Promise<void> {
      let ids = await deliveriesOf(webhookId, 0);
      while (ids.length > 0) {
        for (const url of await addressesOf(ids)) {
          if (isShownAddress(url)) continue;
          await database
            .from(database.pool(), tables.attempts)
            .whereIn('delivery_id', ids)
            .where({ url })
            .update({ url: shown(url) });
        }
        ids = await deliveriesOf(webhookId, ids.at(-1) ?? 0);
      }
    },
  };
}
