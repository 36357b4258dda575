/**
 * BUSINESS EVENTS MADE ON THE SCREEN, in force: keeps the catalog as the database has them. It checks none of them, which
 * the catalog does, and changes none, which the screens do.
 */
import type { CatalogRoom } from '../catalog';
import type { Context } from '../context';
import type { Connection } from '../store';

export function openBusinessEvents({ store }: Context, { catalog }: { catalog: CatalogRoom }) {
  let known: string | null = null;
  let running: Promise<boolean> | null = null;

  const read = async (): Promise<boolean> => {
    const pool = store.database.pool();
    const stamp = await store.businessEvents.stamp(pool);
    if (stamp === known) return false;
    // Read after the stamp: what changes in between is read again by the next one.
    const rows = stamp === '' ? [] : await store.businessEvents.all(pool);
    const isFirst = known === null && rows.length === 0;
    known = stamp;
    if (isFirst) return false;
    catalog.keep(rows);
    return true;
  };

  return {
    /** Brings the catalog up to date. @returns whether anything has changed. */
    async refresh(): Promise<boolean> {
      // One that is under way may have read before the change that this one is about.
      await running?.catch(() => false);
      running ??= read().finally(() => {
        running = null;
      });
      return running;
    },

    /** Whether the catalog is as this transaction sees them. */
    isCurrent: async (connection: Connection): Promise<boolean> =>
      (await store.businessEvents.stamp(connection)) === known,
  };
}

export type BusinessEventsRoom = ReturnType<typeof openBusinessEvents>;
