import type { Connection, Database } from './connection';
import type { Unit } from './transaction-gate';
import { createTransactionGates } from './transaction-gate';

/** Statements of the plugin inside a transaction of the app. */
export interface Savepoints {
  /**
   * Runs `run`, whose statements go to `trx` (also by `strapi.db.query()`, which uses the ambient
   * transaction), so that a failure undoes only them, and the transaction can continue. Meanwhile all other
   * statements to `trx` wait, and units wait for each other; so `run` must not wait for statements sent from
   * elsewhere. Inside another unit of the same transaction it is a part of that one, with a savepoint of its
   * own.
   *
   * Throws what `run` throws: check `endsTransaction` before continuing.
   */
  within<T>(trx: Connection, run: () => Promise<T>): Promise<T>;
}

/** After these errors MySQL and MariaDB have undone the whole transaction. */
const endingCodes = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_TABLE_FULL', 'ER_CHECKREAD']);

/**
 * Whether this error has ended the transaction: then it must reach the code that opened it, which would
 * otherwise save only half.
 */
export const endsTransaction = ({ client }: Pick<Database, 'client'>, error: unknown): boolean =>
  client === 'mysql' && endingCodes.has(String((error as { code?: unknown } | null)?.code));

/**
 * Postgres aborts a whole transaction with the first failed statement in it, unless there is a savepoint
 * before. Rolling back to one also undoes later writes of others, and the content manager's bulk actions run
 * concurrently in one transaction: hence the gate. On SQLite and MySQL a failed statement does no harm, and
 * `run` is simply run.
 */
export function createSavepoints({ client }: Pick<Database, 'client'>): Savepoints {
  if (client !== 'postgres') return { within: (_trx, run) => run() };
  return { within: (trx, run) => gates.alone(trx, (unit) => savepoint(trx, unit, run)) };
}

/** One for the whole process: two independent ones would wait for each other. */
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
    // Writes of others after the savepoint must not be undone: then the transaction ends, as it would without
    // the plugin.
    if (!unit.shared && !unit.gate.over) await undo(trx, name);
    throw error;
  }
}

/** If even this fails the connection is gone, and the original error says more. */
async function undo(trx: Connection, name: string): Promise<void> {
  try {
    await trx.raw(`rollback to savepoint ${name}`);
    await trx.raw(`release savepoint ${name}`);
  } catch {
    return;
  }
}
