import { tables } from '../constants';
import type { Connection, Database } from './connection';

/** A row of its own among the leases, which nobody takes: a table with one row would be one more table. */
const name = 'this database';

/**
 * A mark of this database. It is in a plain table: a dump includes it, `strapi export` does not, so that
 * webhooks that came by `strapi import` or `transfer` are known to come from another database.
 */
export function createIdentityStore(database: Database) {
  const rows = (connection: Connection) => database.from(connection, tables.leases).where({ name });

  return {
    /** The mark; set to `fresh` if there is none, also after an import has emptied the table. */
    async read(connection: Connection, fresh: string): Promise<string> {
      const [known] = (await rows(connection).select('holder')) as { holder: unknown }[];
      if (known) return String(known.holder);
      await database
        .from(connection, tables.leases)
        .insert({ name, holder: fresh, held_until: 0 })
        .onConflict('name')
        .ignore();
      const [kept] = (await rows(connection).select('holder')) as { holder: unknown }[];
      return String(kept?.holder ?? fresh);
    },
  };
}
