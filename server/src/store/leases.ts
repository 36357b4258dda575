import { tables } from '../constants';
import type { Database } from './connection';
import { toNumber } from './connection';

/** What only one instance does at a time: a row a task, taken by a conditional update, given up by time at the latest. */
export function createLeaseStore(database: Database) {
  const leases = () => database.from(database.pool(), tables.leases);

  return {
    /** False where another holds it. Whoever holds it takes it again to keep it for longer. */
    async take(name: string, holder: string, now: number, until: number): Promise<boolean> {
      await leases().insert({ name, holder: null, held_until: 0 }).onConflict('name').ignore();
      const taken = await leases()
        .where({ name })
        .where((free) => {
          void free.where('held_until', '<=', now).orWhere({ holder });
        })
        .update({ holder, held_until: until });
      return toNumber(taken) === 1;
    },

    async giveUp(name: string, holder: string): Promise<void> {
      await leases().where({ name, holder }).update({ holder: null, held_until: 0 });
    },
  };
}

export type LeaseStore = ReturnType<typeof createLeaseStore>;
