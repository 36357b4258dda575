import { errors } from '@strapi/utils';
import type { MatchAgainResult } from '../../../contracts';
import type { Store } from '../store';

export interface SetAsideDeps {
  store: Pick<Store, 'events' | 'database'>;
  wake(): void;
}

/** Set-aside events are counted up to here. */
export const setAsideAtMost = 10_000;

/** Events that could not be matched, or not for every webhook, and were set aside with the reason. */
export function createSetAsideService({ store, wake }: SetAsideDeps) {
  const pool = () => store.database.pool();

  return {
    /**
     * The matcher processes the event once more; webhooks that already have a delivery do not get a second
     * one. Throws a NotFoundError if it does not exist, an ApplicationError if it was not set aside or its
     * text is no longer stored. Returns its id only: a role that may resend need not be allowed to read it.
     */
    async matchAgain(id: number): Promise<MatchAgainResult> {
      const event = await store.events.find(pool(), id);
      if (!event) throw new errors.NotFoundError(`event ${id} does not exist`);
      if (event.matchError === null) throw new errors.ApplicationError('this event was not set aside');
      if ((await store.events.matchAgain(pool(), [id])) === 0)
        throw new errors.ApplicationError('the body of this event is no longer stored');
      wake();
      return { id };
    },

    /** How many there are, up to `setAsideAtMost`. Searches the whole log: for a tool, not for a screen. */
    count: async (): Promise<number> => (await store.events.setAsideIds(pool(), setAsideAtMost)).length,

    /** `matchAgain` for all of them. @returns how many. */
    async matchAllAgain(): Promise<number> {
      const ids = await store.events.setAsideIds(pool(), setAsideAtMost);
      const again = await store.events.matchAgain(pool(), ids);
      wake();
      return again;
    },
  };
}

export type SetAsideService = ReturnType<typeof createSetAsideService>;
