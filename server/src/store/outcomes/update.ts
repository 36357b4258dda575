import type { DeliveryState } from '../../../../contracts';
import { tables } from '../../constants';
import type { Connection, Database } from '../connection';
import { affectedRows, qualified } from '../db';
import { jsonParameter, jsonRows, takesJsonRows } from '../json-rows';
import type { JsonColumns } from '../json-rows';
import type { NewEvent } from '../events';
import type { NewAttempt } from './attempts';

/** What one attempt did to its delivery. */
export interface OutcomeRow {
  deliveryId: number;
  webhookId: number;
  fence: number;
  state: Extract<DeliveryState, 'pending' | 'succeeded' | 'failed' | 'cancelled'>;
  attempts: number;
  dueAt: number;
  finishedAt: number | null;
  /** Its place in a line, see `order.ts`: at its end the next one goes. */
  orderKey: string | null;
  attempt: NewAttempt;
  /** An event that is written with it. */
  event?: NewEvent | null;
}

/** What an outcome changes in its delivery. */
const updatedColumns = {
  state: 'text',
  attempts: 'integer',
  due_at: 'bigint',
  finished_at: 'bigint',
  http_status: 'integer',
  code: 'text',
  duration_ms: 'integer',
} as const satisfies JsonColumns;

const updatedNames = Object.keys(updatedColumns) as (keyof typeof updatedColumns)[];

const updatedValues = (row: OutcomeRow): Record<keyof typeof updatedColumns, unknown> => ({
  state: row.state,
  attempts: row.attempts,
  due_at: row.dueAt,
  finished_at: row.finishedAt,
  http_status: row.attempt.httpStatus,
  code: row.attempt.code,
  duration_ms: row.attempt.durationMs,
});

/** One UPDATE for a batch of outcomes. Counts only rows whose fence is still the one that they were claimed under. */
export function outcomeUpdate(database: Database) {
  const table = qualified(database, tables.deliveries);

  /** Where rows cannot travel as JSON. */
  const byCases = async (trx: Connection, rows: readonly OutcomeRow[]): Promise<number> => {
    const values = rows.map(updatedValues);
    const cases = updatedNames.map(
      (name) => `${name} = case id ${rows.map(() => 'when ? then ?').join(' ')} end`,
    );
    const bindings = updatedNames.flatMap((name) =>
      rows.flatMap((row, index) => [row.deliveryId, values[index]?.[name]]),
    );
    const ours = rows.map(() => '(id = ? and fence = ?)').join(' or ');
    const result: unknown = await trx.raw(
      `update ${table} set lease_until = null, ${cases.join(', ')} where state = 'delivering' and (${ours})`,
      [...bindings, ...rows.flatMap((row) => [row.deliveryId, row.fence])] as never,
    );
    return affectedRows(result);
  };

  return async (trx: Connection, rows: readonly OutcomeRow[]): Promise<number> => {
    if (!takesJsonRows(database.client)) return byCases(trx, rows);
    const given = jsonRows(database.client, { id: 'integer', fence: 'integer', ...updatedColumns }, 'given');
    // The plus keeps SQLite from walking the index of states instead of looking the rows up by their ids.
    const state = database.client === 'sqlite' ? '+delivery.state' : 'delivery.state';
    const set = updatedNames.map((name) => `${name} = given.${name}`).join(', ');
    const result: unknown = await trx.raw(
      `update ${table} as delivery set lease_until = null, ${set} from ${given}
       where delivery.id = given.id and delivery.fence = given.fence and ${state} = 'delivering'`,
      [jsonParameter(rows.map((row) => ({ id: row.deliveryId, fence: row.fence, ...updatedValues(row) })))],
    );
    return affectedRows(result);
  };
}
