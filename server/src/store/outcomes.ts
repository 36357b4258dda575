import type { DeliveryState, FailureCode } from '../../../contracts';
import { tables } from '../constants';
import { durationColumns, durationIndex } from '../models/duration-columns';
import type { Connection, Database } from './connection';
import { isTransient, toBoolean, toNumber, toNumberOrNull, toTextOrNull } from './connection';
import { qualified } from './deliveries';
import { jsonParameter, jsonRows, takesJsonRows } from './json-rows';
import type { JsonColumns } from './json-rows';
import type { OrderStore } from './order';
import { clipped, storable } from './storable';

export interface NewAttempt {
  number: number;
  kind: 'automatic' | 'manual' | 'test';
  /** Epoch milliseconds of its beginning. */
  at: number;
  durationMs: number;
  outcome: 'succeeded' | 'failed';
  code: FailureCode | null;
  error: string | null;
  method: string;
  url: string;
  requestHeaders: Record<string, string>;
  httpStatus: number | null;
  statusText: string | null;
  responseHeaders: Record<string, string> | null;
  responseBody: string | null;
  truncated: boolean;
}

export interface AttemptRow extends NewAttempt {
  id: number;
  deliveryId: number;
}

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
}

export interface HourRow {
  webhookId: number;
  hour: number;
  succeeded: number;
  failed: number;
  lastDeliveryId: number | null;
  /** How many answers took how long, by `durationBoundsMs`; the last counts what took longer. */
  durations: number[];
}

export const hourMs = 3_600_000;

const attemptRow = (deliveryId: number, attempt: NewAttempt): Record<string, unknown> => ({
  delivery_id: deliveryId,
  number: attempt.number,
  kind: attempt.kind,
  at: attempt.at,
  duration_ms: attempt.durationMs,
  outcome: attempt.outcome,
  code: attempt.code,
  error: attempt.error,
  method: attempt.method,
  url: attempt.url,
  request_headers: JSON.stringify(attempt.requestHeaders),
  http_status: attempt.httpStatus,
  status_text: attempt.statusText === null ? null : clipped(attempt.statusText, 200),
  response_headers: attempt.responseHeaders ? JSON.stringify(attempt.responseHeaders) : null,
  response_body: attempt.responseBody,
  truncated: attempt.truncated,
});

