import type { DeliveryListQuery } from '../../../contracts';
import { bodiesSearchedAtMost, failureCodes } from '../../../contracts';
import { tables } from '../constants';
import type { Connection, Database } from './connection';
import { toNumber, toNumberOrNull } from './connection';
import type { StoredDelivery } from './deliveries';
import { fromDeliveryRow } from './deliveries';
import type { DeliveryFilter, DeliveryScan, Found, Scan } from './delivery-scan';

export interface LogPage {
  /** One more than the page holds, where there is one. */
  rows: StoredDelivery[];
  /** The id down to which everything was looked at; null where nothing is left. */
  reached: number | null;
  bodiesSearched: number | null;
}

/** A rare filter gives what it found in this time; the reader may go on from there. */
const pageBudgetMs = 20;
/** The reader has asked to go on: a million rows are looked through in about this time. */
const thoroughBudgetMs = 1500;
/** Bodies a statement: SQLite reads a few thousand in the time that one statement may take. */
const bodyChunk = 250;
/** What an id begins with is found in so many of them. */
const idsAtMost = 200;

const budgetOf = ({ thorough }: DeliveryListQuery): number => (thorough ? thoroughBudgetMs : pageBudgetMs);

/** The other filters of a question. */
export const filterOf = (query: Partial<DeliveryListQuery>): DeliveryFilter => ({
  webhook: query.webhook,
  eventType: query.eventType,
  states: query.state && [query.state],
  ...failureOf(query),
  documentId: query.documentId,
  uid: query.uid,
  test: query.tests === undefined || query.tests === 'show' ? undefined : query.tests === 'only',
  until: query.until,
});

/** How the last try failed; with `tries` how any of them did, whose time is then meant. */
const failureOf = ({ tries, code, httpStatus, since }: Partial<DeliveryListQuery>): DeliveryFilter =>
  tries === 'any' ? { failedTry: { code, httpStatus, since } } : { code, httpStatus, since };

