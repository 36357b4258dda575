import type { DeliveryState, ReplayRefusal } from '../../../contracts';
import { tables } from '../constants';
import type { Connection, Database } from './connection';
import { toNumber, toNumberOrNull, toTextOrNull } from './connection';
import { insertId } from './db';
import type { DeliveryStore } from './deliveries';
import type { DeliveryFilter, DeliveryScan } from './deliveries/scan';
import { clipped, storableText } from './storable';

/** The deliveries that a job resends. */
export interface ReplayFilter extends DeliveryFilter {
  states: readonly DeliveryState[];
  /** A selection: its ids by webhook, ascending. */
  selection?: Record<string, number[]>;
}

export interface NewReplay {
  filter: ReplayFilter;
  /** Webhook id → the id up to which its deliveries are done. */
  cursors: Record<string, number>;
  lastId: number;
  total: number | null;
  byName: string | null;
  createdAt: number;
}

export interface ReplayRow extends NewReplay {
  id: number;
  state: 'running' | 'stopped' | 'finished';
  done: number;
  refused: number;
  refusals: Partial<Record<ReplayRefusal, number>>;
  finishedAt: number | null;
}

/** The result of one step of a job. */
export interface ReplayStep {
  cursors: Record<string, number>;
  done: number;
  refusals: Partial<Record<ReplayRefusal, number>>;
}

/** The next deliveries of one webhook. */
export interface ReplayChunk {
  ids: { id: number; hasBody: boolean }[];
  /** The id up to which everything was read; null at the end. */
  reached: number | null;
}

const scanBudgetMs = 50;
const countBudgetMs = 200;
/** Ids in one statement: it stays short on SQLite, where it stops the process. */
const bodiesAtOnce = 500;

type Refusals = ReplayRow['refusals'];

const sumOf = (refusals: Refusals): number => Object.values(refusals).reduce((sum, count) => sum + count, 0);

export function added(before: Refusals, more: Refusals): Refusals {
  const sum = { ...before };
  for (const [reason, count] of Object.entries(more) as [ReplayRefusal, number][]) {
    sum[reason] = (sum[reason] ?? 0) + count;
  }
  return sum;
}

function fromReplayRow(row: Record<string, unknown>): ReplayRow {
  return {
    id: toNumber(row.id),
    state: String(row.state) as ReplayRow['state'],
    filter: JSON.parse(String(row.filter)) as ReplayFilter,
    cursors: JSON.parse(String(row.cursors)) as Record<string, number>,
    lastId: toNumber(row.last_id),
    total: toNumberOrNull(row.total),
    done: toNumber(row.done),
    refused: toNumber(row.refused),
    refusals: JSON.parse(String(row.refusals)) as ReplayRow['refusals'],
    byName: toTextOrNull(row.by_name),
    createdAt: toNumber(row.created_at),
    finishedAt: toNumberOrNull(row.finished_at),
  };
}

