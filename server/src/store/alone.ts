import type { Core } from '@strapi/strapi';

/** What is used of the driver that Strapi itself runs on: better-sqlite3's constructor. */
type SqliteDriver = new (
  file: string,
  options: { timeout: number },
) => { exec(sql: string): unknown; close(): void };

/** The side file that is locked; null for a database that no other process can open. */
export function lockFileOf(strapi: Core.Strapi): string | null {
  const { connectionSettings } = strapi.db.connection.client as {
    connectionSettings?: { filename?: string };
  };
  const filename = connectionSettings?.filename;
  return !filename || /^(file:)?:memory:/.test(filename) ? null : `${filename}.event-webhooks-lock`;
}

/**
 * Takes an exclusive lock on `file`, with SQLite's own locking through the very driver of this Strapi, so that it
 * works wherever the database itself does. The operating system frees it with the process, `kill -9` included: a lock
 * that a dead process left does not exist.
 *
 * @returns null when another process holds it
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
  // A transaction without a write: closing ends it, and nothing ever stands in the file.
  return { release: () => lock.close() };
}
