import type { Connection, Database } from './connection';
import type { Unit } from './transaction-gate';
import { createTransactionGates } from './transaction-gate';

/** Statements of ours inside a transaction that is somebody else's. */
export interface Savepoints {
  /**
   * Runs `run`, whose statements go to `trx` (by `strapi.db.query()` too, in whose ambient transaction they are), so
   * that a failure undoes them and nothing else, and the transaction can go on. Meanwhile whatever else is sent to `trx`
   * waits, and units wait for each other; so `run` must not wait for what is sent from elsewhere. Inside another unit of
   * the same transaction it is a part of that one, with its own way back.
   *
   * Throws what `run` throws: ask `endsTransaction` before going on after that.
   */
  within<T>(trx: Connection, run: () => Promise<T>): Promise<T>;
}

/** After these MySQL and MariaDB have undone the whole transaction. */
const endingCodes = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_TABLE_FULL', 'ER_CHECKREAD']);

/** Whether the transaction is no more after this error: then it has to reach whoever opened it, who would save half. */
export const endsTransaction = ({ client }: Pick<Database, 'client'>, error: unknown): boolean =>
  client === 'mysql' && endingCodes.has(String((error as { code?: unknown } | null)?.code));

/**
 * Postgres ends a whole transaction with the first statement that fails in it, unless a savepoint stands before. Rolling
 * back to one undoes what others wrote since, too, and the content manager's bulk actions run side by side in one
 * transaction: hence the gate. On SQLite and MySQL a failed statement does no harm, and `run` is simply run.
 */
export function createSavepoints({ client }: Pick<Database, 'client'>): Savepoints {
  if (client !== 'postgres') return { within: (_trx, run) => run() };
  return { within: (trx, run) => gates.alone(trx, (unit) => savepoint(trx, unit, run)) };
}

/** One for the whole process: two that did not know of each other would wait for each other. */
const gates = createTransactionGates();

let count = 0;

async function savepoint<T>(trx: Connection, unit: Unit, run: () => Promise<T>): Promise<T> {
  const name = `event_webhooks_${(count += 1)}`;
  await trx.raw(`savepoint ${name}`);
  try {
    const result = await run();
    if (!unit.shared) await trx.raw(`release savepoint ${name}`);
    return result;
  } catch (error) {
    // What others wrote behind the savepoint is not ours to undo: then the transaction ends, as it would without us.
    if (!unit.shared && !unit.gate.over) await undo(trx, name);
    throw error;
  }
}

/** Where even this fails the connection is gone, and the error that led here says more. */
async function undo(trx: Connection, name: string): Promise<void> {
  try {
    await trx.raw(`rollback to savepoint ${name}`);
    await trx.raw(`release savepoint ${name}`);
  } catch {
    return;
  }
}
