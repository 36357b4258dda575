import type { Core } from '@strapi/strapi';
import { tables } from '../constants';
import { statementsOf } from './statements';
import { storable } from './storable';

/** A knex connection or transaction. Every store function takes the one it runs on. */
export type Connection = Core.Strapi['db']['connection'];

export type Client = 'sqlite' | 'postgres' | 'mysql';

export interface Database {
  client: Client;
  /** The schema the app chose (Postgres), if any. */
  schema: string | undefined;
  /** The pool. Never used inside a transaction of the content: SQLite has one connection. */
  pool(): Connection;
  /** A query on `table`, in the schema that the app chose. */
  from(connection: Connection, table: string): ReturnType<Connection>;
  /**
   * A transaction of our own on the pool; READ COMMITTED where the database's default is stricter. One that the
   * database has undone to end a deadlock is run again, so `run` must not keep anything of a run that failed.
   */
  transaction<T>(run: (trx: Connection) => Promise<T>): Promise<T>;
  /** The largest statement that the server takes, in bytes: asked once. Infinity where it sets no such limit. */
  packetBytes(): Promise<number>;
  /** By how much the ids of one statement's rows differ: more than one in a cluster of MySQL or MariaDB. */
  idStep(connection: Connection): Promise<number>;
  /** Rows for `insert()`, by as many statements as their number and size ask for, each text as the database takes it. */
  statements(
    connection: Connection,
    table: string,
    rows: readonly Record<string, unknown>[],
  ): Promise<Record<string, unknown>[][]>;
  /** Whether rows that another transaction holds can be passed over: asked once (MySQL 8.0.1, MariaDB 10.6). */
  skipsLocked(): Promise<boolean>;
}

export interface DatabaseOptions {
  /** Set by tests only: goes without SKIP LOCKED where the database has it. */
  skipLocked?: false;
}

const clients: Record<string, Client> = { sqlite: 'sqlite', postgres: 'postgres', mysql: 'mysql' };

/** The database of this Strapi. Throws for a client that Strapi 5 does not know either. */
export function createDatabase(strapi: Core.Strapi, options: DatabaseOptions = {}): Database {
  const client = clients[String(strapi.db.dialect.client)];
  if (!client) throw new Error(`event-webhooks: unknown database client ${String(strapi.db.dialect.client)}`);
  const schema: string | undefined = strapi.db.getSchemaName() || undefined;
  const from: Database['from'] = (connection, table) =>
    schema ? connection(table).withSchema(schema) : connection(table);
  const pool = (): Connection => strapi.db.connection;
  let skips: Promise<boolean> | null = options.skipLocked === false ? Promise.resolve(false) : null;
  let packet: number | null = null;
  const packetBytes = async (): Promise<number> => (packet ??= await askPacketBytes(client, pool()));
  return {
    client,
    schema,
    pool,
    from,
    transaction: (run) =>
      againAfterDeadlock(() =>
        client === 'mysql'
          ? pool().transaction((trx) => run(trx as unknown as Connection), {
              isolationLevel: 'read committed',
            })
          : pool().transaction((trx) => run(trx as unknown as Connection)),
      ),
    packetBytes,
    idStep: async (connection) =>
      client === 'mysql' ? askVariable(connection, 'auto_increment_increment', 1) : 1,
    async statements(connection, table, rows) {
      // On the connection at hand: the pool's only one may be in use by this very transaction.
      packet ??= await askPacketBytes(client, connection);
      const clean = rows.map((row) => storable(table, row));
      return statementsOf(clean, { client, packetBytes: packet });
    },
    skipsLocked: () => (skips ??= probeSkipLocked(client, () => from(pool(), tables.webhooks))),
  };
}

async function askPacketBytes(client: Client, connection: Connection): Promise<number> {
  return client === 'mysql' ? askVariable(connection, 'max_allowed_packet', 1024 * 1024) : Infinity;
}

async function askVariable(connection: Connection, name: string, otherwise: number): Promise<number> {
  const [rows] = (await connection.raw(`select @@${name} as value`)) as unknown as [{ value: unknown }[]];
  return toNumber(rows[0]?.value ?? otherwise);
}

/** An older server does not know the words; any other error says nothing about them and is asked anew. */
async function probeSkipLocked(client: Client, query: () => ReturnType<Connection>): Promise<boolean> {
  if (client !== 'mysql') return client === 'postgres';
  try {
    await query().select('id').limit(1).forUpdate().skipLocked();
    return true;
  } catch (error) {
    if (isTransient(error)) throw error;
    return false;
  }
}

/** Waits before a transaction that a deadlock has ended is run again; then the error is the caller's. */
const deadlockPausesMs = [10, 40, 160] as const;

const deadlockCodes = new Set(['ER_LOCK_DEADLOCK', '40P01', '40001']);

async function againAfterDeadlock<T>(run: () => Promise<T>): Promise<T> {
  for (const pauseMs of deadlockPausesMs) {
    try {
      return await run();
    } catch (error) {
      if (!deadlockCodes.has(String((error as { code?: unknown } | null)?.code))) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  return run();
}

/** Postgres and MySQL return bigints as strings: `due + 5000` was `17640000000005000`. */
export const toNumber = (value: unknown): number => Number(value);
export const toNumberOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);
export const toBoolean = (value: unknown): boolean => value === true || value === 1 || value === '1';
export const toTextOrNull = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);

/** JSON columns come parsed (jsonb, mysql2) or as text (SQLite, MariaDB). */
export function toJson(value: unknown): unknown {
  return typeof value === 'string' ? (JSON.parse(value) as unknown) : (value ?? null);
}

/** Locks, deadlocks, lost connections: the same statement may well succeed in a moment. */
const transientCodes =
  /^(SQLITE_(BUSY|LOCKED|IOERR)|ER_LOCK_(DEADLOCK|WAIT_TIMEOUT)|PROTOCOL_CONNECTION_LOST|ECONN|EPIPE|ETIMEDOUT|40001$|40P01$|55P03$|57P0|08|53)/;

/** Whether an error of the database speaks of its present state and not of what was asked. Fails open: unknown is not transient. */
export function isTransient(error: unknown): boolean {
  const { code, name, message } = (error ?? {}) as { code?: unknown; name?: unknown; message?: unknown };
  return (
    transientCodes.test(String(code ?? '')) ||
    name === 'KnexTimeoutError' ||
    /acquiring a connection|Connection (terminated|ended)|database is locked/i.test(String(message ?? ''))
  );
}

/**
 * For `whereRaw`: rows that are named by their ids, in one of these states. The plus keeps SQLite from walking its
 * index of states, through everything that succeeded, instead of looking the rows up.
 */
export const namedAndIn = (
  database: Database,
  states: readonly string[],
): [sql: string, bindings: string[]] => [
  `${database.client === 'sqlite' ? '+' : ''}state in (${states.map(() => '?').join(', ')})`,
  [...states],
];
