import { tables } from '../../constants';
import type { Database } from '../connection';
import { toNumber } from '../connection';
import { partsOf } from '../statements';

/** Deliveries given back in one statement: each brings its fence along. */
const givenBackAtOnce = 100;

/** What was claimed and not ended is due again. */
export function deliveryGiveBack(database: Database) {
  const claimed = () => database.from(database.pool(), tables.deliveries).where({ state: 'delivering' });

  return {
    /** Back into the queue without an attempt: shutdown, or a secret that cannot be read. */
    async release(
      claims: readonly { id: number; fence: number }[],
      dueAt: number | null = null,
    ): Promise<void> {
      for (const part of partsOf(claims, givenBackAtOnce)) {
        await claimed()
          .whereIn(
            'id',
            part.map(({ id }) => id),
          )
          .where((any) => {
            for (const { id, fence } of part) void any.orWhere({ id, fence });
          })
          .update({ state: 'pending', lease_until: null, ...(dueAt === null ? {} : { due_at: dueAt }) });
      }
    },

    /** Deliveries whose worker died: the lease is over, so they are due again at once. */
    async returnExpired(now: number, limit: number): Promise<number> {
      const expired = (await claimed().select('id').where('lease_until', '<', now).limit(limit)) as {
        id: unknown;
      }[];
      if (expired.length === 0) return 0;
      const ids = expired.map((row) => toNumber(row.id));
      return toNumber(
        await claimed()
          .whereIn('id', ids)
          .where('lease_until', '<', now)
          .update({ state: 'pending', lease_until: null, due_at: now }),
      );
    },

    /**
     * Everything that the dead predecessor of a process that knows to be alone was working on is due again at once.
     * @returns how many
     */
    async returnAll(now: number): Promise<number> {
      return toNumber(
        await claimed()
          .whereNotNull('lease_until')
          .update({ state: 'pending', lease_until: null, due_at: now }),
      );
    },
  };
}
