import type { Core } from '@strapi/strapi';
import { tables } from '../constants';
import { againAfterDeadlock } from './deadlock';
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
    skipsLocked: () =>
      (skips ??= probeSkipLocked(client, () => from(pool(), tables.webhooks)).catch((error: unknown) => {
        skips = null;
        throw error;
      })),
  };
}

async function askPacketBytes(client: Client, connection: Connection): Promise<number> {
  return client === 'mysql' ? askVariable(connection, 'max_allowed_packet', 1024 * 1024) : Infinity;
}

async function askVariable(connection: Connection, name: string, otherwise: number): Promise<number> {
  const [rows] = (await connection.raw(`select @@${name} as value`)) as unknown as [{ value: unknown }[]];
  return toNumber(rows[0]?.value ?? otherwise);
}

/** An older server cannot read the words; any other error says nothing about them and is asked anew. */
async function probeSkipLocked(client: Client, query: () => ReturnType<Connection>): Promise<boolean> {
  if (client !== 'mysql') return client === 'postgres';
  try {
    await query().select('id').limit(1).forUpdate().skipLocked();
    return true;
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code !== 'ER_PARSE_ERROR') throw error;
    return false;
  }
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

/** SQLSTATE 22 (data exception) and 23 (integrity constraint violation), as Postgres and MySQL say them. */
const rowStates = /^2[23]/;

/**
 * The same where it is said otherwise: SQLite has codes of its own, and MySQL and MariaDB give some of theirs no class
 * (`HY000`, `01000`). A packet that is too large is the row's size, whatever else the server does about it.
 */
const rowCodes =
  /^(SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)|ER_(DATA_TOO_LONG|WARN_DATA_OUT_OF_RANGE|DUP_ENTRY|TRUNCATED_WRONG_VALUE|BAD_NULL_ERROR|NO_DEFAULT_FOR_FIELD|INVALID_CHARACTER_STRING|INVALID_JSON|CHECK_CONSTRAINT_VIOLATED|CONSTRAINT_FAILED|NET_PACKET_TOO_LARGE)|WARN_DATA_TRUNCATED$)/;

/** Whether the database refuses a row for what is in it: the same row will be refused again. */
export function isRowFault(error: unknown): boolean {
  const { code, sqlState } = (error ?? {}) as { code?: unknown; sqlState?: unknown };
  const name = String(code ?? '');
  return rowCodes.test(name) || rowStates.test(String(sqlState ?? (name.length === 5 ? name : '')));
}

/** Errors of drivers and of the pool that bring no code along. */
const withoutCode =
  /acquiring a connection|Connection (terminated|ended)|connection (is )?in closed state|pool is (draining|destroyed)|encountered a connection error|database is locked/i;

/**
 * Whether an error tells of the database's present state: a lock, a lost connection, a full disk, a statement that
 * was cancelled, a table that is not there. Then the same will go well when that is over. Everything that the database
 * says is of this kind, except what `isRowFault` knows; an error of our own code is neither.
 */
export function isTransient(error: unknown): boolean {
  const { code, name, message } = (error ?? {}) as { code?: unknown; name?: unknown; message?: unknown };
  if (isRowFault(error)) return false;
  return (
    (typeof code === 'string' && code !== '') ||
    name === 'KnexTimeoutError' ||
    withoutCode.test(String(message ?? ''))
  );
}
