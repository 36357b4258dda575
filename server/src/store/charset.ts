import { tables } from '../constants';
import { models } from '../models';
import type { Database } from './connection';

const ours: readonly string[] = [tables.webhooks, ...models.map(({ tableName }) => tableName)];

/**
 * MySQL and MariaDB: a database may use the three-byte `utf8`, which has no 🌾. The tables of the content may
 * have been converted anyway, and then their events must not be refused. So the plugin's tables are `utf8mb4`
 * whatever the database's default.
 *
 * @returns the converted tables. Throws if the server does not allow it.
 */
export async function useWholeUnicode(database: Database): Promise<string[]> {
  if (database.client !== 'mysql') return [];
  const pool = database.pool();
  const [found] = (await pool.raw(
    `select table_name as name from information_schema.tables
     where table_schema = database() and table_name in (${ours.map(() => '?').join(', ')})
       and table_collation not like 'utf8mb4%'`,
    [...ours],
  )) as unknown as [{ name: unknown }[]];
  const names = found.map(({ name }) => String(name));
  for (const name of names) {
    // An index over 255 characters of four bytes is too long for old row formats.
    await pool.raw('alter table ?? convert to character set utf8mb4, row_format = dynamic', [name]);
  }
  return names;
}
