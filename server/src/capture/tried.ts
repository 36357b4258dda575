import type { Context } from '../context';
import { reasonOf } from '../reason';
import type { Connection } from '../store/connection';
import { createAttempt, hasFailed } from './attempt';
import type { Failed } from './attempt';

/**
 * Statements whose failure costs nobody a change: in the ambient transaction if there is one, which continues. Logs the
 * reason; throws only if the database has undone that transaction.
 */
export function createTried({ strapi, store, log }: Pick<Context, 'strapi' | 'store' | 'log'>) {
  const attempt = createAttempt({ within: store.savepoints.within, undoesAll: store.endsTransaction });
  return async <T>(what: string, run: () => Promise<T>): Promise<T | null> => {
    const found = strapi.db.inTransaction()
      ? ((await strapi.db.transaction(({ trx }) => attempt(trx as unknown as Connection, run))) as T | Failed)
      : await run().catch((error: unknown): Failed => ({ failed: reasonOf(error) }));
    if (!hasFailed(found)) return found;
    log.warn(`event-webhooks: ${what} could not be read: ${found.failed}`);
    return null;
  };
}