/** The log's reading side: keyset paging by id, newest first, no counting. */
export function createDeliveryLog(database: Database, { scan }: DeliveryScan) {
  const deliveries = (connection: Connection) => database.from(connection, tables.deliveries);

  /**
   * Ids whose event id or entry is, or begins with, the text. Postgres has no index for beginnings in a language's
   * order of letters: there only the whole id is found in the whole log.
   */
  const byId = async (connection: Connection, text: string): Promise<number[]> => {
    const found = new Set<number>();
    for (const column of ['message_id', 'document_id']) {
      const q = deliveries(connection).select('id').limit(idsAtMost);
      if (database.client === 'postgres') void q.where(column, text);
      else void q.where(column, '>=', text).where(column, '<', `${text}\u{10ffff}`);
      for (const row of (await q) as { id: unknown }[]) found.add(toNumber(row.id));
    }
    return [...found];
  };

  /** Where a text is contained, in this database's words. Letters count as they are written. */
  const contains = (column: string) =>
    database.client === 'postgres' ? `position(? in ${column}) > 0` : `instr(${column}, ?) > 0`;

  /** Those of these deliveries whose body, host or id has the text in it. */
  const withText = async (
    connection: Connection,
    ids: readonly number[],
    text: string,
  ): Promise<number[]> => {
    if (ids.length === 0) return [];
    const found = (await database
      .from(connection, `${tables.deliveries} as d`)
      .leftJoin(`${tables.events} as e`, 'e.id', 'd.event_id')
      .select('d.id')
      .whereIn('d.id', [...ids])
      .where((any: { orWhereRaw(sql: string, bindings: string[]): unknown }) => {
        // What was sent: of a delivery that has a body of its own, not that of the event.
        for (const column of ['coalesce(d.body, e.body)', 'd.host', 'd.message_id', 'd.document_id']) {
          any.orWhereRaw(contains(column), [text]);
        }
      })) as { id: unknown }[];
    return found.map((row) => toNumber(row.id));
  };

  /** The newest within the filters are looked through, until they are many or the time is over. */
  const byBody = async (
    connection: Connection,
    { filter, above, below, budgetMs }: Pick<Scan, 'filter' | 'above' | 'below' | 'budgetMs'>,
    text: string,
  ): Promise<{ ids: number[]; searched: number; reached: number | null }> => {
    const end = performance.now() + budgetMs;
    const found: number[] = [];
    let searched = 0;
    let reached: number | null = below;
    do {
      const walked: Found = await scan(connection, {
        ...{ filter, above, below: reached, order: 'newest', want: bodyChunk, columns: ['id'] },
        budgetMs: Math.max(1, end - performance.now()),
      });
      const ids = walked.rows.map((row) => toNumber(row.id));
      found.push(...(await withText(connection, ids, text)));
      searched += ids.length;
      reached = searched < bodiesSearchedAtMost ? walked.reached : null;
    } while (reached !== null && performance.now() < end);
    return { ids: found, searched, reached };
  };

  /** The webhooks that call, or called when they last did, a host that begins so. */
  const filtersByText = (filter: DeliveryFilter, text: string, webhookIds: readonly number[]) => {
    const isCode = failureCodes.some((code) => code === text) && (filter.code ?? text) === text;
    const webhooks = webhookIds.filter((id) => (filter.webhook ?? id) === id);
    return [
      ...(isCode ? [{ ...filter, code: text }] : []),
      ...webhooks.map((webhook) => ({ ...filter, webhook })),
    ];
  };

  const pageByText = async (
    connection: Connection,
    query: DeliveryListQuery,
    text: string,
    webhookIds: readonly number[],
  ): Promise<LogPage> => {
    const filter = filterOf(query);
    const above = query.after ?? 0;
    const below = query.before ?? Number.MAX_SAFE_INTEGER;
    const want = query.pageSize + 1;
    const named = await byId(connection, text);
    // What is an id is meant as one.
    const budgetMs = budgetOf(query);
    const inBodies =
      named.length > 0 ? null : await byBody(connection, { filter, above, below, budgetMs }, text);
    const ids = [...new Set([...named, ...(inBodies?.ids ?? [])])]
      .filter((id) => id > above && id < below)
      .sort((a, b) => b - a);
    const found = new Map<number, Record<string, unknown>>();
    let reached: number | null = inBodies?.reached ?? null;
    for (const part of filtersByText(filter, text, webhookIds)) {
      const walked = await scan(connection, {
        ...{ filter: part, order: 'newest', above, below, want, columns: ['*'], budgetMs: pageBudgetMs },
      });
      walked.rows.forEach((row) => found.set(toNumber(row.id), row));
      if (walked.reached !== null) reached = Math.max(reached ?? 0, walked.reached);
    }
    for (let from = 0; from < ids.length && from < bodiesSearchedAtMost; from += bodyChunk) {
      const part = await scan(connection, {
        filter: { ...filter, ids: ids.slice(from, from + bodyChunk) },
        ...{ order: 'newest', above, below, want, columns: ['*'], budgetMs: pageBudgetMs },
      });
      part.rows.forEach((row) => found.set(toNumber(row.id), row));
      if (part.rows.length >= want) break;
    }
    const rows = [...found.values()]
      .map(fromDeliveryRow)
      .filter(({ id }) => reached === null || id >= reached)
      .sort((a, b) => b.id - a.id)
      .slice(0, want);
    return { rows, reached, bodiesSearched: inBodies?.searched ?? null };
  };

  return {
    /** `webhookIds`: the webhooks whose host the text may mean. */
    async page(
      connection: Connection,
      query: DeliveryListQuery,
      webhookIds: readonly number[] = [],
    ): Promise<LogPage> {
      const text = query.text?.trim();
      if (text) return pageByText(connection, query, text, webhookIds);
      const { rows, reached } = await scan(connection, {
        filter: filterOf(query),
        order: 'newest',
        above: query.after ?? 0,
        below: query.before ?? Number.MAX_SAFE_INTEGER,
        want: query.pageSize + 1,
        columns: ['*'],
        budgetMs: budgetOf(query),
      });
      return { rows: rows.map(fromDeliveryRow), reached, bodiesSearched: null };
    },

    /** When the row of this id, or the next older one, was written. */
    async timeAt(connection: Connection, id: number): Promise<number | null> {
      const row = (await deliveries(connection)
        .select('created_at')
        .where('id', '<=', id)
        .orderBy('id', 'desc')
        .first()) as { created_at: unknown } | undefined;
      return toNumberOrNull(row?.created_at);
    },
  };
}

export type DeliveryLog = ReturnType<typeof createDeliveryLog>;
