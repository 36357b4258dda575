import { reasonOf } from '../reason';
export interface LoopDeps {
  /** One look at the database. Answers after how many milliseconds the next is due, if nobody wakes the loop. */
  turn(stopped: () => boolean): Promise<number>;
  log(message: string): void;
}

/** After an error of the database: long enough to let it come back, short enough to be no outage of ours. */
const errorPauseMs = 1000;

/**
 * Looks again and again, in an asynchronous context of its own:
 *
 *     WAITING ──(wake, or the pause is over)──▶ TURN ──(its answer)──▶ WAITING
 *
 * Never ends by itself, and never ends the process.
 */
export function createLoop({ turn, log }: LoopDeps) {
  let stopping = false;
  let running: Promise<void> | null = null;
  let flag = false;
  let ring: (() => void) | null = null;

  const wake = (): void => {
    flag = true;
    ring?.();
  };

  const pause = (ms: number): Promise<void> => {
    if (flag || stopping || ms <= 0) return new Promise((resolve) => setImmediate(resolve));
    return new Promise((resolve) => {
      const timer = setTimeout(finish, ms);
      timer.unref();
      ring = finish;
      function finish(): void {
        clearTimeout(timer);
        ring = null;
        resolve();
      }
    });
  };

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
    /** Something may go on its own in a while, and nothing else would tell. */
    wakeIn(ms: number): void {
      setTimeout(wake, ms).unref();
    },
    stopping: () => stopping,
    /** Resolves when the turn that is under way has ended. */
    async stop(): Promise<void> {
      stopping = true;
      wake();
      await running;
    },
  };
}
