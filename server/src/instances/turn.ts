import type { Context } from '../context';
import { reasonOf } from '../reason';
import { lockFileOf, tryLock } from '../store/alone';
import { becomeAlone } from './alone';
import type { Held } from './alone';

/** Whose turn it is to deliver: on SQLite that of one process, everywhere else always everybody's. */
export function createTurn({ strapi, store, log, closing }: Context) {
  const file = store.database.client === 'sqlite' ? lockFileOf(strapi) : null;
  let waits = false;
  let held: Held | null = null;

  const wait = async (): Promise<Held | null> => {
    try {
      return await becomeAlone({
        file,
        tryLock: (name) => tryLock(strapi, name),
        stopped: () => closing.aborted,
        waits: () => {
          waits = true;
          log.warn(
            `event-webhooks: another process delivers the webhooks of this SQLite database (it holds ${file}). This one takes over when that one has ended.`,
          );
        },
      });
    } catch (error) {
      // Fails open: a lock that cannot be tried is rarer than a second process, and delivering is what we are for.
      log.warn(`event-webhooks: could not determine whether another process delivers: ${reasonOf(error)}`);
      return { release: () => undefined };
    }
  };

  return {
    /** Whether no other process may deliver while this one does. */
    exclusive: file !== null,

    /** It is to deliver, and another process does as yet. */
    waits: (): boolean => waits,

    /** Waits for as long as it takes. @returns false where this process ended meanwhile */
    async take(): Promise<boolean> {
      held = await wait();
      if (held && waits) log.info('event-webhooks: the other process has ended, this one delivers now');
      waits = false;
      return held !== null;
    },

    /** Lets another process deliver. */
    release: (): void => held?.release(),
  };
}
