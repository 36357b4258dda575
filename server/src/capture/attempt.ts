import type { Connection } from '../store/connection';
import { reasonOf } from '../reason';

export interface AttemptDeps {
  /** Runs statements of ours so that one which fails leaves the transaction as it was; throws what failed. */
  within<T>(trx: Connection, run: () => Promise<T>): Promise<T>;
  /** Whether the database has undone the whole transaction with this error: then nothing may go on in it. */
  undoesAll(error: unknown): boolean;
}

export interface Failed {
  failed: string;
}

/** Reads of ours within the transaction of a change: what fails is told of, and is no reason to refuse the change. */
export type Attempt = <T>(trx: Connection, run: () => Promise<T>) => Promise<T | Failed>;

/** Throws only what has undone the transaction. */
export function createAttempt({ within, undoesAll }: AttemptDeps): Attempt {
  return async (trx, run) => {
    try {
      return await within(trx, run);
    } catch (error) {
      if (undoesAll(error)) throw error;
      return { failed: reasonOf(error) };
    }
  };
}

export const hasFailed = (answer: unknown): answer is Failed =>
  typeof answer === 'object' && answer !== null && 'failed' in answer;
