import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { Catalog, TypePlan } from '../catalog/types';
import type { Connection } from '../store/connection';
import type { NewEvent } from '../store/events';
import { currentActor } from './actor';
import type { Change } from './change';
import { capturedActions, changesOf } from './change';
import type { Apart } from './compare';
import { changedFields, sameContent } from './compare';
import type { EventWriter, ReadChange } from './event-writer';
import type { Interest } from './interest';
import { lateChanges } from './late-changes';
import type { NotedRow } from './late-changes';
import { reasonOf } from './reason';
import type { Row, Rows, Where } from './rows';
import type { Silence } from './silence';

type Middleware = Parameters<Core.Strapi['documents']['use']>[0];
type Context = Parameters<Middleware>[0];

export interface LifecycleEvent {
  model: { uid: string };
  result?: unknown;
  params?: { data?: Record<string, unknown> };
}

/**
 * One document operation while it runs. `seen` is what the innermost middleware captured; `noted` are rows of
 * the same type that were written outside of it (a second `next()`, a retry, i18n's copying).
 */
interface Scope {
  uid: string;
  inside: boolean;
  seen: Map<string, Row | null>;
  noted: NotedRow[];
  changedNames: Set<string>;
  /** Attributes that the operation itself wrote to rows of the type, hooks of the app included. */
  written: Set<string>;
}

export interface DocumentCaptureDeps {
  strapi: Core.Strapi;
  catalog(): Catalog;
  interest: Interest;
  rows: Rows;
  writer: EventWriter;
  silence: Silence;
  insert(connection: Connection, events: readonly NewEvent[]): Promise<void>;
  /** Wakes the matcher. Called after commit; must only raise a flag. */
  wake(): void;
}

