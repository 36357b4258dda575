import type { TypePlan } from '../catalog';
import type { Log } from '../log';
import type { Connection } from '../store/connection';
import { reasonOf } from '../reason';
import { thinReason } from '../thin-reason';

export interface AttemptDeps {
  /**
   * Runs statements of the plugin so that a failing one leaves the transaction unchanged; rethrows the error.
   */
  within<T>(trx: Connection, run: () => Promise<T>): Promise<T>;
  /** Whether the database has undone the whole transaction with this error: then it must not be continued. */
  undoesAll(error: unknown): boolean;
}

export interface Failed {
  failed: string;
}

/**
 * Reads of the plugin within the transaction of a change: a failure is reported, and does not refuse the
 * change.
 */
export type Attempt = <T>(trx: Connection, run: () => Promise<T>) => Promise<T | Failed>;

/** Throws only if the transaction was undone. */
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

/** What an event tells of a row that could not be read: never the error, which goes to the log. */
export type Unread = (plan: Pick<TypePlan, 'uid'>, found: Failed) => string;

export const createUnread =
  (log: Pick<Log, 'warn'>): Unread =>
  ({ uid }, { failed }) => {
    log.warn(
      `event-webhooks: an entry of ${uid} could not be read, its event is in the thin form: ${failed}`,
    );
    return thinReason.notRead;
  };

export const hasFailed = (answer: unknown): answer is Failed =>
  typeof answer === 'object' && answer !== null && 'failed' in answer;
