import { setTimeout as pause } from 'node:timers/promises';

/** Pauses that end early when somebody wakes the sleeper. One at a time; none keeps the process alive. */
export function createSleep() {
  let alarm: AbortController | null = null;

  return {
    async sleep(ms: number): Promise<void> {
      const current = new AbortController();
      alarm = current;
      // It rejects when it is woken, and for no other reason.
      await pause(ms, undefined, { ref: false, signal: current.signal }).catch(() => undefined);
      alarm = null;
    },
    /** Does nothing where nobody sleeps. */
    wake: (): void => alarm?.abort(),
  };
}

/** Awaits `work`, and no longer than `ms`. @returns what it gives, or undefined where it was not done in time */
export async function doneWithin<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  const done = new AbortController();
  try {
    return await Promise.race([work, pause(ms, undefined, { signal: done.signal })]);
  } finally {
    done.abort();
  }
}
