import type { DeliveryState } from '../../../../contracts';
import { tables } from '../../constants';
import type { Connection, Database } from '../connection';
import { toNumber, toNumberOrNull } from '../connection';

/**
 * SEARCHING A MILLION DELIVERIES in the order of their ids, without an index for each column. Of the indexes
 * that the queue needs anyway, the one is walked that goes back furthest with as many rows: that of a
 * webhook, a state, an entry, or the primary key. It is walked in windows, each sized so that its statement
 * takes a few milliseconds (SQLite has one connection, and a statement on it blocks the process). When the
 * time is over the caller gets the position, and can continue from there.
 */
export interface DeliveryFilter {
  /** At most a few hundred. */
  ids?: readonly number[];
  webhook?: number;
  /** Only of these webhooks. */
  webhooks?: readonly number[];
  eventType?: string;
  states?: readonly DeliveryState[];
  code?: string;
  httpStatus?: number;
  documentId?: string;
  uid?: string;
  test?: boolean;
  /** Its last try failed. */
  failed?: true;
  /** Epoch milliseconds. */
  since?: number;
  until?: number;
  /** One of its attempts failed like this, since then. */
  failedTry?: { code?: string; httpStatus?: number; since?: number };
}

export interface Scan {
  filter: DeliveryFilter;
  order: 'newest' | 'oldest';
  /** Ids between these, exclusive. */
  above: number;
  below: number;
  /** Maximum number of rows. */
  want: number;
  columns: readonly string[];
  budgetMs: number;
}

export interface Found {
  rows: Record<string, unknown>[];
  /** The last id that was searched; null if there is nothing beyond. */
  reached: number | null;
}

type Query = ReturnType<Connection>;
type Range = (q: Query) => void;

/** Up to this many rows are read by an index that does not keep the order of ids. */
const few = 500;
const firstWindow = 200;
const firstWindowAtMost = 1000;
const largestWindow = 20_000;
/**
 * Target time of a window's statement: a long search consists of many, but each of them blocks the process.
 */
const windowMs = 8;
const windowAtMostMs = 40;
/** `created_at` follows the ids except for concurrent writes, and for clocks that differ by a minute. */
const clockSlackMs = 120_000;

/** States of a row with a failure, or without an attempt: few compared with those that succeeded. */
const unfinished: readonly DeliveryState[] = ['failed', 'pending', 'cancelled', 'blocked', 'delivering'];

