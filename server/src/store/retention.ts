import { tables } from '../constants';
import type { Database } from './connection';
import { toNumber, toNumberOrNull } from './connection';

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

/** Rows deleted or emptied in one statement: their indexes and overflow pages are what takes SQLite long. */
const changeChunk = 50;

/**
 * Deletes what is too old, in small statements: each walks along the ids from the oldest on, so that nothing is
 * scanned twice and no index is needed that every delivery would pay for.
 */
export function createRetentionStore(database: Database) {
  const from = (table: string) => database.from(database.pool(), table);

  const chunks = (ids: readonly number[]): number[][] =>
    Array.from({ length: Math.ceil(ids.length / changeChunk) }, (_, index) =>
      ids.slice(index * changeChunk, (index + 1) * changeChunk),
    );

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
        .limit(changeChunk)) as { id: unknown }[];
      if (rows.length === 0) return;
      await from(tables.attempts)
        .whereIn(
          'id',
          rows.map(({ id }) => toNumber(id)),
        )
        .delete();
      if (rows.length < changeChunk) return;
      await breath();
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

  const emptyEvents = async (ids: readonly number[]): Promise<void> => {
    for (const chunk of chunks(ids)) {
      await from(tables.events).whereIn('id', chunk).update({ body: null, snapshot: null });
      await breath();
    }
  };

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
      for (const chunk of chunks(old.map((row) => toNumber(row.id)))) {
        await deleteAttempts(chunk);
        // Once more by state: one that was resent in this moment stays.
        await from(tables.deliveries).whereIn('id', chunk).whereIn('state', finished).delete();
        await breath();
      }
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
      for (const chunk of chunks(gone.map((row) => toNumber(row.id)))) {
        await from(tables.events).whereIn('id', chunk).delete();
        await breath();
      }
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
      for (const chunk of chunks(old.map((row) => toNumber(row.id)))) {
        await from(tables.hours).whereIn('id', chunk).delete();
        await breath();
      }
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

/** Between two statements whoever waits for SQLite comes first: its one connection is given away in turn. */
const breathMs = 10;
const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, breathMs));
