import { reasonOf } from '../reason';
import { createSleep } from '../sleep';
import { othersTurn } from '../store/others-turn';

export interface LoopDeps {
  /**
   * One poll of the database. Returns after how many milliseconds the next is due, unless the loop is woken.
   */
  turn(stopped: () => boolean): Promise<number>;
  log(message: string): void;
}

/** After an error of the database: long enough for it to recover, short enough to be no outage. */
const errorPauseMs = 1000;

/**
 * Polls repeatedly, in an asynchronous context of its own:
 *
 *     WAITING ──(wake, or the pause is over)──▶ TURN ──(its result)──▶ WAITING
 *
 * Never ends by itself, and never ends the process.
 */
export function createLoop({ turn, log }: LoopDeps) {
  let stopping = false;
  let running: Promise<void> | null = null;
  let flag = false;
  const sleeper = createSleep();

  const wake = (): void => {
    flag = true;
    sleeper.wake();
  };

  const pause = (ms: number): Promise<void> =>
    flag || stopping || ms <= 0 ? othersTurn() : sleeper.sleep(ms);

  const work = async (): Promise<void> => {
    while (!stopping) {
      flag = false;
      try {
        await pause(await turn(() => stopping));
      } catch (error) {
        if (!stopping) log(`event-webhooks: the dispatcher could not reach the database: ${reasonOf(error)}`);
        flag = false;
        await pause(errorPauseMs);
      }
    }
  };

  return {
    start(): void {
      running ??= work();
    },
    wake,
    /** Work will be possible after this time, and no wake-up would announce it. */
    wakeIn(ms: number): void {
      setTimeout(wake, ms).unref();
    },
    stopping: () => stopping,
    /** Resolves when the current turn has ended. */
    async stop(): Promise<void> {
      stopping = true;
      wake();
      await running;
    },
  };
}
