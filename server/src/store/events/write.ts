import { tables } from '../../constants';
import type { Connection, Database } from '../connection';
import { largestText } from '../statements';
import { storable } from '../storable';
import type { NewEvent } from './row';
import { toEventRow } from './row';

/** Events as capture writes them, and their bodies as matching builds them. */
export function eventWrite(database: Database) {
  const events = (connection: Connection) => database.from(connection, tables.events);

  return {
    /** The largest possible body or snapshot of an event here, in bytes. */
    largestBody: async (): Promise<number> => largestText(await database.packetBytes()),

    /** Writes events on the given connection (the content's transaction). */
    async insert(connection: Connection, added: readonly NewEvent[]): Promise<void> {
      if (added.length === 0) return;
      for (const part of await database.statements(connection, tables.events, added.map(toEventRow)))
        await events(connection).insert(part);
    },

    async saveBody(trx: Connection, id: number, body: string, thinReason: string | null): Promise<void> {
      await events(trx)
        .where({ id })
        .update(storable(tables.events, { body, snapshot: null, thin_reason: thinReason }));
    },
  };
}