export function createReplayStore(
  database: Database,
  { scan, newestId }: DeliveryScan,
  { resendMany }: Pick<DeliveryStore, 'resendMany'>,
) {
  const replays = (connection: Connection) => database.from(connection, tables.replays);

  /** Which of these deliveries have a body; the bodies are not loaded. */
  const withBody = async (connection: Connection, ids: readonly number[]): Promise<Set<number>> => {
    if (ids.length === 0) return new Set();
    const rows = (await database
      .from(connection, `${tables.deliveries} as d`)
      .leftJoin(`${tables.events} as e`, 'e.id', 'd.event_id')
      .select('d.id')
      .whereIn('d.id', [...ids])
      .where((any: { orWhereNotNull(column: string): unknown }) => {
        any.orWhereNotNull('d.body');
        any.orWhereNotNull('e.body');
      })) as { id: unknown }[];
    return new Set(rows.map((row) => toNumber(row.id)));
  };

  return {
    newestId,
    withBody,

    async create(connection: Connection, replay: NewReplay): Promise<number> {
      const insert = replays(connection).insert({
        state: 'running',
        filter: JSON.stringify(replay.filter),
        cursors: JSON.stringify(replay.cursors),
        last_id: replay.lastId,
        total: replay.total,
        done: 0,
        refused: 0,
        refusals: '{}',
        by_name: replay.byName === null ? null : clipped(storableText(replay.byName)),
        created_at: replay.createdAt,
      });
      return insertId(database, insert);
    },

    /** Newest first. */
    async latest(connection: Connection, limit: number): Promise<ReplayRow[]> {
      const rows = (await replays(connection).select('*').orderBy('id', 'desc').limit(limit)) as Record<
        string,
        unknown
      >[];
      return rows.map(fromReplayRow);
    },

    async find(connection: Connection, id: number): Promise<ReplayRow | null> {
      const row: unknown = await replays(connection).select('*').where({ id }).first();
      return row ? fromReplayRow(row as Record<string, unknown>) : null;
    },

    /** What a filter finds, up to `atMost`; `more` where there are more, or the time was over. */
    async found(
      connection: Connection,
      filter: DeliveryFilter,
      atMost: number,
    ): Promise<{ rows: { id: number; webhookId: number }[]; more: boolean }> {
      const { rows, reached } = await scan(connection, {
        filter,
        order: 'newest',
        above: 0,
        below: Number.MAX_SAFE_INTEGER,
        want: atMost + 1,
        columns: ['id', 'webhook_id'],
        budgetMs: countBudgetMs,
      });
      const found = rows.map((row) => ({ id: toNumber(row.id), webhookId: toNumber(row.webhook_id) }));
      return { rows: found.slice(0, atMost), more: reached !== null };
    },

    /** How many of these deliveries have a body to send. */
    async sendable(connection: Connection, ids: readonly number[]): Promise<number> {
      let count = 0;
      for (let from = 0; from < ids.length; from += bodiesAtOnce) {
        count += (await withBody(connection, ids.slice(from, from + bodiesAtOnce))).size;
      }
      return count;
    },

    /** The next deliveries of a webhook for this job, oldest first. */
    async chunk(
      connection: Connection,
      replay: ReplayRow,
      webhookId: number,
      limit: number,
    ): Promise<ReplayChunk> {
      const above = replay.cursors[webhookId] ?? 0;
      const { selection, ...filter } = replay.filter;
      const ids = selection?.[webhookId]?.filter((id) => id > above).slice(0, limit);
      const { rows, reached } = await scan(connection, {
        filter: { ...filter, webhook: webhookId, ...(ids ? { ids } : {}) },
        order: 'oldest',
        above,
        below: replay.lastId + 1,
        want: limit,
        columns: ['id'],
        budgetMs: scanBudgetMs,
      });
      const found = rows.map((row) => toNumber(row.id));
      const sendable = await withBody(connection, found);
      return {
        ids: found.map((id) => ({ id, hasBody: sendable.has(id) })),
        // The last of the requested part of a selection, whether or not it was found.
        reached: ids ? (ids.length < limit ? null : (ids.at(-1) ?? null)) : reached,
      };
    },

    /** Running jobs without another worker, oldest first, including those whose worker has stopped. */
    async free(token: string, now: number): Promise<number[]> {
      const rows = (await replays(database.pool())
        .select('id')
        .where({ state: 'running' })
        .where(isFree(token, now))
        .orderBy('id')) as { id: unknown }[];
      return rows.map((row) => toNumber(row.id));
    },

    /** Takes or extends the lease of the job; null if another was first. */
    async lease(id: number, token: string, now: number, until: number): Promise<ReplayRow | null> {
      const taken = await replays(database.pool())
        .where({ id, state: 'running' })
        .where(isFree(token, now))
        .update({ lease_token: token, lease_until: until });
      return toNumber(taken) === 1 ? this.find(database.pool(), id) : null;
    },

    /**
     * One step, completely or not at all: these deliveries become due again, the cursors advance, and the
     * lease is kept. False if nothing was done: the job was stopped, or belongs to another.
     */
    async step(
      replay: ReplayRow,
      ids: readonly number[],
      states: readonly DeliveryState[],
      step: ReplayStep,
      lease: { token: string; now: number; until: number },
    ): Promise<boolean> {
      const refusals = added(replay.refusals, step.refusals);
      return database.transaction(async (trx) => {
        const changed = await replays(trx)
          .where({ id: replay.id, state: 'running', lease_token: lease.token })
          .update({
            cursors: JSON.stringify(step.cursors),
            done: replay.done + step.done,
            refused: sumOf(refusals),
            refusals: JSON.stringify(refusals),
            lease_until: lease.until,
          });
        if (toNumber(changed) !== 1) return false;
        await resendMany(trx, ids, states, lease.now);
        return true;
      });
    },

    async finish(id: number, token: string, now: number): Promise<void> {
      await replays(database.pool())
        .where({ id, state: 'running', lease_token: token })
        .update({ state: 'finished', finished_at: now, lease_until: null, lease_token: null });
    },

    async release(token: string): Promise<void> {
      await replays(database.pool())
        .where({ lease_token: token })
        .update({ lease_until: null, lease_token: null });
    },

    /** @returns whether it was in the expected state. */
    async turn(id: number, from: 'running' | 'stopped', to: 'running' | 'stopped'): Promise<boolean> {
      const changed = await replays(database.pool())
        .where({ id, state: from })
        .update({ state: to, lease_until: null, lease_token: null });
      return toNumber(changed) === 1;
    },
  };
}

interface Condition {
  whereNull(column: string): Condition;
  orWhere(column: string, operator: string, value: number | string): Condition;
}

/** A lease of a job ends much earlier: a longer one was taken before the clock was set back. */
const longestLeaseMs = 5 * 60_000;

const isFree = (token: string, now: number) => (any: Condition) =>
  any
    .whereNull('lease_until')
    .orWhere('lease_until', '<', now)
    .orWhere('lease_until', '>', now + longestLeaseMs)
    .orWhere('lease_token', '=', token);

export type ReplayStore = ReturnType<typeof createReplayStore>;