const key = (change: Pick<Change, 'action' | 'documentId' | 'locale' | 'status'>): string =>
  `${change.action}|${change.documentId}|${change.locale ?? ''}|${change.status}`;

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
  const { strapi, rows, writer } = deps;
  const scopes = new AsyncLocalStorage<Scope>();
  const transactionIds = new WeakMap<object, string>();

  const transactionId = (trx: object): string => {
    const known = transactionIds.get(trx) ?? randomUUID();
    transactionIds.set(trx, known);
    return known;
  };

  const planOf = (context: Context): TypePlan | null => {
    if (!capturedActions.has(context.action) || deps.silence.active()) return null;
    const plan = deps.catalog().plan(context.uid);
    return plan && deps.interest.wantsAny(plan) ? plan : null;
  };

  /** Reads the rows after a change: all at once, one by one where that fails, so that one bad row is thin alone. */
  const readAfter = async (plan: TypePlan, changes: readonly Change[]): Promise<(Row | string | null)[]> => {
    const wanted = changes.map((change): Where | null => {
      if (change.action === 'deleted' || change.action === 'unpublished') return null;
      if (change.rowId !== null) return { id: change.rowId };
      return { documentId: change.documentId, locale: change.locale, publishedAt: null };
    });
    const present = wanted.filter((where) => where !== null);
    if (present.length === 0) return wanted.map(() => null);
    try {
      const found = await rows.snapshot(plan, present.length === 1 ? (present[0] ?? {}) : { $or: present });
      return wanted.map((where) => (where === null ? null : (found.find((row) => fits(row, where)) ?? null)));
    } catch (error) {
      if (present.length === 1) return wanted.map((where) => (where === null ? null : reasonOf(error)));
      return Promise.all(
        wanted.map((where) =>
          where === null
            ? null
            : rows.snapshot(plan, where).then(
                (found) => found[0] ?? null,
                (cause: unknown) => reasonOf(cause),
              ),
        ),
      );
    }
  };

  const read = async (
    plan: TypePlan,
    changes: readonly Change[],
    before: readonly Row[],
    apart: Apart = {},
  ): Promise<ReadChange[]> => {
    const after = await readAfter(plan, changes);
    return changes.map((change, index) => {
      const row = after[index] ?? null;
      const old = before.find(
        (candidate) =>
          (candidate.locale ?? null) === change.locale &&
          (!rows.hasDraftAndPublish(plan.uid) || isPublished(candidate) === (change.status === 'published')),
      );
      return {
        change,
        before: change.action === 'created' ? null : (old ?? null),
        after: typeof row === 'string' ? null : row,
        problem: typeof row === 'string' ? row : null,
        ...apart,
      };
    });
  };

  const innermost: Middleware = async (context, next) => {
    const plan = planOf(context);
    if (!plan) return next();
    const scope = scopes.getStore();
    let captured: ReadChange[] = [];
    const result = await strapi.db.transaction(async ({ trx, onCommit }) => {
      const unread = unreadOf(deps.rows, plan, context);
      const before = await readBefore(deps, plan, context, unread);
      const inner = { ...(scope ?? newScope(plan.uid)), inside: true, written: new Set<string>() };
      const answer = await scopes.run(inner, next);
      const changes = changesOf({
        action: context.action,
        status: (context.params as { status?: unknown }).status,
        draftAndPublish: rows.hasDraftAndPublish(plan.uid),
        result: answer,
        before,
      });
      captured = await read(plan, changes, before, { unread, written: inner.written });
      const events = await writer.events(plan, captured, {
        actor: currentActor(strapi),
        transactionId: transactionId(trx),
        guarantee: 'same_transaction',
        cause: null,
      });
      await store(trx as unknown as Connection, events);
      if (events.length > 0) onCommit(() => deps.wake());
      return answer;
    });
    for (const { change, after } of captured) scope?.seen.set(key(change), after);
    if (scope) rememberNames(scope, plan, captured);
    return result;
  };

  const store = async (connection: Connection, events: readonly NewEvent[]): Promise<void> => {
    try {
      await deps.insert(connection, events);
    } catch (cause) {
      throw new Error(
        'event-webhooks: the database refused the event of this change, so the change was not saved',
        {
          cause,
        },
      );
    }
  };

  const sentinel: Middleware = async (context, next) => {
    const plan = planOf(context);
    if (!plan) return next();
    const scope = newScope(plan.uid);
    let result: Awaited<ReturnType<typeof next>> | undefined;
    try {
      return (result = await scopes.run(scope, next));
    } finally {
      // Also after an error: what a middleware wrote before it threw may have been committed.
      if (scope.noted.length > 0) await captureLate(plan, context, scope, result);
    }
  };

  const captureLate = async (
    plan: TypePlan,
    context: Context,
    scope: Scope,
    result: unknown,
  ): Promise<void> => {
    try {
      const late = lateChanges({
        action: context.action,
        documentId: (context.params as { documentId?: string }).documentId ?? null,
        draftAndPublish: rows.hasDraftAndPublish(plan.uid),
        ownLocales: ownLocales(context, result),
        noted: scope.noted,
        seen: (change) => scope.seen.has(key(change)),
      });
      if (late.length === 0) return;
      await strapi.db.transaction(async ({ trx, onCommit }) => {
        const events: NewEvent[] = [];
        for (const { change, cause, gone, names } of late) {
          const [fresh] = await read(plan, [change], gone ? [gone] : []);
          if (!fresh || (fresh.after === null && !gone && fresh.problem === null)) continue;
          const known = scope.seen.get(key(change));
          if (known && fresh.after && sameContent(known, fresh.after)) continue;
          const told =
            cause === 'i18n_sync'
              ? { ...fresh, changedNames: names.filter((name) => scope.changedNames.has(name)) }
              : fresh;
          events.push(
            ...(await writer.events(plan, [told], {
              actor: currentActor(strapi),
              transactionId: transactionId(trx),
              guarantee: 'late',
              cause,
            })),
          );
        }
        await deps.insert(trx as unknown as Connection, events);
        if (events.length > 0) onCommit(() => deps.wake());
      });
    } catch (error) {
      strapi.log.error(
        `event-webhooks: a late event of ${plan.uid} could not be written: ${reasonOf(error)}`,
      );
    }
  };

  /** Notes rows that are written while an operation runs, but outside of its innermost middleware. */
  const note = (operation: NotedRow['operation'], { model, result, params }: LifecycleEvent): void => {
    const scope = scopes.getStore();
    if (!scope || scope.uid !== model.uid) return;
    if (scope.inside) Object.keys(params?.data ?? {}).forEach((name) => scope.written.add(name));
    if (scope.inside || typeof result !== 'object' || result === null) return;
    scope.noted.push({ operation, row: result as Row, names: Object.keys(params?.data ?? {}) });
  };

  return {
    sentinel,
    innermost,
    /** Whether a row of this type is being written by a document operation: then it is captured there. */
    handles: (uid: string): boolean => scopes.getStore()?.uid === uid,
    subscriber: {
      afterCreate: (event: LifecycleEvent) => note('create', event),
      afterUpdate: (event: LifecycleEvent) => note('update', event),
      afterDelete: (event: LifecycleEvent) => note('delete', event),
    },
  };
}

