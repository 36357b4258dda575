import { setTimeout as pause } from 'node:timers/promises';
import { tables } from '../constants';
import type { Connection, Database } from './connection';
import { toNumber, toNumberOrNull } from './connection';
import { namedAndIn } from './db';
import type { Pace, PaceOptions } from './pace';
import { createPace } from './pace';
import { partsOf } from './statements';

/** A step along the ids of a table. */
export interface Step {
  /** Where the next step begins; null if nothing old enough is left. */
  next: number | null;
  changed: number;
}

/** Finished states. `pending`, `delivering` and `blocked` are never deleted. */
const finished = ['succeeded', 'failed', 'cancelled', 'skipped', 'collapsed'];

/**
 * Rows read in one statement. Reading is cheap and most rows are too young or already empty; the changes of a
 * statement are limited by `changeChunk`.
 */
const readChunk = 500;

/**
 * Rows deleted or emptied in one statement: their indexes and overflow pages take SQLite long, depending on
 * the disk and the size of the table. So the number is adapted.
 */
const changeAtMost = 50;
/** Such a statement must not take 50 ms. */
const changePace: PaceOptions = { atFirst: 8, atLeast: 2, atMost: changeAtMost, ms: 12 };

/**
 * Deletes old data, in small statements: each continues along the ids from the oldest, so that nothing is
 * scanned twice and no index is needed that would cost time for every delivery.
 */
export function createRetentionStore(database: Database) {
  const from = (table: string) => database.from(database.pool(), table);

  const paces = {
    deliveries: createPace(changePace),
    attempts: createPace(changePace),
    events: createPace(changePace),
    hours: createPace(changePace),
  };

  /** Changes these rows, as many per statement as the pace allows; `first` runs before each. */
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

  /**
   * Ids increase with time, up to the clock difference between instances: a page without anything old is the
   * end.
   */
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

  /** Webhooks in which a failed delivery blocks others: it is kept on purpose. */
  const blocking = async (): Promise<ReadonlySet<number>> => {
    const rows = (await from(tables.webhooks)
      .select('id')
      .where({ ordered: true, on_failed_head: 'block' })) as { id: unknown }[];
    return new Set(rows.map(({ id }) => toNumber(id)));
  };

  /** How the delivery stands that each of these groups became; without those of which none is left. */
  const survivors = async (
    connection: Connection,
    groups: readonly string[],
  ): Promise<Map<string, string>> => {
    const known = new Map<string, string>();
    for (const part of partsOf([...new Set(groups)])) {
      const rows = (await database
        .from(connection, tables.deliveries)
        .select(['collapse_group', 'state'])
        .whereIn('collapse_group', part)) as Record<string, unknown>[];
      for (const row of rows)
        if (row.state !== 'collapsed') known.set(String(row.collapse_group), String(row.state));
    }
    return known;
  };

  /** Rows of deliveries with their states; one that became part of another stands as that one does. */
  const standing = async <Row extends Record<string, unknown>>(
    connection: Connection,
    rows: readonly Row[],
  ): Promise<Row[]> => {
    const merged = rows.filter(({ state, collapse_group: group }) => state === 'collapsed' && group !== null);
    if (merged.length === 0) return [...rows];
    const states = await survivors(
      connection,
      merged.map(({ collapse_group: group }) => String(group)),
    );
    return rows.map((row) =>
      row.state === 'collapsed'
        ? { ...row, state: states.get(String(row.collapse_group)) ?? row.state }
        : row,
    );
  };

  /** Which of these events have a delivery, which of them are still needed, and which every receiver has. */
  const usesOf = async (eventIds: readonly number[]) => {
    const found = (
      eventIds.length === 0
        ? []
        : await from(tables.deliveries)
            .select(['event_id', 'state', 'collapse_group'])
            .whereIn('event_id', [...eventIds])
    ) as Record<string, unknown>[];
    const rows = await standing(database.pool(), found);
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

  /**
   * Those of these events that still have finished deliveries only; on Postgres and MySQL those deliveries
   * are locked, so that none is resent meanwhile. SQLite has one connection.
   */
  const stillFinished = async (trx: Connection, ids: readonly number[]): Promise<number[]> => {
    const query = database
      .from(trx, tables.deliveries)
      .select(['event_id', 'state', 'collapse_group'])
      .whereIn('event_id', [...ids])
      .orderBy('id');
    const found = (await (database.client === 'sqlite' ? query : query.forUpdate())) as Record<
      string,
      unknown
    >[];
    const rows = await standing(trx, found);
    const inUse = new Set(
      rows.filter(({ state }) => !finished.includes(String(state))).map((row) => toNumber(row.event_id)),
    );
    return ids.filter((id) => !inUse.has(id));
  };

  /**
   * Including the bodies of their deliveries that have one of their own. Checked again before: an event that
   * was resent, or is unmatched again, since it was found keeps its body.
   */
  const emptyEvents = (ids: readonly number[]): Promise<void> =>
    inSteps(paces.events, ids, (part) =>
      database.transaction(async (trx) => {
        const empty = await stillFinished(trx, part);
        await database
          .from(trx, tables.events)
          .whereIn('id', empty)
          .whereNotNull('matched_at')
          .update({ body: null, snapshot: null, core_entry: null, selected: null, shown_by: null });
        await database
          .from(trx, tables.deliveries)
          .whereIn('event_id', empty)
          .where((own) => void own.whereNotNull('body').orWhereNotNull('request'))
          .update({ body: null, request: null, request_body: null });
      }),
    );

  /** If they still have no delivery. */
  const deleteEvents = (ids: readonly number[]): Promise<void> =>
    inSteps(paces.events, ids, async (part) => {
      const uses = await usesOf(part);
      await from(tables.events)
        .whereIn(
          'id',
          part.filter((id) => !uses.isUsed(id)),
        )
        .whereNotNull('matched_at')
        .delete();
    });

  return {
    /** Finished deliveries that ended before `before`, with their attempts. */
    async deliveries(after: number, before: number): Promise<Step> {
      const rows = await page(
        tables.deliveries,
        ['id', 'webhook_id', 'state', 'created_at', 'finished_at', 'order_key', 'collapse_group'],
        after,
      );
      // What waits to be sent with others keeps them.
      const states = await standing(database.pool(), rows);
      const blocks = rows.length > 0 ? await blocking() : new Set<number>();
      const old = rows.filter(
        (row, index) =>
          finished.includes(String(row.state)) &&
          finished.includes(String(states[index]?.state)) &&
          (toNumberOrNull(row.finished_at) ?? toNumber(row.created_at)) < before &&
          !(row.order_key !== null && blocks.has(toNumber(row.webhook_id))),
      );
      await inSteps(
        paces.deliveries,
        old.map((row) => toNumber(row.id)),
        // Checked again by state: one that was just resent stays.
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
     * Deletes events that occurred before `before` and have no delivery; empties the bodies of those that
     * occurred before `bodiesBefore` and are not needed any more, with `delivered` also of those that every
     * receiver has.
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
      await deleteEvents(gone.map((row) => toNumber(row.id)));
      await emptyEvents(emptied.map((row) => toNumber(row.id)));
      const last = Math.max(before, bodiesBefore);
      return {
        next: next(rows, (row) => delivered || isBefore(row, last)),
        changed: gone.length,
        emptied: emptied.length,
      };
    },

    /** Hourly counts from before `before`. */
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

    /** Empties the bodies of these deliveries' events that every receiver has. */
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

/** Between two statements others can use SQLite: its one connection is given out in turn. */
const breathMs = 10;
const breath = (): Promise<void> => pause(breathMs);