export function createDeliveryScan(database: Database) {
  const deliveries = (connection: Connection) => database.from(connection, tables.deliveries);

  const numberOf = async (query: Query): Promise<number | null> => {
    const row = (await query.first()) as { id: unknown } | undefined;
    return toNumberOrNull(row?.id);
  };

  /** The first id whose row was written at `time` or later; `below` if there is none. */
  const idAt = async (connection: Connection, time: number, above: number, below: number) => {
    let low = above;
    let high = below;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      const row = (await deliveries(connection)
        .select(['id', 'created_at'])
        .where('id', '>=', middle)
        .orderBy('id')
        .first()) as { id: unknown; created_at: unknown } | undefined;
      if (!row || toNumber(row.id) >= high || toNumber(row.created_at) >= time) high = middle;
      else low = toNumber(row.id);
    }
    return high;
  };

  const bounds = async (connection: Connection, { filter, above, below }: Scan) => {
    const newest = ((await numberOf(deliveries(connection).max('id as id'))) ?? 0) + 1;
    let low = Math.max(above, 0);
    let high = Math.min(below, newest);
    if (filter.since !== undefined)
      low = (await idAt(connection, filter.since - clockSlackMs, low, high)) - 1;
    if (filter.until !== undefined) high = await idAt(connection, filter.until + clockSlackMs, low, high);
    return { low, high };
  };

  /** Ids for a condition with an index, or null if there are many. */
  const allOf = async (connection: Connection, condition: Range): Promise<number[] | null> => {
    const q = deliveries(connection)
      .select('id')
      .limit(few + 1);
    condition(q);
    const ids = ((await q) as { id: unknown }[]).map((row) => toNumber(row.id));
    return ids.length > few ? null : ids;
  };

  /** The usable indexes, each as its ranges; null if one of them shows that there are no rows. */
  const drivers = async (connection: Connection, filter: DeliveryFilter): Promise<Range[][] | null> => {
    const { webhook, documentId, test, ids: given } = filter;
    if (given) return given.length === 0 ? null : [[(q) => void q.whereIn('id', [...given])]];
    if (documentId !== undefined) return [[(q) => void q.where('document_id', documentId)]];
    const states = statesOf(filter);
    // A test is not an event of this Strapi.
    const exact: Range | null =
      test === true
        ? (q) => void q.whereNull('event_id')
        : webhook !== undefined && states
          ? (q) => void q.where('webhook_id', webhook).whereIn('state', [...states])
          : null;
    const ids = exact && (await allOf(connection, exact));
    if (ids) return ids.length === 0 ? null : [[(q) => void q.whereIn('id', ids)]];
    const byWebhook: Range[][] = webhook === undefined ? [] : [[(q) => void q.where('webhook_id', webhook)]];
    const byState: Range[][] = states ? [states.map(stateRange)] : [];
    return [...byWebhook, ...byState];
  };

  /** @returns the id at the end of a window of `size` rows of each range, or null if there are no more. */
  const edgeOf = async (connection: Connection, ranges: readonly Range[], window: Window) => {
    const edges: number[] = [];
    for (const range of ranges) {
      const q = within(deliveries(connection).select('id'), window)
        .offset(window.size - 1)
        .limit(1);
      range(q);
      const id = await numberOf(q);
      if (id !== null) edges.push(id);
    }
    if (edges.length === 0) return null;
    return window.order === 'newest' ? Math.max(...edges) : Math.min(...edges);
  };

  const fetch = async (
    connection: Connection,
    scan: Scan,
    window: Window,
    ranges: readonly Range[] | null,
    want: number,
  ) => {
    const q = deliveries(connection).select(scan.columns.map((column) => `${tables.deliveries}.${column}`));
    if (ranges) {
      const parts = ranges.map((range) => {
        const part = within(deliveries(connection).select('id'), window).limit(window.size);
        range(part);
        return connection.select('id').from(part.as('part'));
      });
      const [first, ...others] = parts;
      const ids = others.length > 0 ? first?.unionAll(others) : first;
      if (ids) void q.join(ids.as('walked'), 'walked.id', `${tables.deliveries}.id`);
    }
    void q
      .where(`${tables.deliveries}.id`, '>', window.low)
      .where(`${tables.deliveries}.id`, '<', window.high)
      .orderBy(`${tables.deliveries}.id`, window.order === 'newest' ? 'desc' : 'asc')
      .limit(want);
    narrow(q, database, scan.filter);
    return (await q) as Record<string, unknown>[];
  };

  /** The ranges of the index that goes furthest, and how far; null: the primary key, over `size` ids. */
  const furthest = async (connection: Connection, choices: readonly Range[][], window: Window) => {
    const sign = window.order === 'newest' ? -1 : 1;
    const plain = sign === 1 ? window.low + window.size : window.high - window.size;
    const isAll = sign === 1 ? plain >= window.high : plain <= window.low;
    let best: { ranges: readonly Range[] | null; edge: number | null } = {
      ranges: null,
      edge: isAll ? null : plain,
    };
    for (const ranges of choices) {
      if (best.edge === null) break;
      const edge = await edgeOf(connection, ranges, window);
      if (edge === null || sign * edge >= sign * best.edge) best = { ranges, edge };
    }
    return best;
  };

  return {
    async scan(connection: Connection, scan: Scan): Promise<Found> {
      const { order, want, budgetMs, filter } = scan;
      let { low, high } = await bounds(connection, scan);
      const rows: Record<string, unknown>[] = [];
      const started = performance.now();
      const choices = await drivers(connection, filter);
      if (choices === null) return { rows, reached: null };
      const isOneConnection = database.client === 'sqlite';
      const stepMs = isOneConnection ? windowMs : Math.min(windowAtMostMs, Math.max(windowMs, budgetMs / 4));
      let size = isOneConnection ? firstWindow : Math.max(firstWindow, Math.min(want, firstWindowAtMost));
      while (high - low > 1) {
        const window = { order, low, high, size };
        const at = performance.now();
        const { ranges, edge } = await furthest(connection, choices, window);
        const part =
          edge === null
            ? window
            : { ...window, ...(order === 'newest' ? { low: edge - 1 } : { high: edge + 1 }) };
        rows.push(...(await fetch(connection, scan, part, ranges, want - rows.length)));
        if (rows.length >= want) return { rows, reached: toNumber(rows.at(-1)?.id) };
        if (edge === null) break;
        if (order === 'newest') high = edge;
        else low = edge;
        const now = performance.now();
        if (now - started > budgetMs && high - low > 1) return { rows, reached: edge };
        const growth = Math.min(4, stepMs / Math.max(now - at, 0.5));
        size = Math.round(Math.min(largestWindow, Math.max(firstWindow, size * growth)));
      }
      return { rows, reached: null };
    },

    async newestId(connection: Connection): Promise<number> {
      return (await numberOf(deliveries(connection).max('id as id'))) ?? 0;
    },
  };
}

