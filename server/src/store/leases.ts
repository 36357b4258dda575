import { tables } from '../constants';
import type { Database } from './connection';
import { toNumber } from './connection';

/** Clocks of several machines differ by less. */
const skewMs = 5000;

/**
 * Tasks that only one instance does at a time: one row per task, taken by a conditional update, released by
 * time at the latest.
 */
export function createLeaseStore(database: Database) {
  const leases = () => database.from(database.pool(), tables.leases);

  return {
    /** False if another holds it. The holder takes it again to extend it. */
    async take(name: string, holder: string, now: number, until: number): Promise<boolean> {
      await leases().insert({ name, holder: null, held_until: 0 }).onConflict('name').ignore();
      const taken = await leases()
        .where({ name })
        .where((free) => {
          // A lease in the future is free: the clock was set back since.
          void free
            .where('held_until', '<=', now)
            .orWhere({ holder })
            .orWhere('held_until', '>', until + skewMs);
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
