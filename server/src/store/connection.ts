import type { Core } from '@strapi/strapi';

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
  /** A transaction of our own on the pool; READ COMMITTED where the database's default is stricter. */
  transaction<T>(run: (trx: Connection) => Promise<T>): Promise<T>;
}

const clients: Record<string, Client> = { sqlite: 'sqlite', postgres: 'postgres', mysql: 'mysql' };

/** The database of this Strapi. Throws for a client that Strapi 5 does not know either. */
export function createDatabase(strapi: Core.Strapi): Database {
  const client = clients[String(strapi.db.dialect.client)];
  if (!client) throw new Error(`event-webhooks: unknown database client ${String(strapi.db.dialect.client)}`);
  const schema: string | undefined = strapi.db.getSchemaName() || undefined;
  const from: Database['from'] = (connection, table) =>
    schema ? connection(table).withSchema(schema) : connection(table);
  return {
    client,
    schema,
    pool: () => strapi.db.connection,
    from,
    transaction: (run) =>
      client === 'mysql'
        ? strapi.db.connection.transaction((trx) => run(trx as unknown as Connection), {
            isolationLevel: 'read committed',
          })
        : strapi.db.connection.transaction((trx) => run(trx as unknown as Connection)),
  };
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
  return typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
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
