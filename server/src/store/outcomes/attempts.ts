import type { AttemptView, FailureCode } from '../../../../contracts';
import { tables } from '../../constants';
import type { Connection, Database } from '../connection';
import { toBoolean, toNumber, toNumberOrNull, toTextOrNull } from '../connection';
import { qualified } from '../db';
import { insertJsonRows, takesJsonRows } from '../json-rows';
import type { JsonColumns } from '../json-rows';
import { clipped, storable } from '../storable';

export interface NewAttempt extends Pick<
  AttemptView,
  'number' | 'kind' | 'at' | 'durationMs' | 'outcome' | 'code' | 'error'
> {
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

/** Attempts of one delivery that are given at most; nobody reads more. */
const attemptsAtMost = 100;

/** The attempts of deliveries: one row each, with what was sent and answered. */
export function createAttemptStore(database: Database) {
  const attempts = (connection: Connection) => database.from(connection, tables.attempts);

  return {
    async insertMany(
      trx: Connection,
      rows: readonly { deliveryId: number; attempt: NewAttempt }[],
    ): Promise<void> {
      const values = rows.map((row) => attemptRow(row.deliveryId, row.attempt));
      if (takesJsonRows(database.client)) {
        const into = qualified(database, tables.attempts);
        await insertJsonRows(trx, database.client, { into, columns: attemptColumns, rows: values });
        return;
      }
      for (const part of await database.statements(trx, tables.attempts, values))
        await attempts(trx).insert(part);
    },

    async insert(connection: Connection, deliveryId: number, attempt: NewAttempt): Promise<void> {
      await attempts(connection).insert(storable(tables.attempts, attemptRow(deliveryId, attempt)));
    },

    /** Of one delivery, newest first. */
    async of(connection: Connection, deliveryId: number): Promise<AttemptRow[]> {
      const rows = (await attempts(connection)
        .select('*')
        .where({ delivery_id: deliveryId })
        .orderBy('id', 'desc')
        .limit(attemptsAtMost)) as Record<string, unknown>[];
      return rows.map(fromAttemptRow);
    },

    /** When the newest attempt began, epoch ms, or null. */
    async lastAt(connection: Connection): Promise<number | null> {
      const row: unknown = await attempts(connection).select('at').orderBy('id', 'desc').first();
      return toNumberOrNull((row as { at: unknown } | undefined)?.at);
    },
  };
}
