import { setTimeout as pause } from 'node:timers/promises';

/** Waits before work that a deadlock has ended is begun again; after the last the error is the caller's. */
const pausesMs = [10, 40, 160] as const;

const codes = new Set(['ER_LOCK_DEADLOCK', '40P01', '40001']);

/** Whether the database has undone a transaction to end a deadlock: MySQL and MariaDB, or Postgres by its SQLSTATE. */
export const isDeadlock = (error: unknown): boolean =>
  codes.has(String((error as { code?: unknown } | null)?.code));

/**
 * Runs `run` again, a few times, where a deadlock has ended it: so `run` must not keep anything of a run that failed.
 * `mayBegin` says whether an error is of that kind; whatever else is thrown is the caller's at once.
 */
export async function againAfterDeadlock<T>(
  run: () => Promise<T>,
  mayBegin: (error: unknown) => boolean = isDeadlock,
): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await run();
    } catch (error) {
      if (!mayBegin(error)) throw error;
      await pause(pauseMs);
    }
  }
  return run();
}
