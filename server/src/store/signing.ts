import { tables } from '../constants';
import type { Database } from './connection';
import { toNumber } from './connection';
import type { EventRow } from './events';
import { fromEventRow } from './events';

/** Unmatched events, as read and written before matching: outside of any transaction. */
export function createSigningStore(database: Database) {
  const events = () => database.from(database.pool(), tables.events);

  return {
    /** The oldest unmatched events; nothing is locked. */
    async waiting(limit: number): Promise<EventRow[]> {
      const rows = (await events()
        .select('*')
        .whereNull('matched_at')
        .orderBy('id')
        .limit(limit)) as unknown[];
      return rows.map((row) => fromEventRow(row as Record<string, unknown>));
    },

    /** Only while it is unmatched: after that its body is fixed. */
    async save(
      id: number,
      texts: { body: string | null; snapshot: string | null; selected: string | null },
    ): Promise<boolean> {
      const changed: unknown = await events().where({ id }).whereNull('matched_at').update(texts);
      return toNumber(changed) > 0;
    },
  };
}
