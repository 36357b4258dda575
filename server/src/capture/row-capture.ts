import type { Core, UID } from '@strapi/strapi';
import type { Catalog, TypePlan } from '../catalog/types';
import type { ContentAction } from '../conditions/types';
import type { Connection } from '../store/connection';
import type { NewEvent } from '../store/events';
import type { Savepoints } from '../store/savepoint';
import { partsOf } from '../store/statements';
import { currentActor } from './actor';
import { changedFields } from './compare';
import type { EventWriter, ReadChange } from './event-writer';
import { createFolderMoves } from './folder-moves';
import type { Interest } from './interest';
import { reasonOf } from '../reason';
import { createdIds } from './row-ids';
import type { Row, Rows, Where } from './rows';
import type { Silence } from './silence';

/** Types whose own plugins write rows past the document service (see docs/events.md). */
export const rowTypes = [
  'plugin::upload.file',
  'plugin::upload.folder',
  'plugin::users-permissions.user',
  'admin::user',
] as const;

export interface LifecycleEvent {
  action: string;
  model: { uid: string };
  params: { where?: Where; data?: unknown; _q?: unknown; filters?: unknown };
  result?: unknown;
  state: Record<string, unknown>;
}

export interface RowCaptureDeps {
  strapi: Core.Strapi;
  catalog(): Catalog;
  interest: Interest;
  rows: Rows;
  writer: EventWriter;
  silence: Silence;
  /** True while a document operation writes this type: it is captured there. */
  handledElsewhere(uid: string): boolean;
  insert(connection: Connection, events: readonly NewEvent[]): Promise<void>;
  savepoints: Savepoints;
  /** Whether the caller's transaction is no more after this error. */
  endsTransaction(error: unknown): boolean;
  /** By how much the ids of rows differ that one statement wrote. */
  idStep(): Promise<number>;
  wake(): void;
}

/** Rows that are read, told of and let go together: an import of any size takes the memory of one part. */
const rowsAtOnce = 100;

/** What is kept of rows that are about to be deleted; those beyond it are told of in the thin form. */
const keptBytesAtMost = 64 * 1024 * 1024;

/** What `before…` leaves for `after…`. */
interface Kept {
  /** One row, whole, as it was. */
  row?: Row | null;
  /** Of many rows, what is about to be written. */
  past?: ReadonlyMap<number, Partial<Row>>;
  /** The events of rows that are about to go. */
  gone?: readonly { id: number; events: readonly NewEvent[] }[];
  unread?: ReadonlySet<string>;
}

const stateKey = 'eventWebhooksBefore';

const kept = (event: LifecycleEvent): Kept => (event.state[stateKey] as Kept | undefined) ?? {};

/**
 * Capture by row, for media and users. Runs within the caller's transaction where there is one
 * (`same_transaction`); else right after the row was written (`late`). Never refuses the write.
 */
