/** WHEN THE QUEUE LOOKS AGAIN: not at once for each commit, nor for each slot that becomes free. */

/**
 * A commit wakes the loop immediately, but not again before it has rested: several saves are then handled
 * together.
 */
export function createRest(restMs: number, loop: { wake(): void }) {
  let resting = false;
  let missed = false;
  const rested = (): void => {
    resting = false;
    if (missed) loop.wake();
    missed = false;
  };
  return {
    wake(): void {
      if (resting) missed = true;
      else loop.wake();
    },
    /** Runs a turn, and rests after it. */
    async after(turn: () => Promise<number>): Promise<number> {
      if (restMs <= 0) return turn();
      resting = true;
      try {
        return await turn();
      } finally {
        setTimeout(rested, restMs).unref();
      }
    },
  };
}

/** Milliseconds. */
export interface Gather {
  quietMs: number;
  gatherMs: number;
}

/** Rings when enough has been collected, when nothing more arrives, or `gatherMs` after the first. */
export function createGathering(ring: () => void, { quietMs, gatherMs }: Gather) {
  let quiet: NodeJS.Timeout | null = null;
  let since = 0;
  const now = (): void => {
    if (quiet) clearTimeout(quiet);
    quiet = null;
    ring();
  };
  return {
    add(enough: boolean): void {
      if (quiet === null) {
        since = performance.now();
        quiet = setTimeout(now, quietMs).unref();
      }
      if (enough || performance.now() - since >= gatherMs) now();
      else quiet.refresh();
    },
  };
}
