import type { Core, UID } from '@strapi/strapi';
import type { TypePlan } from '../catalog';
import type { NewEvent } from '../store/events';
import type { ReadChange } from './read-change';
import { goneChange } from './row-change';
import type { Row, Rows, Where } from '../content';
import type { ShownRows } from './shown-rows';

export interface LifecycleEvent {
  action: string;
  model: { uid: string };
  params: { where?: Where; data?: unknown; _q?: unknown; filters?: unknown };
  result?: unknown;
  state: Record<string, unknown>;
}

/** Rows that are read and processed together: an import of any size takes the memory of one part. */
export const rowsAtOnce = 100;

/** Memory for rows that will be deleted; those beyond it get the thin form. */
const keptBytesAtMost = 64 * 1024 * 1024;

/** What `before…` leaves for `after…`. */
export interface Kept {
  /** One row, complete, before the change. */
  row?: Row | null;
  /** Of many rows, the values that will be written. */
  past?: ReadonlyMap<number, Partial<Row>>;
  /** The events of rows that will be deleted. */
  gone?: readonly { id: number; events: readonly NewEvent[] }[];
  unread?: ReadonlySet<string>;
}

const stateKey = 'eventWebhooksBefore';

export const keep = (event: LifecycleEvent, past: Kept): void => {
  event.state[stateKey] = past;
};

export const kept = (event: LifecycleEvent): Kept => (event.state[stateKey] as Kept | undefined) ?? {};

export interface RowPastDeps {
  strapi: Core.Strapi;
  rows: Rows;
  shown: ShownRows;
  eventsOf(plan: TypePlan, changes: readonly ReadChange[]): Promise<NewEvent[]>;
}

/** Reads rows before they are written or go: what `before…` of a lifecycle leaves for `after…`. */
export function createRowPast({ strapi, rows, shown, eventsOf }: RowPastDeps) {
  /**
   * Of several matching rows core takes the first: queried like core does (`database/dist/entity-manager`).
   */
  const firstId = async (uid: string, where: Where = {}): Promise<number | null> => {
    if (Object.keys(where).length === 0) return null;
    const query = strapi.db
      .queryBuilder(uid as UID.Schema)
      .select('*')
      .where(where)
      .first();
    const row = (await query.execute({ mapResults: false })) as { id?: unknown } | null;
    return row?.id === undefined ? null : Number(row.id);
  };

  /** The ids of the rows that a statement on many rows will affect, part by part. */
  async function* idParts(uid: string, { where = {}, _q, filters }: LifecycleEvent['params']) {
    for (let last = 0; ;) {
      const found = (await strapi.db.query(uid as UID.Schema).findMany({
        select: ['id'],
        where: { $and: [where, { id: { $gt: last } }] },
        orderBy: { id: 'asc' },
        limit: rowsAtOnce,
        ...(_q !== undefined && { _q }),
        ...(filters !== undefined && { filters }),
      } as never)) as { id: unknown }[];
      const ids = found.map(({ id }) => Number(id));
      if (ids.length > 0) yield ids;
      if (ids.length < rowsAtOnce) return;
      last = ids.at(-1) ?? last;
    }
  }

  /** Fields without a new value are not written; those used by a rule are read anyway. */
  const unreadOf = (plan: TypePlan, data: unknown): ReadonlySet<string> => {
    const needed = new Set([...Object.keys(data ?? {}), ...plan.mapped.flatMap(({ fields }) => fields)]);
    return new Set(rows.readApart(plan).filter((name) => !needed.has(name)));
  };

  const keepOne = async (plan: TypePlan, { params }: LifecycleEvent): Promise<Kept> => {
    const id = await firstId(plan.uid, params.where);
    const unread = unreadOf(plan, params.data);
    return { unread, row: id === null ? null : ((await rows.comparable(plan, { id }, unread))[0] ?? null) };
  };

  /** All rows get the same values, so only the previous values of these fields are read. */
  const keepMany = async (plan: TypePlan, { params }: LifecycleEvent): Promise<Kept> => {
    const written = Object.keys(params.data ?? {});
    const names = plan.comparable.map(({ name }) => name).filter((name) => written.includes(name));
    const past = new Map<number, Partial<Row>>();
    if (names.length === 0) return { past };
    const without = new Set(rows.readApart(plan).filter((name) => !names.includes(name)));
    for await (const ids of idParts(plan.uid, params)) {
      for (const row of await rows.comparable(plan, { id: { $in: ids } }, without))
        past.set(row.id, Object.fromEntries(names.map((name) => [name, row[name]])));
    }
    return { past };
  };

  const keepOneGone = async (plan: TypePlan, { params }: LifecycleEvent): Promise<Kept> => {
    const id = await firstId(plan.uid, params.where);
    if (id === null) return { row: null };
    return { row: (await shown(plan, await rows.snapshot(plan, { id })))[0] ?? null };
  };

  const keepManyGone = async (plan: TypePlan, { params }: LifecycleEvent): Promise<Kept> => {
    const gone: { id: number; events: readonly NewEvent[] }[] = [];
    let bytes = 0;
    for await (const ids of idParts(plan.uid, params)) {
      const room = bytes < keptBytesAtMost;
      for (const row of await shown(plan, await rows.snapshot(plan, { id: { $in: ids } }))) {
        const events = await eventsOf(plan, [goneChange(row, room)]);
        bytes += events.reduce((sum, { body, snapshot }) => sum + (body ?? snapshot ?? '').length, 0);
        gone.push({ id: row.id, events });
      }
    }
    return { gone };
  };

  return {
    beforeUpdate: keepOne,
    beforeUpdateMany: keepMany,
    beforeDelete: keepOneGone,
    beforeDeleteMany: keepManyGone,
  };
}
