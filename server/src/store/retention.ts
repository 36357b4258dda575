import { tables } from '../constants';
import type { Database } from './connection';
import { namedAndIn, toNumber, toNumberOrNull } from './connection';

/** A step of a walk along the ids of a table. */
export interface Step {
  /** Where the next step begins; null when nothing that is old enough is left. */
  next: number | null;
  changed: number;
}

/** What has come to its end. `pending`, `delivering` and `blocked` are never touched. */
const finished = ['succeeded', 'failed', 'cancelled', 'skipped', 'collapsed'];

/**
 * Rows read in one statement. Reading is cheap and most rows are too young or were emptied before; what a
 * statement changes is bounded by `changeChunk`.
 */
const readChunk = 500;

/**
 * Rows deleted or emptied in one statement: their indexes and overflow pages are what takes SQLite long, and how long
 * depends on the disk and the size of the table. So how many go is found out on the way.
 */
const changeAtMost = 50;
const changeAtFirst = 8;
const changeAtLeast = 2;
/** What such a statement should take; nobody may wait 50 ms for one. */
const changeMs = 12;

/**
 * Deletes what is too old, in small statements: each walks along the ids from the oldest on, so that nothing is
 * scanned twice and no index is needed that every delivery would pay for.
 */
export function createRetentionStore(database: Database) {
  const from = (table: string) => database.from(database.pool(), table);

  const paces = {
    deliveries: createPace(),
    attempts: createPace(),
    events: createPace(),
    hours: createPace(),
  };

  /** Changes these rows, as many a statement as the pace allows; `first` comes before each. */
  const inSteps = async (
    pace: Pace,
    ids: readonly number[],
    change: (ids: readonly number[]) => Promise<unknown>,
    first: (ids: readonly number[]) => Promise<unknown> = async () => undefined,
  ): Promise<void> => {
    for (let from = 0; from < ids.length;) {
      const part = ids.slice(from, from + pace.rows());
      from += part.length;
      await first(part);
      await pace.timed(part.length, () => change(part));
      await breath();
    }
  };

  const page = async (table: string, columns: readonly unknown[], after: number) =>
    (await from(table)
      .select(columns as string[])
      .where('id', '>', after)
      .orderBy('id')
      .limit(readChunk)) as Record<string, unknown>[];

  /** Ids only grow, and with them the time, up to the skew between instances: a page without anything old is the end. */
  const next = (
    rows: readonly Record<string, unknown>[],
    isOld: (row: Record<string, unknown>) => boolean,
  ) => (rows.length === readChunk && rows.some(isOld) ? toNumber(rows.at(-1)?.id) : null);

  const deleteAttempts = async (deliveryIds: readonly number[]): Promise<void> => {
    for (;;) {
      const rows = (await from(tables.attempts)
        .select('id')
        .whereIn('delivery_id', [...deliveryIds])
        .limit(changeAtMost)) as { id: unknown }[];
      await inSteps(
        paces.attempts,
        rows.map(({ id }) => toNumber(id)),
        (ids) => from(tables.attempts).whereIn('id', ids).delete(),
      );
      if (rows.length < changeAtMost) return;
    }
  };

  /** Webhooks where a delivery that failed keeps others waiting: it is not old, it is in the way on purpose. */
  const blocking = async (): Promise<ReadonlySet<number>> => {
    const rows = (await from(tables.webhooks)
      .select('id')
      .where({ ordered: true, on_failed_head: 'block' })) as { id: unknown }[];
    return new Set(rows.map(({ id }) => toNumber(id)));
  };

  /** Which of these events a delivery belongs to, which of them somebody still waits for, and which all have got. */
  const usesOf = async (eventIds: readonly number[]) => {
    const rows = (
      eventIds.length === 0
        ? []
        : await from(tables.deliveries)
            .select(['event_id', 'state'])
            .whereIn('event_id', [...eventIds])
    ) as Record<string, unknown>[];
    const states = new Map<number, string[]>();
    for (const row of rows) {
      const id = toNumber(row.event_id);
      states.set(id, [...(states.get(id) ?? []), String(row.state)]);
    }
    return {
      isUsed: (id: number) => states.has(id),
      isWaitedFor: (id: number) => states.get(id)?.some((state) => !finished.includes(state)) ?? false,
      isDelivered: (id: number) => states.get(id)?.every((state) => state === 'succeeded') ?? false,
    };
  };

  /** With the bodies of their deliveries, where one has its own. */
  const emptyEvents = (ids: readonly number[]): Promise<void> =>
    inSteps(
      paces.events,
      ids,
      (part) => from(tables.events).whereIn('id', part).update({ body: null, snapshot: null }),
      (part) => from(tables.deliveries).whereIn('event_id', part).whereNotNull('body').update({ body: null }),
    );

  return {
    /** Finished deliveries that ended before `before`, with their attempts. */
    async deliveries(after: number, before: number): Promise<Step> {
      const rows = await page(
        tables.deliveries,
        ['id', 'webhook_id', 'state', 'created_at', 'finished_at', 'order_key'],
        after,
      );
      const blocks = rows.length > 0 ? await blocking() : new Set<number>();
      const old = rows.filter(
        (row) =>
          finished.includes(String(row.state)) &&
          (toNumberOrNull(row.finished_at) ?? toNumber(row.created_at)) < before &&
          !(row.order_key !== null && blocks.has(toNumber(row.webhook_id))),
      );
      await inSteps(
        paces.deliveries,
        old.map((row) => toNumber(row.id)),
        // Once more by state: one that was resent in this moment stays.
        (ids) =>
          from(tables.deliveries)
            .whereIn('id', ids)
            .whereRaw(...namedAndIn(database, finished))
            .delete(),
        deleteAttempts,
      );
      return { next: next(rows, (row) => toNumber(row.created_at) < before), changed: old.length };
    },

    /**
     * Events that happened before `before` and that no delivery belongs to are deleted; the bodies of those that
     * happened before `bodiesBefore` and that nobody waits for are emptied, with `delivered` also of those that
     * every receiver has got.
     */
    async events(
      after: number,
      { before, bodiesBefore, delivered }: { before: number; bodiesBefore: number; delivered: boolean },
    ): Promise<Step & { emptied: number }> {
      const hasBody = database
        .pool()
        .raw('case when body is null and snapshot is null then 0 else 1 end as has_body');
      const rows = await page(tables.events, ['id', 'occurred_at', 'matched_at', hasBody], after);
      const matched = rows.filter((row) => row.matched_at !== null);
      const isBefore = (row: Record<string, unknown>, time: number) => toNumber(row.occurred_at) < time;
      const asked = matched.filter(
        (row) =>
          isBefore(row, before) ||
          (toNumber(row.has_body) === 1 && (delivered || isBefore(row, bodiesBefore))),
      );
      const uses = await usesOf(asked.map((row) => toNumber(row.id)));
      const gone = asked.filter((row) => isBefore(row, before) && !uses.isUsed(toNumber(row.id)));
      const emptied = asked.filter(
        (row) =>
          !gone.includes(row) &&
          toNumber(row.has_body) === 1 &&
          ((isBefore(row, bodiesBefore) && !uses.isWaitedFor(toNumber(row.id))) ||
            (delivered && uses.isDelivered(toNumber(row.id)))),
      );
      await inSteps(
        paces.events,
        gone.map((row) => toNumber(row.id)),
        (ids) => from(tables.events).whereIn('id', ids).delete(),
      );
      await emptyEvents(emptied.map((row) => toNumber(row.id)));
      const last = Math.max(before, bodiesBefore);
      return {
        next: next(rows, (row) => delivered || isBefore(row, last)),
        changed: gone.length,
        emptied: emptied.length,
      };
    },

    /** Hourly counts of before `before`. */
    async hours(after: number, before: number): Promise<Step> {
      const rows = await page(tables.hours, ['id', 'hour'], after);
      const old = rows.filter((row) => toNumber(row.hour) < before);
      await inSteps(
        paces.hours,
        old.map((row) => toNumber(row.id)),
        (ids) => from(tables.hours).whereIn('id', ids).delete(),
      );
      return { next: next(rows, (row) => toNumber(row.hour) < before), changed: old.length };
    },

    /** Empties the bodies of those of these deliveries' events that every receiver has got. */
    async dropDelivered(deliveryIds: readonly number[]): Promise<void> {
      const rows = (await from(tables.deliveries)
        .select('event_id')
        .whereIn('id', [...deliveryIds])
        .whereNotNull('event_id')) as { event_id: unknown }[];
      const ids = [...new Set(rows.map((row) => toNumber(row.event_id)))];
      const uses = await usesOf(ids);
      await emptyEvents(ids.filter(uses.isDelivered));
    },
  };
}

export type RetentionStore = ReturnType<typeof createRetentionStore>;

interface Pace {
  rows(): number;
  timed<T>(count: number, statement: () => Promise<T>): Promise<T>;
}

/** How many rows a statement may change, by how long those before it took. */
function createPace(): Pace {
  let rows = changeAtFirst;
  return {
    rows: () => rows,
    async timed(count, statement) {
      const began = performance.now();
      const done = await statement();
      const fitting = (count * changeMs) / Math.max(0.1, performance.now() - began);
      // Fewer at once, more by and by; a short statement says nothing about a long one.
      if (fitting < rows || count === rows) rows = Math.round(Math.min(fitting, rows * 1.5));
      rows = Math.max(changeAtLeast, Math.min(changeAtMost, rows));
      return done;
    },
  };
}

/** Between two statements whoever waits for SQLite comes first: its one connection is given away in turn. */
const breathMs = 10;
const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, breathMs));