const newScope = (uid: string): Scope => ({
  uid,
  inside: false,
  seen: new Map(),
  noted: [],
  changedNames: new Set(),
  written: new Set(),
});

const isPublished = (row: Partial<Row>): boolean => row.publishedAt !== null && row.publishedAt !== undefined;

const fits = (row: Row, where: Where): boolean =>
  'id' in where
    ? row.id === where.id
    : row.documentId === where.documentId && (row.locale ?? null) === where.locale && !isPublished(row);

/** The rows of the document as they stand before, only where something will be compared or is about to go. */
async function readBefore(
  deps: DocumentCaptureDeps,
  plan: TypePlan,
  context: Context,
  unread: ReadonlySet<string>,
): Promise<Row[]> {
  const params = context.params as { documentId?: string; status?: unknown; locale?: unknown };
  const documentId = params.documentId;
  if (!documentId) return [];
  const localized = (context.contentType.pluginOptions as { i18n?: { localized?: boolean } } | undefined)
    ?.i18n?.localized;
  const one = localized && typeof params.locale === 'string' && params.locale !== '*';
  const locale = one ? { locale: params.locale } : {};
  const draftAndPublish = deps.rows.hasDraftAndPublish(plan.uid);
  const read = async (where: Where, whole: boolean): Promise<Row[]> => {
    try {
      return await (whole ? deps.rows.snapshot(plan, where) : deps.rows.comparable(plan, where, unread));
    } catch {
      // Not a reason to refuse the save: the event says that the past is not known.
      return [];
    }
  };
  const published = draftAndPublish ? { publishedAt: { $ne: null } } : {};
  switch (context.action) {
    case 'update': {
      const both = params.status === 'published' || !draftAndPublish;
      return read({ documentId, ...locale, ...(both ? {} : { publishedAt: null }) }, false);
    }
    case 'publish':
      return read({ documentId, ...published }, false);
    case 'unpublish':
      return read({ documentId, ...published }, true);
    case 'delete':
      return read({ documentId }, true);
    default:
      return [];
  }
}

/**
 * Relations, media and components that an update does not name stay as they are, and reading them takes a query each.
 * Those that a rule asks about are read in any case.
 */
function unreadOf(rows: Rows, plan: TypePlan, { action, params }: Context): ReadonlySet<string> {
  if (action !== 'update') return new Set();
  const { data } = params as { data?: Record<string, unknown> };
  const needed = new Set([...Object.keys(data ?? {}), ...plan.mapped.flatMap(({ fields }) => fields)]);
  return new Set(rows.readApart(plan).filter((name) => !needed.has(name)));
}

/** Which fields the operation changed, so that the copies i18n makes of them can be told of by name. */
function rememberNames(scope: Scope, plan: TypePlan, captured: readonly ReadChange[]): void {
  for (const read of captured) {
    const { before, after } = read;
    if (before && after)
      changedFields(plan.comparable, before, after, read).forEach((name) => scope.changedNames.add(name));
  }
}

/** Locales that the operation itself wrote, by what it returned or was asked for. */
function ownLocales(context: Context, result: unknown): Set<string | null> {
  const returned = (result ?? {}) as {
    locale?: string | null;
    entries?: readonly { locale?: string | null }[];
  };
  const rows = returned.entries ?? (result ? [returned] : []);
  if (rows.length > 0) return new Set(rows.map((row) => row.locale ?? null));
  const { locale } = context.params as { locale?: unknown };
  return new Set([typeof locale === 'string' ? locale : null]);
}
