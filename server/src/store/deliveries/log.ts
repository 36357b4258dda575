import type { DeliveryListQuery } from '../../../../contracts';
import { bodiesSearchedAtMost } from '../../../../contracts';
import { tables } from '../../constants';
import type { Connection, Database } from '../connection';
import { toNumber, toNumberOrNull } from '../connection';
import { partsOf } from '../statements';
import type { StoredDelivery } from './row';
import { fromDeliveryRow } from './row';
import type { DeliveryFilter, DeliveryScan, Found, Scan } from './scan';

export interface LogPage {
  /** One more than the page size, if there is one. */
  rows: StoredDelivery[];
  /** The id down to which everything was searched; null if nothing is left. */
  reached: number | null;
  bodiesSearched: number | null;
}

/** A kind of failure that is called so: by its code, or by the status of the answer. */
export interface CalledFailure {
  code?: string;
  httpStatus?: number;
}

/** What a text may be the name of. */
export interface TextMeans {
  /** Webhooks that call a host which begins so. */
  webhookIds: readonly number[];
  failures: readonly CalledFailure[];
}

/** With a rare filter the search returns what it found in this time; the reader can continue from there. */
const pageBudgetMs = 20;
/** For a continued search: about a million rows are searched in this time. */
const thoroughBudgetMs = 1500;
/** Bodies per statement: SQLite reads a few thousand in the time that one statement may take. */
const bodyChunk = 250;
/** The beginning of an id is found in at most this many. */
const idsAtMost = 200;

const budgetOf = ({ thorough }: DeliveryListQuery): number => (thorough ? thoroughBudgetMs : pageBudgetMs);

/** The other filters of a query. */
export const filterOf = (query: Partial<DeliveryListQuery>): DeliveryFilter => ({
  webhook: query.webhook,
  eventType: query.eventType,
  ...ofState(query.state),
  ...failureOf(query),
  documentId: query.documentId,
  uid: query.uid,
  test: query.tests === undefined || query.tests === 'show' ? undefined : query.tests === 'only',
  until: query.until,
});

/** What waits after a failed attempt has kept its code; what waits for its first one has none. */
function ofState(state: DeliveryListQuery['state']): DeliveryFilter {
  if (state === 'retrying') return { states: ['pending'], failed: true };
  if (state === 'failing') return { states: ['failed', 'pending'], failed: true };
  return { states: state && [state] };
}

/** The failure of the last attempt; with `tries` of any of them, and then of its time. */
const failureOf = ({ tries, code, httpStatus, since }: Partial<DeliveryListQuery>): DeliveryFilter =>
  tries === 'any' ? { failedTry: { code, httpStatus, since } } : { code, httpStatus, since };

/** The reading side of the log: keyset pagination by id, newest first, no counting. */
export function createDeliveryLog(database: Database, { scan }: DeliveryScan) {
  const deliveries = (connection: Connection) => database.from(connection, tables.deliveries);

  /**
   * Ids whose event id or entry equals, or begins with, the text. Postgres has no index for prefixes with a
   * locale's collation: there only the whole id is found in the whole log.
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

  /** A condition for a contained text, in this database's syntax. Case-sensitive. */
  const contains = (column: string) =>
    database.client === 'postgres' ? `position(? in ${column}) > 0` : `instr(${column}, ?) > 0`;

  /** Those of these deliveries whose body, host or id contains the text. */
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
        // The sent body: of a delivery with a body of its own, not that of the event.
        for (const column of [
          'coalesce(d.request_body, d.body, e.body)',
          'd.host',
          'd.message_id',
          'd.document_id',
        ]) {
          any.orWhereRaw(contains(column), [text]);
        }
      })) as { id: unknown }[];
    return found.map((row) => toNumber(row.id));
  };

  /** Searches the newest matching deliveries, until their number or the time is exhausted. */
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

  /** What the text names, as far as the other filters allow it: each is a question of its own. */
  const filtersByText = (filter: DeliveryFilter, { webhookIds, failures }: TextMeans) => {
    const fits = ({ code, httpStatus }: CalledFailure): boolean =>
      (code === undefined || (filter.code ?? code) === code) &&
      (httpStatus === undefined || (filter.httpStatus ?? httpStatus) === httpStatus);
    const webhooks = webhookIds.filter((id) => (filter.webhook ?? id) === id);
    return [
      ...failures.filter(fits).map((failure) => ({ ...filter, ...failure })),
      ...webhooks.map((webhook) => ({ ...filter, webhook })),
    ];
  };

  const pageByText = async (
    connection: Connection,
    query: DeliveryListQuery,
    text: string,
    means: TextMeans,
  ): Promise<LogPage> => {
    const filter = filterOf(query);
    const above = query.after ?? 0;
    const below = query.before ?? Number.MAX_SAFE_INTEGER;
    const want = query.pageSize + 1;
    const named = await byId(connection, text);
    // A text that is an id is only searched as an id.
    const budgetMs = budgetOf(query);
    const inBodies =
      named.length > 0 ? null : await byBody(connection, { filter, above, below, budgetMs }, text);
    const ids = [...new Set([...named, ...(inBodies?.ids ?? [])])]
      .filter((id) => id > above && id < below)
      .sort((a, b) => b - a);
    const found = new Map<number, Record<string, unknown>>();
    let reached: number | null = inBodies?.reached ?? null;
    for (const part of filtersByText(filter, means)) {
      const walked = await scan(connection, {
        ...{ filter: part, order: 'newest', above, below, want, columns: ['*'], budgetMs: pageBudgetMs },
      });
      walked.rows.forEach((row) => found.set(toNumber(row.id), row));
      if (walked.reached !== null) reached = Math.max(reached ?? 0, walked.reached);
    }
    for (const some of partsOf(ids.slice(0, bodiesSearchedAtMost), bodyChunk)) {
      const part = await scan(connection, {
        filter: { ...filter, ids: some },
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
    /** `means`: what the query's text names, beside what it is found in. */
    async page(
      connection: Connection,
      query: DeliveryListQuery,
      means: TextMeans = { webhookIds: [], failures: [] },
    ): Promise<LogPage> {
      const text = query.text?.trim();
      if (text) return pageByText(connection, query, text, means);
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