export function createRowCapture(deps: RowCaptureDeps) {
  const { strapi, rows } = deps;

  const planOf = (uid: string): TypePlan | null => {
    if (deps.silence.active() || deps.handledElsewhere(uid)) return null;
    const plan = deps.catalog().plan(uid);
    return plan && deps.interest.wantsAny(plan) ? plan : null;
  };

  /** The row is the caller's, not ours: whatever goes wrong here is logged, and the write goes on. */
  const guarded = async (what: string, run: () => Promise<void>): Promise<void> => {
    const inside = strapi.db.inTransaction();
    try {
      if (!inside) return await run();
      await strapi.db.transaction(({ trx }) => deps.savepoints.within(trx as unknown as Connection, run));
    } catch (error) {
      if (inside && deps.endsTransaction(error)) throw error;
      strapi.log.error(`event-webhooks: an event of ${what} was not written: ${reasonOf(error)}`);
    }
  };

  const eventsOf = (plan: TypePlan, changes: readonly ReadChange[]): Promise<NewEvent[]> =>
    deps.writer.events(plan, changes, {
      actor: currentActor(strapi),
      transactionId: null,
      guarantee: strapi.db.inTransaction() ? 'same_transaction' : 'late',
      cause: null,
    });

  const store = async (events: readonly NewEvent[]): Promise<void> => {
    if (events.length === 0) return;
    await strapi.db.transaction(async ({ trx, onCommit }) => {
      await deps.insert(trx as unknown as Connection, events);
      onCommit(() => deps.wake());
    });
  };

  /** Reads these rows as they are, part by part, and tells of what `changeOf` makes of them. */
  const tell = async (
    plan: TypePlan,
    what: string,
    ids: readonly number[],
    changeOf: (row: Row) => ReadChange | null,
  ): Promise<void> => {
    for (const part of partsOf(ids, rowsAtOnce)) {
      await guarded(what, async () => {
        const places = new Map(part.map((id, place) => [id, place]));
        const found = await rows.snapshot(plan, { id: { $in: part } });
        const inOrder = found.sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
        const changes = inOrder.map(changeOf).filter((change) => change !== null);
        await store(await eventsOf(plan, changes));
      });
    }
  };

  const folderMoves = createFolderMoves({
    strapi,
    rows,
    plan: planOf,
    guarded,
    tellUpdated: (plan, past, unread) =>
      tell(plan, `${plan.uid} (move)`, [...past.keys()], updated(plan, past, { unread })),
  });

  const during =
    (run: (plan: TypePlan, event: LifecycleEvent, what: string) => Promise<void>) =>
    async (event: LifecycleEvent): Promise<void> => {
      const plan = folderMoves.handles(event.model.uid) ? null : planOf(event.model.uid);
      if (plan) await run(plan, event, `${event.model.uid} (${event.action})`);
    };

  const keeping = (run: (plan: TypePlan, event: LifecycleEvent) => Promise<Kept>) =>
    during((plan, event, what) =>
      guarded(what, async () => {
        event.state[stateKey] = await run(plan, event);
      }),
    );

  /** Of several rows that fit, core takes the first: asked for as core asks (`database/dist/entity-manager`). */
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

  /** The ids that a statement on many rows will meet, part by part. */
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

  /** What is not named is not written; what a rule asks about is read all the same. */
  const unreadOf = (plan: TypePlan, data: unknown): ReadonlySet<string> => {
    const needed = new Set([...Object.keys(data ?? {}), ...plan.mapped.flatMap(({ fields }) => fields)]);
    return new Set(rows.readApart(plan).filter((name) => !needed.has(name)));
  };

  const keepOne = async (plan: TypePlan, { params }: LifecycleEvent): Promise<Kept> => {
    const id = await firstId(plan.uid, params.where);
    const unread = unreadOf(plan, params.data);
    return { unread, row: id === null ? null : ((await rows.comparable(plan, { id }, unread))[0] ?? null) };
  };

  /** All rows get the same values, so of their past only what these will stand in the place of. */
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
    return { row: id === null ? null : ((await rows.snapshot(plan, { id }))[0] ?? null) };
  };

  const keepManyGone = async (plan: TypePlan, { params }: LifecycleEvent): Promise<Kept> => {
    const gone: { id: number; events: readonly NewEvent[] }[] = [];
    let bytes = 0;
    for await (const ids of idParts(plan.uid, params)) {
      const room = bytes < keptBytesAtMost;
      for (const row of await rows.snapshot(plan, { id: { $in: ids } })) {
        const events = await eventsOf(plan, [goneChange(row, room)]);
        bytes += events.reduce((sum, { body, snapshot }) => sum + (body ?? snapshot ?? '').length, 0);
        gone.push({ id: row.id, events });
      }
    }
    return { gone };
  };

  const writeCreatedMany = async (plan: TypePlan, event: LifecycleEvent, what: string): Promise<void> => {
    const ids: number[] = [];
    await guarded(what, async () => {
      const told = ((event.result ?? {}) as { ids?: unknown[] }).ids ?? [];
      const data = (event.params.data ?? []) as { id?: unknown }[];
      const found = createdIds({
        told,
        data,
        rowsPerStatement: (strapi.db.dialect as { getBatchInsertSize(): number }).getBatchInsertSize(),
        step: told.length === data.length ? 1 : await deps.idStep(),
      });
      if (!found) throw new Error('the database does not tell which rows were written');
      ids.push(...found);
    });
    await tell(plan, what, ids, (row) => change('created', row, null));
  };

  const writeOne = async (plan: TypePlan, event: LifecycleEvent, what: string): Promise<void> => {
    const { row, unread = new Set<string>() } = kept(event);
    const id = idOf(event.result) ?? row?.id;
    if (id === undefined) return;
    const past = new Map(row && row.id === id ? [[id, row]] : []);
    await tell(plan, what, [id], updated(plan, past, { unread, otherwise: 'told' }));
  };

  const writeMany = (plan: TypePlan, event: LifecycleEvent, what: string): Promise<void> => {
    const past = kept(event).past ?? new Map<number, Partial<Row>>();
    return tell(plan, what, [...past.keys()], updated(plan, past, {}));
  };

  const writeOneGone = (plan: TypePlan, event: LifecycleEvent, what: string): Promise<void> =>
    guarded(what, async () => {
      const { row } = kept(event);
      const result = (event.result ?? null) as Row | null;
      // Another row than was read, of which only this is known.
      const other = result && idOf(result) !== row?.id;
      const gone = other ? goneChange(result, false) : row ? goneChange(row, true) : null;
      if (gone === null) return;
      if (typeof gone.change.documentId !== 'string') throw new Error('the row that went was not known');
      await store(await eventsOf(plan, [gone]));
    });

  const writeManyGone = async (plan: TypePlan, event: LifecycleEvent, what: string): Promise<void> => {
    const gone = kept(event).gone ?? [];
    const all = Number((event.result as { count?: unknown } | undefined)?.count) === gone.length;
    for (const part of partsOf(gone, rowsAtOnce)) {
      await guarded(what, async () => {
        // Somebody else may have taken some of them, or brought them back.
        const still = all
          ? new Set<number>()
          : await present(
              plan.uid,
              part.map(({ id }) => id),
            );
        await store(part.flatMap(({ id, events }) => (still.has(id) ? [] : events)));
      });
    }
  };

  const present = async (uid: string, ids: readonly number[]): Promise<Set<number>> => {
    const where = { id: { $in: ids } };
    const found = await strapi.db.query(uid as UID.Schema).findMany({ select: ['id'], where } as never);
    return new Set((found as { id: unknown }[]).map(({ id }) => Number(id)));
  };

  return {
    folderMoves,
    subscriber: {
      models: [...rowTypes],
      beforeUpdate: keeping(keepOne),
      beforeUpdateMany: keeping(keepMany),
      beforeDelete: keeping(keepOneGone),
      beforeDeleteMany: keeping(keepManyGone),
      afterCreate: during(async (plan, event, what) => {
        const id = idOf(event.result);
        if (id !== undefined) await tell(plan, what, [id], (row) => change('created', row, null));
      }),
      afterCreateMany: during(writeCreatedMany),
      afterUpdate: during(writeOne),
      afterUpdateMany: during(writeMany),
      afterDelete: during(writeOneGone),
      afterDeleteMany: during(writeManyGone),
    },
  };
}

