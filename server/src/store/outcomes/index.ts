/**
 * HOW ATTEMPTS END: a batch of outcomes changes its deliveries, adds the attempts and counts them, in one transaction.
 * `update` is the one statement over the deliveries, `attempts` the rows of the log, `store/hours` the counts.
 */
import { tables } from '../../constants';
import type { Connection, Database } from '../connection';
import { isTransient, toNumber } from '../connection';
import type { EventStore } from '../events';
import { createHourStore } from '../hours';
import type { OrderStore } from '../order';
import { createAttemptStore } from './attempts';
import type { NewAttempt } from './attempts';
import { outcomeUpdate } from './update';
import type { OutcomeRow } from './update';

export type { AttemptRow, NewAttempt } from './attempts';
export type { OutcomeRow } from './update';
export type { HourRow } from '../hours';
export { hourMs } from '../hours';

export function createOutcomeStore(
  database: Database,
  order: Pick<OrderStore, 'releasing'>,
  events: Pick<EventStore, 'insert'>,
) {
  const attempts = createAttemptStore(database);
  const hours = createHourStore(database);
  const update = outcomeUpdate(database);

  const writeBatch = (trx: Connection, rows: readonly OutcomeRow[]): Promise<void> =>
    order.releasing(trx, rows, async () => {
      const written = await update(trx, rows);
      if (written !== rows.length) throw new LostLease();
      await attempts.insertMany(trx, rows);
      await hours.add(trx, rows);
      const told = rows.flatMap(({ event }) => event ?? []);
      if (told.length > 0) await events.insert(trx, told);
    });

  /** Those of these rows whose lease is still the one they were claimed under. */
  const stillOurs = async (rows: readonly OutcomeRow[]): Promise<readonly OutcomeRow[]> => {
    const found = (await database
      .from(database.pool(), tables.deliveries)
      .select(['id', 'fence'])
      .where({ state: 'delivering' })
      .whereIn(
        'id',
        rows.map(({ deliveryId }) => deliveryId),
      )) as Record<string, unknown>[];
    const fences = new Map(found.map((row) => [toNumber(row.id), toNumber(row.fence)]));
    return rows.filter(({ deliveryId, fence }) => fences.get(deliveryId) === fence);
  };

  const recordBatch = (rows: readonly OutcomeRow[]): Promise<boolean> =>
    database.transaction(async (trx) => {
      await writeBatch(trx, rows);
      return true;
    });

  /** False where another worker holds the delivery now. What is refused is tried once more without the answer. */
  const recordOne = async (row: OutcomeRow): Promise<boolean> => {
    try {
      return await recordBatch([row]);
    } catch (error) {
      if (error instanceof LostLease) return false;
      if (isTransient(error)) throw error;
      return await recordBatch([withoutAnswer(row)]).catch((cause: unknown) => {
        if (cause instanceof LostLease) return false;
        throw cause;
      });
    }
  };

  const recordEach = async (rows: readonly OutcomeRow[]): Promise<Recorded> => {
    const lost: number[] = [];
    const refused: number[] = [];
    for (const row of rows) {
      try {
        if (!(await recordOne(row))) lost.push(row.deliveryId);
      } catch (cause) {
        if (isTransient(cause)) throw cause;
        refused.push(row.deliveryId);
      }
    }
    return { lost, refused };
  };

  /**
   * Writes a batch of outcomes in one transaction. A batch that is refused is written row by row; a row
   * that is still refused is written without the answer, and without its event. Returns the ids of rows that were not ours any
   * more (another worker had taken over: the outcome is dropped, the other's counts), and of those that were
   * refused even so: they keep their lease, and nobody else waits for them. Throws what is transient: the caller
   * tries again.
   */
  const record = async (rows: readonly OutcomeRow[]): Promise<Recorded> => {
    if (rows.length === 0) return { lost: [], refused: [] };
    try {
      await recordBatch(rows);
      return { lost: [], refused: [] };
    } catch (error) {
      if (isTransient(error)) throw error;
      // One lost lease must not send the others through one by one: their leases would run out meanwhile.
      const ours = error instanceof LostLease ? await stillOurs(rows) : rows;
      if (ours.length === rows.length) return recordEach(rows);
      const others = rows.filter((row) => !ours.includes(row)).map(({ deliveryId }) => deliveryId);
      const rest = await record(ours);
      return { lost: [...others, ...rest.lost], refused: rest.refused };
    }
  };

  return {
    record,

    /**
     * Writes a batch of outcomes and does `work` in the same transaction: both, or neither. Throws what either
     * throws; nothing is tried row by row here.
     */
    recordWith: <T>(rows: readonly OutcomeRow[], work: (trx: Connection) => Promise<T>): Promise<T> =>
      database.transaction(async (trx) => {
        await writeBatch(trx, rows);
        return work(trx);
      }),

    /** The attempt of a test event, whose delivery row is finished already. */
    insertAttempt: attempts.insert,

    async finishTest(
      connection: Connection,
      deliveryId: number,
      attempt: NewAttempt,
      finishedAt: number,
    ): Promise<void> {
      await database.from(connection, tables.deliveries).where({ id: deliveryId }).update({
        state: attempt.outcome,
        attempts: 1,
        finished_at: finishedAt,
        http_status: attempt.httpStatus,
        code: attempt.code,
        duration_ms: attempt.durationMs,
      });
      await attempts.insert(connection, deliveryId, attempt);
    },

    /** Of one delivery, newest first. */
    attempts: attempts.of,

    lastAttemptAt: attempts.lastAt,

    hours: hours.since,

    lastDeliveries: hours.lastDeliveries,
  };
}

export type OutcomeStore = ReturnType<typeof createOutcomeStore>;

/** Ids of deliveries. */
export interface Recorded {
  lost: number[];
  refused: number[];
}

const withoutAnswer = (row: OutcomeRow): OutcomeRow => ({
  ...row,
  event: null,
  attempt: { ...row.attempt, statusText: null, responseHeaders: null, responseBody: null, error: null },
});

/** Another worker holds the delivery now: our outcome must not be written. */
class LostLease extends Error {}
