import type { Connection, Database } from './connection';

/** Which rows of a content type: those of one document, in one locale or in all. */
export interface LockedRows {
  uid: string;
  documentId: string;
  /** Undefined for all locales. */
  locale: string | undefined;
}

/**
 * Locks on rows of content. Two simultaneous requests that change one document then take turns: the second
 * sees what the first has committed, and its event contains only its own change. SQLite has one connection,
 * so its transactions take turns anyway.
 */
export function createRowLocks(database: Database, tableOf: (uid: string) => string) {
  const rows = (connection: Connection, { uid, documentId, locale }: LockedRows) => {
    const query = database.from(connection, tableOf(uid)).where({ document_id: documentId });
    if (locale !== undefined) void query.where({ locale });
    return query;
  };

  const idsOf = async (connection: Connection, wanted: LockedRows): Promise<number[]> =>
    ((await rows(connection, wanted).select('id').orderBy('id')) as { id: unknown }[]).map(({ id }) =>
      Number(id),
    );

  return {
    /**
     * Data that must be read before the transaction begins: on MySQL the ids, since a transaction sees the
     * database as of its first read, which must come after the lock. Null elsewhere.
     */
    prepare: async (wanted: LockedRows): Promise<number[] | null> =>
      database.client === 'mysql' ? idsOf(database.pool(), wanted) : null,

    /**
     * Waits for other writers of these rows, then makes others wait until the transaction ends. Always in the
     * order of ids.
     */
    async lock(trx: Connection, wanted: LockedRows, prepared: readonly number[] | null): Promise<void> {
      if (database.client === 'sqlite') return;
      if (database.client === 'postgres') {
        // Like the lock of an update: a reference to the row does not wait.
        await rows(trx, wanted).select('id').orderBy('id').forNoKeyUpdate();
        return;
      }
      // By their primary keys: searching by document, InnoDB would lock the gaps between documents as well,
      // and saves of neighbouring documents would deadlock.
      const ids = prepared ?? (await idsOf(trx, wanted));
      if (ids.length > 0)
        await database
          .from(trx, tableOf(wanted.uid))
          .whereIn('id', [...ids])
          .select('id')
          .orderBy('id')
          .forUpdate();
    },
  };
}

export type RowLocks = ReturnType<typeof createRowLocks>;
