/**
 * WHICH ENTRIES SHOW THIS ONE, directly or through one other entry, by relations, files, components and zones. It reads
 * what is stored, and decides neither who is told nor what is sent.
 */
import { showingLimits } from '../../../contracts';
import { goesBack, stepsAtMost } from '../catalog';
import type { CatalogRoom } from '../catalog';
import type { Context } from '../context';
import type { Connection } from '../store/connection';
import type { StoredShowing } from '../store/events';
import type { EntryName } from '../store/published-entries';

/** A version of an entry. */
export interface ShownVersion {
  uid: string;
  documentId: string;
  locale: string | null;
  status: 'draft' | 'published';
}

/** Where it could not be read who shows an entry: nobody is named, and that is not all. */
export const unknownShowing: StoredShowing = { title: null, entries: [], total: 0, truncated: true };

export function openShowing({ strapi, store }: Context, { catalog }: { catalog: CatalogRoom }) {
  const models = () => ({ ...catalog.current().ways, goesBack });
  const limits = { steps: stepsAtMost, listed: showingLimits.affected, rows: showingLimits.rows };

  return {
    /** As it is stored now. Nobody shows a version that does not exist. */
    async of(connection: Connection, version: ShownVersion): Promise<StoredShowing> {
      const { ids, title } = await store.showing.rowsOf(connection, version, models());
      const shown = { ...version, ids };
      return { title, ...(await store.showing.of(connection, shown, models(), limits)) };
    },

    /** Which of these entries are published now. */
    published: (connection: Connection, entries: readonly EntryName[]) =>
      store.publishedEntries(connection, entries, catalog.current().ways.hasDrafts),

    /** Of a row that is about to go, in the transaction that removes it: afterwards nothing leads to it. */
    async ofRow(version: ShownVersion, id: number): Promise<StoredShowing> {
      const read = async (connection: Connection) => {
        const { title } = await store.showing.rowsOf(connection, version, models());
        return {
          title,
          ...(await store.showing.of(connection, { ...version, ids: [id] }, models(), limits)),
        };
      };
      return strapi.db.transaction(({ trx }) => read(trx as unknown as Connection));
    },
  };
}

export type ShowingRoom = ReturnType<typeof openShowing>;
