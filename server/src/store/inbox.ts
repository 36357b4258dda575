import { inboxLimits } from '../../../contracts';
import type { InboxRequestRow, SignatureVerdict } from '../../../contracts';
import { inboxTables } from '../models/inbox';
import { storable } from './storable';
import type { Database } from './connection';
import { toBoolean, toNumber, toTextOrNull } from './connection';
import { insertId } from './db';
import { eachInTurn } from './others-turn';

export interface NewInbox {
  token: string;
  name: string;
  answerStatus: number;
  answerDelaySeconds: number;
  /** Epoch milliseconds. */
  createdAt: number;
  expiresAt: number;
}

export interface StoredInbox extends NewInbox {
  id: number;
}

export type InboxPatch = Partial<Pick<NewInbox, 'name' | 'answerStatus' | 'answerDelaySeconds'>>;

/** A request as shown in the list: no long values. */
export interface InboxRequestSummary extends InboxRequestRow {
  /** As sent; of a request that was too large, as announced or as far as it was read. */
  bodyBytes: number;
  tooLarge: boolean;
}

export interface StoredInboxRequest extends InboxRequestSummary {
  query: string;
  /** In the order and case in which they arrived. */
  headers: [string, string][];
  /** The exact bytes; empty when `tooLarge`. */
  bodyBase64: string;
}

export type NewInboxRequest = Omit<StoredInboxRequest, 'id'> & { inboxId: number };

export interface GivenAnswer {
  answeredStatus: number;
  answeredAfterMs: number;
}

type Row = Record<string, unknown>;

/** A row can contain 2 MiB; 20 of them are deleted within the 50 ms that one statement may block SQLite. */
const deleteChunk = 20;

/** `integer` on every database; a client can announce any length. */
const maxInteger = 2 ** 31 - 1;

const summaryColumns = [
  'id',
  'method',
  'path',
  'event_type',
  'test',
  'received_at',
  'body_bytes',
  'too_large',
  'answered_status',
  'answered_after_ms',
  'signature',
];

function fromInboxRow(row: Row): StoredInbox {
  return {
    id: toNumber(row.id),
    token: String(row.token),
    name: String(row.name),
    answerStatus: toNumber(row.answer_status),
    answerDelaySeconds: toNumber(row.answer_delay_seconds),
    createdAt: toNumber(row.created_at_ms),
    expiresAt: toNumber(row.expires_at_ms),
  };
}

function fromSummaryRow(row: Row): InboxRequestSummary {
  return {
    id: toNumber(row.id),
    method: String(row.method),
    path: String(row.path),
    eventType: toTextOrNull(row.event_type),
    test: toBoolean(row.test),
    receivedAt: toNumber(row.received_at),
    bodyBytes: toNumber(row.body_bytes),
    tooLarge: toBoolean(row.too_large),
    answeredStatus: toNumber(row.answered_status),
    answeredAfterMs: toNumber(row.answered_after_ms),
    signature: JSON.parse(String(row.signature)) as SignatureVerdict,
  };
}

function fromRequestRow(row: Row): StoredInboxRequest {
  return {
    ...fromSummaryRow(row),
    query: String(row.query),
    headers: JSON.parse(String(row.headers)) as [string, string][],
    bodyBase64: String(row.body_base_64),
  };
}

const toRequestRow = (request: NewInboxRequest): Row => ({
  inbox_id: request.inboxId,
  method: request.method,
  body_bytes: Math.min(request.bodyBytes, maxInteger),
  too_large: request.tooLarge,
  event_type: request.eventType,
  test: request.test,
  received_at: request.receivedAt,
  answered_status: request.answeredStatus,
  answered_after_ms: request.answeredAfterMs,
  signature: JSON.stringify(request.signature),
  path: request.path,
  query: request.query,
  headers: JSON.stringify(request.headers),
  body_base_64: request.bodyBase64,
});

/**
 * The inboxes and their requests. Every function here treats an expired inbox as deleted. Runs on the pool,
 * without transactions: nothing here is part of a content change, and a trimming skipped by a crash is done
 * by the next request.
 */
