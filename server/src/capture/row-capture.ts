import type { Core, UID } from '@strapi/strapi';
import type { Catalog, TypePlan } from '../catalog';
import type { Connection } from '../store/connection';
import type { NewEvent } from '../store/events';
import type { Savepoints } from '../store/savepoint';
import { partsOf } from '../store/statements';
import { currentActor } from './actor';
import type { EventWriter } from './event-writer';
import type { ReadChange } from './read-change';
import { createFolderMoves } from './folder-moves';
import type { Interest } from './interest';
import { logOf } from '../log';
import { reasonOf } from '../reason';
import { change, goneChange, idOf, updated } from './row-change';
import { createdIds } from './row-ids';
import { createRowPast, keep, kept, rowsAtOnce } from './row-past';
import type { Kept, LifecycleEvent } from './row-past';
import type { Row, Rows } from '../content';
import type { ShownRows } from './shown-rows';
import type { Silence } from './silence';

/** Types whose own plugins write rows without the document service (see docs/events.md). */
export const rowTypes = [
  'plugin::upload.file',
  'plugin::upload.folder',
  'plugin::users-permissions.user',
  'admin::user',
] as const;

export interface RowCaptureDeps {
  strapi: Core.Strapi;
  catalog(): Catalog;
  interest: Interest;
  rows: Rows;
  shown: ShownRows;
  writer: EventWriter;
  silence: Silence;
  /** True while a document operation writes this type: it is captured there. */
  handledElsewhere(uid: string): boolean;
  insert(connection: Connection, events: readonly NewEvent[]): Promise<void>;
  savepoints: Savepoints;
  /** Whether this error has ended the caller's transaction. */
  endsTransaction(error: unknown): boolean;
  /** The difference between the ids of rows that one statement wrote. */
  idStep(): Promise<number>;
  wake(): void;
}

/**
 * Capture by row, for media and users. Runs within the caller's transaction if there is one
 * (`same_transaction`); else right after the row was written (`late`). Never refuses the write.
 */
export function createRowCapture(deps: RowCaptureDeps) {
  const { strapi, rows } = deps;

  const planOf = (uid: string): TypePlan | null => {
    if (deps.silence.active() || deps.handledElsewhere(uid)) return null;
    return deps.interest.plan(uid);
  };

  /** The row belongs to the caller: any error here is logged, and the write continues. */
  const guarded = async (what: string, run: () => Promise<void>): Promise<void> => {
    const inside = strapi.db.inTransaction();
    try {
      if (!inside) return await run();
      await strapi.db.transaction(({ trx }) => deps.savepoints.within(trx as unknown as Connection, run));
    } catch (error) {
      if (inside && deps.endsTransaction(error)) throw error;
      logOf(strapi).error(`event-webhooks: an event of ${what} was not written: ${reasonOf(error)}`);
    }
  };

  const eventsOf = (plan: TypePlan, changes: readonly ReadChange[]): Promise<NewEvent[]> =>
    deps.writer.events(plan, changes, {
      actor: currentActor(strapi),
      transactionId: null,
      publications: null,
      guarantee: strapi.db.inTransaction() ? 'same_transaction' : 'late',
      cause: null,
    });

  const past = createRowPast({ strapi, rows, shown: deps.shown, eventsOf });

  const store = async (events: readonly NewEvent[]): Promise<void> => {
    if (events.length === 0) return;
    await strapi.db.transaction(async ({ trx, onCommit }) => {
      await deps.insert(trx as unknown as Connection, events);
      onCommit(() => deps.wake());
    });
  };

  /** Reads these rows, part by part, and writes the events of the changes that `changeOf` returns. */
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
    tellUpdated: (plan, before, unread) =>
      tell(plan, `${plan.uid} (move)`, [...before.keys()], updated(plan, before, { unread })),
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
        keep(event, await run(plan, event));
      }),
    );

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
    const before = new Map(row && row.id === id ? [[id, row]] : []);
    await tell(plan, what, [id], updated(plan, before, { unread, otherwise: 'told' }));
  };

  const writeMany = (plan: TypePlan, event: LifecycleEvent, what: string): Promise<void> => {
    const before = kept(event).past ?? new Map<number, Partial<Row>>();
    return tell(plan, what, [...before.keys()], updated(plan, before, {}));
  };

  const writeOneGone = (plan: TypePlan, event: LifecycleEvent, what: string): Promise<void> =>
    guarded(what, async () => {
      const { row } = kept(event);
      const result = (event.result ?? null) as Row | null;
      // Another row than the one that was read, with only these values known.
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
        // Others may have removed some of them, or restored them.
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
      beforeUpdate: keeping(past.beforeUpdate),
      beforeUpdateMany: keeping(past.beforeUpdateMany),
      beforeDelete: keeping(past.beforeDelete),
      beforeDeleteMany: keeping(past.beforeDeleteMany),
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
