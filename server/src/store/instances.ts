import { instancesTable } from '../models/instances';
import type { Connection, Database } from './connection';
import { toBoolean, toNumber } from './connection';

export interface InstanceRow {
  key: string;
  host: string;
  pid: number;
  engine: string;
  delivers: boolean;
  version: string;
  /** Epoch milliseconds. */
  startedAt: number;
  seenAt: number;
}

/** More processes than this are not listed; nobody reads a longer list. */
const listLimit = 100;

export function createInstanceStore(database: Database) {
  const instances = (connection: Connection) => database.from(connection, instancesTable);

  return {
    /** This process is alive. */
    async beat(connection: Connection, row: InstanceRow): Promise<void> {
      const changed = await instances(connection)
        .where({ key: row.key })
        .update({ seen_at: row.seenAt, delivers: row.delivers });
      if (toNumber(changed) > 0) return;
      const { startedAt, seenAt, ...rest } = row;
      await instances(connection).insert({ ...rest, started_at: startedAt, seen_at: seenAt });
    },

    async remove(connection: Connection, key: string): Promise<void> {
      await instances(connection).where({ key }).delete();
    },

    async removeSilent(connection: Connection, before: number): Promise<void> {
      await instances(connection).where('seen_at', '<', before).delete();
    },

    /** Those seen since then, the one that runs longest first. */
    async alive(connection: Connection, since: number): Promise<InstanceRow[]> {
      const rows = (await instances(connection)
        .select('*')
        .where('seen_at', '>=', since)
        .orderBy('started_at')
        .limit(listLimit)) as Record<string, unknown>[];
      return rows.map((row) => ({
        key: String(row.key),
        host: String(row.host),
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