export function createInboxStore(database: Pick<Database, 'client' | 'pool' | 'from'>) {
  const inboxes = () => database.from(database.pool(), inboxTables.inboxes);
  const requests = () => database.from(database.pool(), inboxTables.requests);

  /** In small statements, so that nothing waits for long; requests that arrive meanwhile stay. */
  const removeRequests = async (narrow: (query: ReturnType<typeof requests>) => void): Promise<void> => {
    for (;;) {
      const found = (await requests().select('id').modify(narrow).orderBy('id').limit(deleteChunk)) as Row[];
      if (found.length > 0)
        await requests()
          .whereIn(
            'id',
            found.map((row) => toNumber(row.id)),
          )
          .delete();
      if (found.length < deleteChunk) return;
    }
  };

  const newestId = async (inboxId: number): Promise<number> => {
    const [row] = (await requests().where({ inbox_id: inboxId }).max('id as id')) as Row[];
    return toNumber(row?.id ?? 0);
  };

  const clear = async (inboxId: number): Promise<void> => {
    const upTo = await newestId(inboxId);
    await removeRequests((query) => void query.where({ inbox_id: inboxId }).where('id', '<=', upTo));
  };

  const remove = async (inboxId: number): Promise<void> => {
    await inboxes().where({ id: inboxId }).delete();
    await clear(inboxId);
  };

  /** The id of the newest request beyond the limits, or null. */
  const firstWithoutRoom = async (inboxId: number): Promise<number | null> => {
    const rows = (await requests()
      .select('id', 'body_bytes', 'too_large')
      .where({ inbox_id: inboxId })
      .orderBy('id', 'desc')
      .limit(inboxLimits.requests + 1)) as Row[];
    let bytes = 0;
    for (const [index, row] of rows.entries()) {
      bytes += toBoolean(row.too_large) ? 0 : toNumber(row.body_bytes);
      if (index >= inboxLimits.requests || bytes > inboxLimits.totalBytes) return toNumber(row.id);
    }
    return null;
  };

  return {
    /** Newest first. */
    async list(now: number): Promise<(StoredInbox & { requestCount: number })[]> {
      const rows = (await inboxes()
        .select('*')
        .where('expires_at_ms', '>', now)
        .orderBy('id', 'desc')) as Row[];
      const counted = (await requests()
        .select('inbox_id')
        .count('id as requests')
        .whereIn(
          'inbox_id',
          rows.map((row) => toNumber(row.id)),
        )
        .groupBy('inbox_id')) as Row[];
      const counts = new Map(counted.map((row) => [toNumber(row.inbox_id), toNumber(row.requests)]));
      return rows.map(fromInboxRow).map((inbox) => ({ ...inbox, requestCount: counts.get(inbox.id) ?? 0 }));
    },

    async find(token: string, now: number): Promise<StoredInbox | null> {
      const rows = (await inboxes()
        .select('*')
        .where({ token })
        .where('expires_at_ms', '>', now)
        .limit(1)) as Row[];
      // MySQL compares case-insensitively.
      return rows.map(fromInboxRow).find((inbox) => inbox.token === token) ?? null;
    },

    async create(inbox: NewInbox): Promise<void> {
      await inboxes().insert({
        token: inbox.token,
        name: inbox.name,
        answer_status: inbox.answerStatus,
        answer_delay_seconds: inbox.answerDelaySeconds,
        created_at_ms: inbox.createdAt,
        expires_at_ms: inbox.expiresAt,
      });
    },

    async update(inboxId: number, patch: InboxPatch): Promise<void> {
      const columns = {
        ...(patch.name !== undefined && { name: patch.name }),
        ...(patch.answerStatus !== undefined && { answer_status: patch.answerStatus }),
        ...(patch.answerDelaySeconds !== undefined && { answer_delay_seconds: patch.answerDelaySeconds }),
      };
      if (Object.keys(columns).length > 0) await inboxes().where({ id: inboxId }).update(columns);
    },

    /** Including its requests. */
    remove,

    async countRequests(inboxId: number): Promise<number> {
      const [row] = (await requests().where({ inbox_id: inboxId }).count('id as requests')) as Row[];
      return toNumber(row?.requests ?? 0);
    },

    /**
     * Stores a request; the oldest are deleted if there are more than 200 or 20 MiB of them. Returns its id.
     */
    async addRequest(request: NewInboxRequest): Promise<number> {
      const id = await insertId(
        database,
        requests().insert(storable(inboxTables.requests, toRequestRow(request))),
      );
      const upTo = await firstWithoutRoom(request.inboxId);
      if (upTo !== null)
        await removeRequests(
          (query) => void query.where({ inbox_id: request.inboxId }).where('id', '<=', upTo),
        );
      return id;
    },

    async setAnswer(requestId: number, answer: GivenAnswer): Promise<void> {
      await requests()
        .where({ id: requestId })
        .update({ answered_status: answer.answeredStatus, answered_after_ms: answer.answeredAfterMs });
    },

    /** Newest first; with `after` those newer than that id. */
    async requests(inboxId: number, after?: number): Promise<InboxRequestSummary[]> {
      const query = requests()
        .select(summaryColumns)
        .where({ inbox_id: inboxId })
        .orderBy('id', 'desc')
        .limit(inboxLimits.requests);
      if (after !== undefined) query.where('id', '>', after);
      return ((await query) as Row[]).map(fromSummaryRow);
    },

    async request(inboxId: number, id: number): Promise<StoredInboxRequest | null> {
      const rows = (await requests().select('*').where({ inbox_id: inboxId, id }).limit(1)) as Row[];
      return rows.map(fromRequestRow)[0] ?? null;
    },

    /** Deletes its requests and keeps the inbox. */
    clear,

    /**
     * Deletes expired inboxes with all their requests, and requests that arrived while their inbox was being
     * deleted. Returns the number of deleted inboxes.
     */
    async removeExpired(now: number): Promise<number> {
      const expired = (await inboxes().select('id').where('expires_at_ms', '<=', now)) as Row[];
      await eachInTurn(expired, (row) => remove(toNumber(row.id)));
      await removeRequests((query) => void query.whereNotIn('inbox_id', inboxes().select('id')));
      return expired.length;
    },
  };
}

export type InboxStore = ReturnType<typeof createInboxStore>;
