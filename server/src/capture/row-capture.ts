import type { Core } from '@strapi/strapi';
import type { Catalog, TypePlan } from '../catalog/types';
import type { ContentAction } from '../conditions/types';
import type { Connection } from '../store/connection';
import type { NewEvent } from '../store/events';
import { currentActor } from './actor';
import type { EventWriter, ReadChange } from './event-writer';
import type { Interest } from './interest';
import { reasonOf } from './reason';
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
  params: { where?: Where; data?: unknown };
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
  wake(): void;
}

const stateKey = 'eventWebhooksBefore';

/**
 * Capture by row, for media and users. Runs within the caller's transaction where there is one
 * (`same_transaction`); else right after the row was written (`late`). Never refuses the write.
 */
export function createRowCapture(deps: RowCaptureDeps) {
  const planOf = (uid: string): TypePlan | null => {
    if (deps.silence.active() || deps.handledElsewhere(uid)) return null;
    const plan = deps.catalog().plan(uid);
    return plan && deps.interest.wantsAny(plan) ? plan : null;
  };

  const remember = async (event: LifecycleEvent, whole: boolean): Promise<void> => {
    const plan = planOf(event.model.uid);
    if (!plan) return;
    await guarded(event, async () => {
      const where = event.params.where ?? {};
      event.state[stateKey] = whole
        ? await deps.rows.snapshot(plan, where)
        : await deps.rows.comparable(plan, where);
    });
  };

  const write = async (event: LifecycleEvent, action: ContentAction): Promise<void> => {
    const plan = planOf(event.model.uid);
    if (!plan) return;
    await guarded(event, async () => {
      const before = (event.state[stateKey] as Row[] | undefined) ?? [];
      const inTransaction = deps.strapi.db.inTransaction();
      const changes =
        action === 'deleted' ? before.map(goneChange) : await present(plan, event, action, before);
      await deps.strapi.db.transaction(async ({ trx, onCommit }) => {
        const events = await deps.writer.events(plan, changes, {
          actor: currentActor(deps.strapi),
          transactionId: null,
          guarantee: inTransaction ? 'same_transaction' : 'late',
          cause: null,
        });
        await deps.insert(trx as unknown as Connection, events);
        if (events.length > 0) onCommit(() => deps.wake());
      });
    });
  };

  const present = async (
    plan: TypePlan,
    event: LifecycleEvent,
    action: ContentAction,
    before: readonly Row[],
  ): Promise<ReadChange[]> => {
    const ids = action === 'created' ? idsOf(event.result) : before.map((row) => row.id);
    if (ids.length === 0) return [];
    const after = await deps.rows.snapshot(plan, { id: { $in: ids } });
    return after.map((row) => ({
      change: { ...identity(row), action, rowId: row.id, known: row },
      before: before.find((old) => old.id === row.id) ?? null,
      after: row,
      problem: null,
    }));
  };

  /** The row is the caller's, not ours: whatever goes wrong here is logged, and the write goes on. */
  const guarded = async (event: LifecycleEvent, run: () => Promise<void>): Promise<void> => {
    try {
      await run();
    } catch (error) {
      deps.strapi.log.error(
        `event-webhooks: an event of ${event.model.uid} (${event.action}) was not written: ${reasonOf(error)}`,
      );
    }
  };

  return {
    models: [...rowTypes],
    beforeUpdate: (event: LifecycleEvent) => remember(event, false),
    beforeUpdateMany: (event: LifecycleEvent) => remember(event, false),
    beforeDelete: (event: LifecycleEvent) => remember(event, true),
    beforeDeleteMany: (event: LifecycleEvent) => remember(event, true),
    afterCreate: (event: LifecycleEvent) => write(event, 'created'),
    afterCreateMany: (event: LifecycleEvent) => write(event, 'created'),
    afterUpdate: (event: LifecycleEvent) => write(event, 'updated'),
    afterUpdateMany: (event: LifecycleEvent) => write(event, 'updated'),
    afterDelete: (event: LifecycleEvent) => write(event, 'deleted'),
    afterDeleteMany: (event: LifecycleEvent) => write(event, 'deleted'),
  };
}

const identity = (row: Row) => ({
  documentId: row.documentId,
  locale: row.locale ?? null,
  status: 'published' as const,
});

const goneChange = (row: Row): ReadChange => ({
  change: { ...identity(row), action: 'deleted', rowId: null, known: row },
  before: row,
  after: null,
  problem: null,
});

function idsOf(result: unknown): number[] {
  const answer = (result ?? {}) as { id?: unknown; ids?: unknown[] };
  return (answer.ids ?? (answer.id === undefined ? [] : [answer.id])).map(Number);
}
