import type { Core } from '@strapi/strapi';

/** The part of better-sqlite3, the driver of Strapi itself, that is used here. */
type SqliteDriver = new (
  file: string,
  options: { timeout: number },
) => { exec(sql: string): unknown; close(): void };

/** The lock file beside the database; null for a database that no other process can open. */
export function lockFileOf(strapi: Core.Strapi): string | null {
  const { connectionSettings } = strapi.db.connection.client as {
    connectionSettings?: { filename?: string };
  };
  const filename = connectionSettings?.filename;
  return !filename || /^(file:)?:memory:/.test(filename) ? null : `${filename}.event-webhooks-lock`;
}

/**
 * Takes an exclusive lock on `file`, with SQLite's own locking through this Strapi's own driver, so that it
 * works wherever the database itself does. The operating system releases it with the process, including `kill
 * -9`: a dead process leaves no lock.
 *
 * @returns null if another process holds it
 */
export function tryLock(strapi: Core.Strapi, file: string): { release(): void } | null {
  const { driver: Driver } = strapi.db.connection.client as { driver: SqliteDriver };
  const lock = new Driver(file, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  // A transaction without a write: closing ends it, and nothing is ever written to the file.
  return { release: () => lock.close() };
}
