import { tables } from '../../constants';
import type { Connection, Database } from '../connection';
import { toNumber } from '../connection';
import { othersTurn } from '../others-turn';
import { partsOf } from '../statements';
import { clipped, storableText } from '../storable';

/** Ids that one statement searches for set-aside events: there is no index for them. */
const asideChunk = 2000;

/** Events that could not be matched, and stay in the log with the reason. */
export function eventSetAside(database: Database) {
  const events = (connection: Connection) => database.from(connection, tables.events);

  return {
    /**
     * An event that cannot be matched, or not for every webhook, leaves the queue with the reason; it stays
     * readable.
     */
    async setAside(connection: Connection, id: number, now: number, error: string): Promise<void> {
      await events(connection)
        .where({ id })
        .whereNull('matched_at')
        .update({ matched_at: now, match_error: storableText(clipped(error, 2000)) });
    },

    /**
     * Those of these events that were set aside, and still have a body, become unmatched again. Webhooks that
     * already have a delivery do not get a second one: (event, webhook) is unique.
     * @returns how many
     */
    async matchAgain(connection: Connection, ids: readonly number[]): Promise<number> {
      let again = 0;
      for (const part of partsOf(ids)) {
        again += toNumber(
          await events(connection)
            .whereIn('id', part)
            .whereNotNull('match_error')
            .whereNotNull('matched_at')
            .where((text) => void text.whereNotNull('body').orWhereNotNull('snapshot'))
            .update({ matched_at: null, match_error: null }),
        );
      }
      return again;
    },

    /**
     * Ids of set-aside events, oldest first, up to `limit`. Searches the whole log in small steps: for a
     * tool, not for a screen.
     */
    async setAsideIds(connection: Connection, limit: number): Promise<number[]> {
      const [ends] = (await events(connection).min('id as first').max('id as last')) as unknown as {
        first: unknown;
        last: unknown;
      }[];
      const first = toNumber(ends?.first ?? 1);
      const last = toNumber(ends?.last ?? 0);
      const found: number[] = [];
      for (let from = first; from <= last && found.length < limit; from += asideChunk) {
        const rows = (await events(connection)
          .select('id')
          .whereBetween('id', [from, from + asideChunk - 1])
          .whereNotNull('match_error')
          .whereNotNull('matched_at')
          .orderBy('id')) as { id: unknown }[];
        found.push(...rows.map(({ id }) => toNumber(id)));
        await othersTurn();
      }
      return found.slice(0, limit);
    },
  };
}