const idOf = (result: unknown): number | undefined => {
  const id = (result as { id?: unknown } | null | undefined)?.id;
  return id === undefined || id === null ? undefined : Number(id);
};

const change = (action: ContentAction, row: Row, before: Row | null): ReadChange => ({
  change: {
    documentId: row.documentId,
    locale: row.locale ?? null,
    status: 'published',
    action,
    rowId: row.id,
    known: row,
  },
  before,
  after: row,
  problem: null,
});

/**
 * What makes an `updated` of a row as it is and of what is known of its past: nothing where nothing differs that may be
 * told. `otherwise: 'told'`: a row whose past is not known is told of without the names of what changed.
 */
const updated =
  (
    plan: TypePlan,
    past: ReadonlyMap<number, Partial<Row>>,
    { unread = new Set(), otherwise }: { unread?: ReadonlySet<string>; otherwise?: 'told' },
  ) =>
  (row: Row): ReadChange | null => {
    const old = past.get(row.id);
    if (!old) return otherwise === 'told' ? change('updated', row, null) : null;
    const before: Row = { ...row, ...old };
    try {
      if (changedFields(plan.comparable, before, row, unread).length === 0) return null;
    } catch {
      // Nested too deep to be compared: better told without the names than not at all.
      return change('updated', row, null);
    }
    return { ...change('updated', row, before), unread };
  };

/** `whole` is false where only the identity of the row is known, or may be kept. */
const goneChange = (row: Row, whole: boolean): ReadChange => ({
  ...change('deleted', row, whole ? row : null),
  change: { ...change('deleted', row, null).change, rowId: null },
  after: null,
  problem: whole ? null : 'not kept: too many rows were deleted at once',
});
