import type { Context } from '../context';
import { reasonOf } from '../reason';
import type { Connection } from '../store/connection';

/**
 * Statements whose failure costs nobody a change: in the ambient transaction if there is one, which continues. Logs the
 * reason; throws only if the database has undone that transaction.
 */
export function createTried({ strapi, store, log }: Pick<Context, 'strapi' | 'store' | 'log'>) {
  return async <T>(what: string, run: () => Promise<T>): Promise<T | null> => {
    const inside = strapi.db.inTransaction();
    try {
      if (!inside) return await run();
      return (await strapi.db.transaction(({ trx }) =>
        store.savepoints.within(trx as unknown as Connection, run),
      )) as T;
    } catch (error) {
      if (inside && store.endsTransaction(error)) throw error;
      log.warn(`event-webhooks: ${what} could not be read: ${reasonOf(error)}`);
      return null;
    }
  };
}