export type DeliveryScan = ReturnType<typeof createDeliveryScan>;

interface Window {
  order: Scan['order'];
  /** Exclusive. */
  low: number;
  high: number;
  size: number;
}

const within = (q: Query, { low, high, order }: Window): Query =>
  q
    .where('id', '>', low)
    .where('id', '<', high)
    .orderBy('id', order === 'newest' ? 'desc' : 'asc');

/** Only a claimed row has a lease: the others of a state are ordered by id in the index of leases. */
const stateRange =
  (state: DeliveryState): Range =>
  (q) => {
    q.where('state', state);
    if (state !== 'delivering') q.whereNull('lease_until');
  };

/** The possible states of a row for this filter, if it restricts them. */
function statesOf({ states, code, httpStatus }: DeliveryFilter): readonly DeliveryState[] | null {
  if (states) return states;
  const isFailure =
    code !== undefined || (httpStatus !== undefined && (httpStatus < 200 || httpStatus > 299));
  return isFailure ? unfinished : null;
}

/** One access to the index of attempts for each delivery that is searched. */
function failedSo(
  q: Query,
  database: Database,
  { code, httpStatus, since }: NonNullable<DeliveryFilter['failedTry']>,
): void {
  const { attempts, deliveries } = tables;
  const tries = database
    .from(database.pool(), attempts)
    .select('id')
    .whereRaw('?? = ??', [`${attempts}.delivery_id`, `${deliveries}.id`])
    .where(`${attempts}.outcome`, 'failed');
  if (code !== undefined) void tries.where(`${attempts}.code`, code);
  if (httpStatus !== undefined) void tries.where(`${attempts}.http_status`, httpStatus);
  if (since !== undefined) void tries.where(`${attempts}.at`, '>=', since);
  void q.whereExists(tries);
}

function narrow(q: Query, database: Database, filter: DeliveryFilter): void {
  const is = (column: string, value: unknown) => {
    if (value !== undefined) void q.where(`${tables.deliveries}.${column}`, value as string);
  };
  is('webhook_id', filter.webhook);
  is('event_type', filter.eventType);
  is('code', filter.code);
  is('http_status', filter.httpStatus);
  is('document_id', filter.documentId);
  is('uid', filter.uid);
  is('test', filter.test);
  // They lead the search, unless the whole log fits into one window.
  if (filter.ids) void q.whereIn(`${tables.deliveries}.id`, [...filter.ids]);
  if (filter.webhooks) void q.whereIn(`${tables.deliveries}.webhook_id`, [...filter.webhooks]);
  if (filter.states) void q.whereIn(`${tables.deliveries}.state`, [...filter.states]);
  if (filter.failed) void q.whereNotNull(`${tables.deliveries}.code`);
  if (filter.failedTry) failedSo(q, database, filter.failedTry);
  if (filter.since !== undefined) void q.where(`${tables.deliveries}.created_at`, '>=', filter.since);
  if (filter.until !== undefined) void q.where(`${tables.deliveries}.created_at`, '<', filter.until);
}