function fromAttemptRow(row: Record<string, unknown>): AttemptRow {
  const responseHeaders = toTextOrNull(row.response_headers);
  return {
    id: toNumber(row.id),
    deliveryId: toNumber(row.delivery_id),
    number: toNumber(row.number),
    kind: String(row.kind) as NewAttempt['kind'],
    at: toNumber(row.at),
    durationMs: toNumber(row.duration_ms),
    outcome: String(row.outcome) as NewAttempt['outcome'],
    code: toTextOrNull(row.code) as FailureCode | null,
    error: toTextOrNull(row.error),
    method: String(row.method),
    url: String(row.url),
    requestHeaders: JSON.parse(String(row.request_headers)) as Record<string, string>,
    httpStatus: toNumberOrNull(row.http_status),
    statusText: toTextOrNull(row.status_text),
    responseHeaders: responseHeaders ? (JSON.parse(responseHeaders) as Record<string, string>) : null,
    responseBody: toTextOrNull(row.response_body),
    truncated: toBoolean(row.truncated),
  };
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

const attemptColumns: JsonColumns = {
  delivery_id: 'integer',
  number: 'integer',
  kind: 'text',
  at: 'bigint',
  duration_ms: 'integer',
  outcome: 'text',
  code: 'text',
  error: 'text',
  method: 'text',
  url: 'text',
  request_headers: 'text',
  http_status: 'integer',
  status_text: 'text',
  response_headers: 'text',
  response_body: 'text',
  truncated: 'boolean',
};

const hourColumns: JsonColumns = {
  webhook_id: 'integer',
  hour: 'bigint',
  succeeded: 'integer',
  failed: 'integer',
  last_delivery_id: 'integer',
  ...Object.fromEntries(durationColumns.map(({ name }) => [name, 'integer' as const])),
};

/** What the roll-up adds up. */
const summedColumns = ['succeeded', 'failed', ...durationColumns.map(({ name }) => name)];

export function createOutcomeStore(database: Database, order: Pick<OrderStore, 'releasing'>) {
  /** One UPDATE for the batch. Counts only rows whose fence is still ours. */
  const updateDeliveries = async (trx: Connection, rows: readonly OutcomeRow[]): Promise<number> => {
    const table = qualified(database, tables.deliveries);
    if (!takesJsonRows(database.client)) return updateByCases(trx, rows, table);
    const given = jsonRows(database.client, { id: 'integer', fence: 'integer', ...updatedColumns }, 'given');
    // The plus keeps SQLite from walking the index of states instead of looking the rows up by their ids.
    const state = database.client === 'sqlite' ? '+delivery.state' : 'delivery.state';
    const set = updatedNames.map((name) => `${name} = given.${name}`).join(', ');
    const result: unknown = await trx.raw(
      `update ${table} as delivery set lease_until = null, ${set} from ${given}
       where delivery.id = given.id and delivery.fence = given.fence and ${state} = 'delivering'`,
      [jsonParameter(rows.map((row) => ({ id: row.deliveryId, fence: row.fence, ...updatedValues(row) })))],
    );
    return affected(result);
  };

  const updateByCases = async (
    trx: Connection,
    rows: readonly OutcomeRow[],
    table: string,
  ): Promise<number> => {
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
    return affected(result);
  };

  /** Adds to the hourly roll-up: one row a webhook and hour. */
  const addToHours = async (trx: Connection, rows: readonly OutcomeRow[]): Promise<void> => {
    const hours = new Map<string, HourRow>();
    for (const row of rows) {
      const hour = row.attempt.at - (row.attempt.at % hourMs);
      const key = `${row.webhookId}:${hour}`;
      const entry = hours.get(key) ?? {
        webhookId: row.webhookId,
        hour,
        succeeded: 0,
        failed: 0,
        lastDeliveryId: null,
        durations: durationColumns.map(() => 0),
      };
      if (row.attempt.outcome === 'succeeded') entry.succeeded += 1;
      else entry.failed += 1;
      if (wasWithReceiver(row.attempt)) {
        const index = durationIndex(row.attempt.durationMs);
        entry.durations[index] = (entry.durations[index] ?? 0) + 1;
      }
      entry.lastDeliveryId = row.deliveryId;
      hours.set(key, entry);
    }
    // In one order everywhere, so that two instances do not lock each other's rows crosswise.
    const sorted = [...hours.values()].sort((a, b) => a.webhookId - b.webhookId || a.hour - b.hour);
    await writeHours(
      trx,
      sorted.map((entry) => ({
        webhook_id: entry.webhookId,
        hour: entry.hour,
        succeeded: entry.succeeded,
        failed: entry.failed,
        last_delivery_id: entry.lastDeliveryId,
        ...Object.fromEntries(durationColumns.map(({ name }, index) => [name, entry.durations[index]])),
      })),
    );
  };

  const writeHours = async (trx: Connection, rows: readonly Record<string, unknown>[]): Promise<void> => {
    const table = qualified(database, tables.hours);
    if (takesJsonRows(database.client)) {
      const names = Object.keys(hourColumns).join(', ');
      const sums = summedColumns.map((name) => `${name} = total.${name} + excluded.${name}`).join(', ');
      // `where true`: SQLite would else read ON CONFLICT as the condition of a join.
      await trx.raw(
        `insert into ${table} as total (${names}) select ${names} from ${jsonRows(database.client, hourColumns, 'given')} where true
         on conflict (webhook_id, hour) do update set ${sums}, last_delivery_id = excluded.last_delivery_id`,
        [jsonParameter(rows)],
      );
      return;
    }
    await database
      .from(trx, tables.hours)
      .insert([...rows])
      .onConflict(['webhook_id', 'hour'])
      .merge({
        ...Object.fromEntries(
          summedColumns.map((name) => [name, trx.raw(`${tables.hours}.${name} + values(${name})`)]),
        ),
        last_delivery_id: trx.raw('values(last_delivery_id)'),
      });
  };

  const insertAttempts = async (trx: Connection, rows: readonly OutcomeRow[]): Promise<void> => {
    const values = rows.map((row) => attemptRow(row.deliveryId, row.attempt));
    if (!takesJsonRows(database.client)) {
      for (const part of await database.statements(trx, tables.attempts, values))
        await database.from(trx, tables.attempts).insert(part);
      return;
    }
    const names = Object.keys(attemptColumns).join(', ');
    await trx.raw(
      `insert into ${qualified(database, tables.attempts)} (${names}) select ${names} from ${jsonRows(database.client, attemptColumns, 'given')}`,
      [jsonParameter(values)],
    );
  };

  const writeBatch = (trx: Connection, rows: readonly OutcomeRow[]): Promise<void> =>
    order.releasing(trx, rows, async () => {
      const written = await updateDeliveries(trx, rows);
      if (written !== rows.length) throw new LostLease();
      await insertAttempts(trx, rows);
      await addToHours(trx, rows);
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

  return {
    /**
     * Writes a batch of outcomes in one transaction. A batch that is refused is written row by row; a row
     * that is still refused is written without the answer. Returns the ids of rows that were not ours any
     * more (another worker had taken over: the outcome is dropped, the other's counts), and of those that were
     * refused even so: they keep their lease, and nobody else waits for them. Throws what is transient: the caller
     * tries again.
     */
    async record(rows: readonly OutcomeRow[]): Promise<{ lost: number[]; refused: number[] }> {
      const lost: number[] = [];
      const refused: number[] = [];
      if (rows.length === 0) return { lost, refused };
      try {
        await recordBatch(rows);
      } catch (error) {
        if (isTransient(error)) throw error;
        // One lost lease must not send the others through one by one: their leases would run out meanwhile.
        const ours = error instanceof LostLease ? await stillOurs(rows) : rows;
        if (ours.length < rows.length) {
          const others = rows.filter((row) => !ours.includes(row)).map(({ deliveryId }) => deliveryId);
          const rest = await this.record(ours);
          return { lost: [...others, ...rest.lost], refused: rest.refused };
        }
        for (const row of rows) {
          try {
            if (!(await recordOne(row))) lost.push(row.deliveryId);
          } catch (cause) {
            if (isTransient(cause)) throw cause;
            refused.push(row.deliveryId);
          }
        }
      }
      return { lost, refused };

      async function recordOne(row: OutcomeRow): Promise<boolean> {
        try {
          return await recordBatch([row]);
        } catch (error) {
          if (error instanceof LostLease) return false;
          if (isTransient(error)) throw error;
          const bare = {
            ...row,
            attempt: {
              ...row.attempt,
              statusText: null,
              responseHeaders: null,
              responseBody: null,
              error: null,
            },
          };
          return await recordBatch([bare]).catch((cause: unknown) => {
            if (cause instanceof LostLease) return false;
            throw cause;
          });
        }
      }
    },

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
    async insertAttempt(connection: Connection, deliveryId: number, attempt: NewAttempt): Promise<void> {
      const row = storable(tables.attempts, attemptRow(deliveryId, attempt));
      await database.from(connection, tables.attempts).insert(row);
    },

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
      await this.insertAttempt(connection, deliveryId, attempt);
    },

    /** Newest first. */
    async attempts(connection: Connection, deliveryId: number): Promise<AttemptRow[]> {
      const rows = (await database
        .from(connection, tables.attempts)
        .select('*')
        .where({ delivery_id: deliveryId })
        .orderBy('id', 'desc')
        .limit(100)) as Record<string, unknown>[];
      return rows.map(fromAttemptRow);
    },

    /** When the newest attempt began, epoch ms, or null. */
    async lastAttemptAt(connection: Connection): Promise<number | null> {
      const row: unknown = await database
        .from(connection, tables.attempts)
        .select('at')
        .orderBy('id', 'desc')
        .first();
      return toNumberOrNull((row as { at: unknown } | undefined)?.at);
    },

    async hours(connection: Connection, webhookIds: readonly number[], since: number): Promise<HourRow[]> {
      if (webhookIds.length === 0) return [];
      const rows = (await database
        .from(connection, tables.hours)
        .select('*')
        .whereIn('webhook_id', [...webhookIds])
        .where('hour', '>=', since)) as Record<string, unknown>[];
      return rows.map((row) => ({
        webhookId: toNumber(row.webhook_id),
        hour: toNumber(row.hour),
        succeeded: toNumber(row.succeeded),
        failed: toNumber(row.failed),
        lastDeliveryId: toNumberOrNull(row.last_delivery_id),
        durations: durationColumns.map(({ name }) => toNumber(row[name])),
      }));
    },

    /** The delivery that each webhook last made an attempt for, whenever that was. */
    async lastDeliveries(
      connection: Connection,
      webhookIds: readonly number[],
    ): Promise<Map<number, number>> {
      if (webhookIds.length === 0) return new Map();
      const latest = database
        .from(connection, tables.hours)
        .select('webhook_id')
        .max('hour as hour')
        .whereIn('webhook_id', [...webhookIds])
        .groupBy('webhook_id')
        .as('latest');
      const rows = (await database
        .from(connection, tables.hours)
        .join(latest, (join) => {
          join
            .on(`${tables.hours}.webhook_id`, 'latest.webhook_id')
            .andOn(`${tables.hours}.hour`, 'latest.hour');
        })
        .select([`${tables.hours}.webhook_id as webhook_id`, 'last_delivery_id'])) as Record<
        string,
        unknown
      >[];
      return new Map(
        rows.flatMap((row) =>
          row.last_delivery_id === null ? [] : [[toNumber(row.webhook_id), toNumber(row.last_delivery_id)]],
        ),
      );
    },
  };
}

export type OutcomeStore = ReturnType<typeof createOutcomeStore>;

/** Whether its duration says how fast the receiver is: a name that does not exist is found out at once. */
const wasWithReceiver = ({ httpStatus, code }: NewAttempt): boolean =>
  httpStatus !== null || code === 'timeout';

/** Another worker holds the delivery now: our outcome must not be written. */
class LostLease extends Error {}

/** Rows changed by a raw UPDATE: better-sqlite3 `{ changes }`, pg `{ rowCount }`, mysql2 `[{ affectedRows }]`. */
function affected(result: unknown): number {
  const first: unknown = Array.isArray(result) ? result[0] : result;
  const answer = (first ?? {}) as { changes?: number; rowCount?: number; affectedRows?: number };
  return answer.changes ?? answer.rowCount ?? answer.affectedRows ?? 0;
}
