import type { InstanceView } from '../../../contracts';
import { instancesTable } from '../models/instances';
import type { Connection, Database } from './connection';
import { toBoolean, toNumber, toTextOrNull } from './connection';

export interface InstanceRow extends Omit<InstanceView, 'id' | 'self'> {
  key: string;
  /** Host name of its public address; null if it has none. */
  publicHost: string | null;
}

/** At most this many processes are listed. */
const listLimit = 100;

export function createInstanceStore(database: Database) {
  const instances = (connection: Connection) => database.from(connection, instancesTable);

  return {
    /** Heartbeat of this process. */
    async beat(connection: Connection, row: InstanceRow): Promise<void> {
      const changed = await instances(connection)
        .where({ key: row.key })
        .update({ seen_at: row.seenAt, delivers: row.delivers });
      if (toNumber(changed) > 0) return;
      const { startedAt, seenAt, publicHost, ...rest } = row;
      await instances(connection).insert({
        ...rest,
        public_host: publicHost,
        started_at: startedAt,
        seen_at: seenAt,
      });
    },

    async remove(connection: Connection, key: string): Promise<void> {
      await instances(connection).where({ key }).delete();
    },

    /** None of the others delivers any more: this process holds the lock of a SQLite database. */
    async removeDelivering(connection: Connection, exceptKey: string): Promise<void> {
      await instances(connection).where({ delivers: true }).whereNot({ key: exceptKey }).delete();
    },

    /** Those not seen between these times: in the future if seen before the clock was set back. */
    async removeSilent(connection: Connection, since: number, until: number): Promise<void> {
      await instances(connection).where('seen_at', '<', since).orWhere('seen_at', '>', until).delete();
    },

    /** Those seen since then, the longest-running one first. */
    async alive(connection: Connection, since: number, until: number): Promise<InstanceRow[]> {
      const rows = (await instances(connection)
        .select('*')
        .where('seen_at', '>=', since)
        .where('seen_at', '<=', until)
        .orderBy('started_at')
        .limit(listLimit)) as Record<string, unknown>[];
      return rows.map((row) => ({
        key: String(row.key),
        host: String(row.host),
        publicHost: toTextOrNull(row.public_host),
        pid: toNumber(row.pid),
        engine: String(row.engine),
        delivers: toBoolean(row.delivers),
        version: String(row.version),
        startedAt: toNumber(row.started_at),
        seenAt: toNumber(row.seen_at),
      }));
    },
  };
}

export type InstanceStore = ReturnType<typeof createInstanceStore>;
