/** What every store does alike: the id of an insert, a count with an end, the answer of a raw statement. */
import type { Connection, Database } from './connection';
import { toNumber } from './connection';

export type Query = ReturnType<Connection>;

/** The table's name in raw SQL, with the schema that the app chose. Both are identifiers of our own or of the config. */
export function qualified(database: Pick<Database, 'schema'>, table: string): string {
  return database.schema ? `"${database.schema.replace(/"/g, '""')}".${table}` : table;
}

/** The rows of a raw answer: SQLite gives an array, Postgres `{ rows }`, MySQL `[rows, fields]`. */
export function rowsOf(result: unknown): Record<string, unknown>[] {
  if (Array.isArray(result)) {
    return (Array.isArray(result[0]) ? result[0] : result) as Record<string, unknown>[];
  }
  return (result as { rows: Record<string, unknown>[] }).rows;
}

/** Rows changed by a raw UPDATE: better-sqlite3 `{ changes }`, pg `{ rowCount }`, mysql2 `[{ affectedRows }]`. */
export function affectedRows(result: unknown): number {
  const first: unknown = Array.isArray(result) ? result[0] : result;
  const answer = (first ?? {}) as { changes?: number; rowCount?: number; affectedRows?: number };
  return answer.changes ?? answer.rowCount ?? answer.affectedRows ?? 0;
}

/** Runs an insert of one row and gives its id. MySQL answers with the id by itself and warns of RETURNING. */
export async function insertId({ client }: Pick<Database, 'client'>, insert: Query): Promise<number> {
  const [first] = (await (client === 'mysql' ? insert : insert.returning('id'))) as unknown[];
  return toNumber(typeof first === 'object' && first !== null ? (first as { id: unknown }).id : first);
}

/** How many rows a query finds, counted up to `limit`: a long queue costs no more than that. */
export async function countUpTo(connection: Connection, query: Query, limit: number): Promise<number> {
  const some = query.select('id').limit(limit).as('some');
  const [row] = (await connection.count('* as n').from(some)) as unknown as { n: unknown }[];
  return toNumber(row?.n ?? 0);
}

/**
 * For `whereRaw`: rows that are named by their ids, in one of these states. The plus keeps SQLite from walking its
 * index of states, through everything that succeeded, instead of looking the rows up.
 */
export const namedAndIn = (
  database: Pick<Database, 'client'>,
  states: readonly string[],
): [sql: string, bindings: string[]] => [
  `${database.client === 'sqlite' ? '+' : ''}state in (${states.map(() => '?').join(', ')})`,
  [...states],
];
