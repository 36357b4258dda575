import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { Catalog, TypePlan } from '../catalog';
import { againAfterDeadlock } from '../store';
import type { Connection } from '../store/connection';
import type { NewEvent } from '../store/events';
import type { RowLocks } from '../store/row-lock';
import { currentActor } from './actor';
import { createAftermath } from './aftermath';
import { createAttempt, createUnread, hasFailed } from './attempt';
import type { AttemptDeps } from './attempt';
import { capturedActions, changeKey } from './change';
import type { CoreEntryDeps } from './core-entry';
import type { EventWriter, Origin } from './event-writer';
import type { ReadChange } from './read-change';
import type { Interest } from './interest';
import { createLateCapture } from './late-capture';
import type { NotedRow } from './late-changes';
import { completePast, createPastReader, lockedBy } from './past';
import type { Asked } from './past';
import { logOf } from '../log';
import { reasonOf, tellable } from '../reason';
import type { CoreEntries, Row, Rows, Selection, Where } from '../content';
import { createPublications } from './publication';
import { createScopes, newScope, rememberWriting } from './scope';
import type { Scope } from './scope';
import type { ShownRows } from './shown-rows';
import type { Silence } from './silence';

type Middleware = Parameters<Core.Strapi['documents']['use']>[0];
type Context = Parameters<Middleware>[0];
type Answer = Awaited<ReturnType<Parameters<Middleware>[1]>>;

export interface LifecycleEvent {
  model: { uid: string };
  result?: unknown;
  params?: { data?: Record<string, unknown>; where?: Where };
}

export interface DocumentCaptureDeps extends AttemptDeps {
  strapi: Core.Strapi;
  catalog(): Catalog;
  interest: Interest;
  rows: Rows;
  writer: EventWriter;
  silence: Silence;
  locks: RowLocks;
  coreEntries: CoreEntries;
  tried: CoreEntryDeps['tried'];
  shown: ShownRows;
  insert(connection: Connection, events: readonly NewEvent[]): Promise<void>;
  newMessageId(): string;
  /** Wakes the matcher. Called after commit; must only set a flag. */
  wake(): void;
}

/**
 * Capture of everything that passes the document service, with two ends:
 *
 *     sentinel (outermost, opens nothing)          writes what the innermost did not see, marked late
 *       └ other middlewares (i18n, the app's …)
 *           └ innermost (opens the transaction)    content and event commit or roll back together
 *               └ the repository
 *
 * The innermost must be the last of all: a middleware that uses raw knex inside our transaction waits for
 * SQLite's only connection for ever.
 */
