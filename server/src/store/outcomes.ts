import type { DeliveryState, FailureCode } from '../../../contracts';
import { tables } from '../constants';
import type { Connection, Database } from './connection';
import { isTransient, toBoolean, toNumber, toNumberOrNull, toTextOrNull } from './connection';
import { qualified } from './deliveries';

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
  attempt: NewAttempt;
}

export interface HourRow {
  webhookId: number;
  hour: number;
  succeeded: number;
  failed: number;
  lastDeliveryId: number | null;
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
  status_text: attempt.statusText?.slice(0, 200) ?? null,
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

/** Column, value of a row, and its type where Postgres must be told (parameters in CASE are text there). */
const updated: readonly { column: string; type: string; value: (row: OutcomeRow) => unknown }[] = [
  { column: 'state', type: 'text', value: (row) => row.state },
  { column: 'attempts', type: 'integer', value: (row) => row.attempts },
  { column: 'due_at', type: 'bigint', value: (row) => row.dueAt },
  { column: 'finished_at', type: 'bigint', value: (row) => row.finishedAt },
  { column: 'http_status', type: 'integer', value: (row) => row.attempt.httpStatus },
  { column: 'code', type: 'text', value: (row) => row.attempt.code },
  { column: 'duration_ms', type: 'integer', value: (row) => row.attempt.durationMs },
];

export function createOutcomeStore(database: Database) {
  /** One UPDATE for the batch. Counts only rows whose fence is still ours. */
  const updateDeliveries = async (trx: Connection, rows: readonly OutcomeRow[]): Promise<number> => {
    const cases = updated.map(({ column, type }) => {
      const expression = `case id ${rows.map(() => 'when ? then ?').join(' ')} end`;
      return `${column} = ${database.client === 'postgres' ? `cast(${expression} as ${type})` : expression}`;
    });
    const bindings = updated.flatMap(({ value }) => rows.flatMap((row) => [row.deliveryId, value(row)]));
    const ours = rows.map(() => '(id = ? and fence = ?)').join(' or ');
    const result: unknown = await trx.raw(
      `update ${qualified(database, tables.deliveries)} set lease_until = null, ${cases.join(', ')} where state = 'delivering' and (${ours})`,
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
      };
      if (row.attempt.outcome === 'succeeded') entry.succeeded += 1;
      else entry.failed += 1;
      entry.lastDeliveryId = row.deliveryId;
      hours.set(key, entry);
    }
    // In one order everywhere, so that two instances do not lock each other's rows crosswise.
    const sorted = [...hours.values()].sort((a, b) => a.webhookId - b.webhookId || a.hour - b.hour);
    const given = (column: string) =>
      database.client === 'mysql' ? `values(${column})` : `excluded.${column}`;
    await database
      .from(trx, tables.hours)
      .insert(
        sorted.map((entry) => ({
          webhook_id: entry.webhookId,
          hour: entry.hour,
          succeeded: entry.succeeded,
          failed: entry.failed,
          last_delivery_id: entry.lastDeliveryId,
        })),
      )
      .onConflict(['webhook_id', 'hour'])
      .merge({
        succeeded: trx.raw(`${tables.hours}.succeeded + ${given('succeeded')}`),
        failed: trx.raw(`${tables.hours}.failed + ${given('failed')}`),
        last_delivery_id: trx.raw(given('last_delivery_id')),
      });
  };

  const insertAttempts = (trx: Connection, rows: readonly OutcomeRow[]) =>
    database.from(trx, tables.attempts).insert(rows.map((row) => attemptRow(row.deliveryId, row.attempt)));

  const recordBatch = (rows: readonly OutcomeRow[]): Promise<boolean> =>
    database.transaction(async (trx) => {
      const written = await updateDeliveries(trx, rows);
      if (written !== rows.length) throw new LostLease();
      await insertAttempts(trx, rows);
      await addToHours(trx, rows);
      return true;
    });

  return {
    /**
     * Writes a batch of outcomes in one transaction. A batch that is refused is written row by row; a row
     * that is still refused is written without the answer. Returns the ids of rows that were not ours any
     * more (another worker had taken over: the outcome is dropped, the other's counts). Throws what is transient:
     * the caller tries again.
     */
    async record(rows: readonly OutcomeRow[]): Promise<{ lost: number[] }> {
      if (rows.length === 0) return { lost: [] };
      try {
        await recordBatch(rows);
        return { lost: [] };
      } catch (error) {
        if (isTransient(error)) throw error;
        const lost: number[] = [];
        for (const row of rows) {
          if (!(await recordOne(row))) lost.push(row.deliveryId);
        }
        return { lost };
      }

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

    /** The attempt of a test event, whose delivery row is finished already. */
    async insertAttempt(connection: Connection, deliveryId: number, attempt: NewAttempt): Promise<void> {
      await database.from(connection, tables.attempts).insert(attemptRow(deliveryId, attempt));
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

/** Another worker holds the delivery now: our outcome must not be written. */
class LostLease extends Error {}

/** Rows changed by a raw UPDATE: better-sqlite3 `{ changes }`, pg `{ rowCount }`, mysql2 `[{ affectedRows }]`. */
function affected(result: unknown): number {
  const first: unknown = Array.isArray(result) ? result[0] : result;
  const answer = (first ?? {}) as { changes?: number; rowCount?: number; affectedRows?: number };
  return answer.changes ?? answer.rowCount ?? answer.affectedRows ?? 0;
}