export function createDocumentCapture(deps: DocumentCaptureDeps) {
  const { strapi, rows, writer, locks } = deps;
  const scopes = createScopes();
  const transactions = new WeakMap<object, Pick<Origin, 'transactionId' | 'publications'>>();
  const attempt = createAttempt(deps);
  const unread = createUnread(logOf(strapi));
  const readPast = createPastReader({ rows, attempt, unread, shown: deps.shown });
  const aftermath = createAftermath({ rows, attempt, unread });

  const transactionOf = (trx: object): Pick<Origin, 'transactionId' | 'publications'> => {
    const known = transactions.get(trx) ?? {
      transactionId: randomUUID(),
      publications: createPublications(deps.newMessageId),
    };
    transactions.set(trx, known);
    return known;
  };

  const planOf = (context: Context): TypePlan | null => {
    if (!capturedActions.has(context.action) || deps.silence.active()) return null;
    return deps.interest.plan(context.uid);
  };

  const askedOf = (plan: TypePlan, { action, params }: Context): Asked => {
    const { documentId, locale, status, data } = params as {
      documentId?: string;
      locale?: unknown;
      status?: unknown;
      data?: Record<string, unknown> & { documentId?: string };
    };
    return {
      action,
      draftAndPublish: rows.hasDraftAndPublish(plan.uid),
      publishes: status === 'published',
      documentId: action === 'create' ? data?.documentId : documentId,
      locale,
      names: Object.keys(data ?? {}),
    };
  };

  const originOf = (trx: object, rest: Pick<Origin, 'guarantee' | 'cause'>): Origin => ({
    actor: currentActor(strapi),
    ...transactionOf(trx),
    ...rest,
  });

  const captureLate = createLateCapture({ ...deps, attempt, unread, aftermath, originOf });

  /**
   * Locks and reads the rows that will change. Throws if the database has undone the transaction over the
   * lock.
   */
  const before = async (
    trx: Connection,
    plan: TypePlan,
    asked: Asked,
    scope: Scope,
    prepared: readonly number[] | null,
  ): Promise<void> => {
    const wanted = lockedBy(plan, asked);
    if (wanted !== null && wanted.documentId !== '') {
      const locked = await attempt(trx, () => locks.lock(trx, wanted, prepared));
      if (hasFailed(locked))
        logOf(strapi).debug(`event-webhooks: ${plan.uid} is read unlocked: ${locked.failed}`);
    }
    await readPast(trx, plan, asked, scope);
  };

  /** What Strapi's own event of a deletion tells depends on what its caller selects. */
  const selectedRows = async (
    plan: TypePlan,
    { action, params }: Context,
    scope: Scope,
  ): Promise<Scope['selected']> => {
    const type = action === 'delete' ? plan.content.deleted : undefined;
    if (type === undefined || !deps.interest.wantsCoreEntry(type)) return new Map();
    const ids = [...scope.past.keys()];
    const read = () => deps.coreEntries.selected(plan.uid, ids, params as Selection);
    return (await deps.tried(`the entry of ${type} for the format strapi`, read)) ?? new Map();
  };

  /** Before a transaction of the plugin begins; within one of the app there is nothing to prepare. */
  const prepareLock = async (plan: TypePlan, asked: Asked): Promise<number[] | null> => {
    const wanted = lockedBy(plan, asked);
    if (wanted === null || strapi.db.inTransaction()) return null;
    return locks.prepare(wanted).catch(() => null);
  };

  const innermost: Middleware = async (context, next) => {
    const plan = planOf(context);
    if (!plan) return next();
    const scope = scopes.getStore() ?? newScope(plan.uid);
    return captured(plan, context, scope, next);
  };

  /** Runs the operation and writes its events, in one transaction. */
  const captured = async (
    plan: TypePlan,
    context: Context,
    scope: Scope,
    next: () => Promise<Answer>,
  ): Promise<Answer> => {
    const asked = askedOf(plan, context);
    const ours = !strapi.db.inTransaction();
    let tried = false;
    let begun = false;
    let changes: ReadChange[] = [];
    const once = async (): Promise<Answer> => {
      if (tried) scope.past.clear();
      tried = true;
      const inner: Scope = { ...scope, inside: true, created: new Set() };
      const prepared = await prepareLock(plan, asked);
      return strapi.db.transaction(async ({ trx, onCommit }) => {
        const connection = trx as unknown as Connection;
        await before(connection, plan, asked, inner, prepared);
        inner.selected = await selectedRows(plan, context, inner);
        begun = true;
        const result = await scopes.run(inner, next);
        changes = await aftermath.changes({ trx: connection, plan, asked, answer: result, scope: inner });
        const origin = originOf(trx, { guarantee: 'same_transaction', cause: null });
        const events = await writer.events(plan, changes, origin);
        await store(connection, events);
        if (events.length > 0) onCommit(() => deps.wake());
        return result;
      });
    };
    // A deadlock over our lock, before anything else has happened: begun anew, nobody notices.
    const answer = await againAfterDeadlock(once, (error) => ours && !begun && deps.undoesAll(error));
    for (const { change, after } of changes) scope.seen.set(changeKey(change), after);
    return answer;
  };

  const store = async (connection: Connection, events: readonly NewEvent[]): Promise<void> => {
    try {
      await deps.insert(connection, events);
    } catch (cause) {
      throw new Error(
        'event-webhooks: the database refused the event of this change, so the change was not saved',
        { cause: tellable(cause) },
      );
    }
  };

  const sentinel: Middleware = async (context, next) => {
    const plan = planOf(context);
    if (!plan) return next();
    const scope = newScope(plan.uid);
    let result: Answer | undefined;
    try {
      return (result = await scopes.run(scope, next));
    } finally {
      // Also after an error: writes of a middleware before it threw may have been committed.
      if (scope.noted.length > 0)
        await captureLate(plan, scope, () => ({
          asked: askedOf(plan, context),
          ownLocales: ownLocales(context, result),
        }));
    }
  };

  /**
   * Records rows that are written while an operation runs: new ones, and those outside of its innermost
   * middleware.
   */
  const note = (operation: NotedRow['operation'], { model, result, params }: LifecycleEvent): void => {
    const scope = scopes.getStore();
    if (!scope || scope.uid !== model.uid || typeof result !== 'object' || result === null) return;
    const row = result as Row;
    if (operation === 'create') scope.created.add(row.id);
    if (operation === 'update') rememberWriting(scope, row.id, Object.keys(params?.data ?? {}));
    if (!scope.inside) scope.noted.push({ operation, row });
  };

  /** Reads a row before it is written, if it was not read yet. Never refuses the write. */
  const look = async ({ model, params }: LifecycleEvent, goes: boolean): Promise<void> => {
    const scope = scopes.getStore();
    const plan = scope?.uid === model.uid ? deps.interest.plan(model.uid) : null;
    if (!scope || !plan) return;
    const written = { where: params?.where ?? {}, names: Object.keys(params?.data ?? {}), goes };
    const read = () => completePast(rows, plan, scope, written, deps.shown);
    try {
      if (strapi.db.inTransaction())
        await strapi.db.transaction(({ trx }) => deps.within(trx as unknown as Connection, read));
      else await read();
    } catch (error) {
      if (deps.undoesAll(error)) throw error;
      logOf(strapi).debug(
        `event-webhooks: a row of ${model.uid} could not be read before: ${reasonOf(error)}`,
      );
    }
  };

  return {
    sentinel,
    innermost,
    /** Whether a document operation is writing a row of this type: then it is captured there. */
    handles: (uid: string): boolean => scopes.getStore()?.uid === uid,
    subscriber: {
      beforeUpdate: (event: LifecycleEvent) => look(event, false),
      beforeDelete: (event: LifecycleEvent) =>
        scopes.getStore()?.inside === true ? undefined : look(event, true),
      afterCreate: (event: LifecycleEvent) => note('create', event),
      afterUpdate: (event: LifecycleEvent) => note('update', event),
      afterDelete: (event: LifecycleEvent) => note('delete', event),
    },
  };
}

/** Locales that the operation itself wrote, according to its result or its parameters. */
function ownLocales(context: Context, result: unknown): Set<string | null> {
  const returned = (result ?? {}) as {
    locale?: string | null;
    entries?: readonly ({ locale?: string | null } | null)[];
  };
  const rows = returned.entries ?? (result ? [returned] : []);
  if (rows.length > 0) return new Set(rows.map((row) => row?.locale ?? null));
  const { locale } = context.params as { locale?: unknown };
  return new Set([typeof locale === 'string' ? locale : null]);
}
