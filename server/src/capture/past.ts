import type { TypePlan } from '../catalog';
import type { Connection } from '../store/connection';
import type { LockedRows } from '../store/row-lock';
import { hasFailed } from './attempt';
import type { Attempt, Unread } from './attempt';
import { deletedRows } from './change';
import type { Operation } from './change';
import { byIds } from '../content';
import type { Row, RowIdentity, Rows, Status, Where } from '../content';
import { rememberIdentities, rememberPast } from './scope';
import type { Scope } from './scope';
import type { ShownRows } from './shown-rows';

/** A document operation and its parameters. */
export interface Asked extends Operation {
  /** The document, if it exists already; undefined for a creation. */
  documentId: string | undefined;
  locale: unknown;
  /** Names of the attributes that it writes. */
  names: readonly string[];
}

const none: ReadonlySet<string> = new Set();

/**
 * Reads a document before an operation, into the scope: only values that will be compared or removed, and of
 * the other locales those that i18n may copy to them. Unreadable values are recorded as unknown.
 */
export interface PastReaderDeps {
  rows: Rows;
  attempt: Attempt;
  unread: Unread;
  shown: ShownRows;
}

export function createPastReader({ rows, attempt, unread, shown }: PastReaderDeps) {
  const idsOf = (plan: TypePlan, found: readonly RowIdentity[], status: Status): number[] =>
    found.filter((row) => rows.statusOf(plan.uid, row) === status).map(({ id }) => id);

  const identities = async (
    trx: Connection,
    plan: TypePlan,
    where: Where,
    scope: Scope,
  ): Promise<RowIdentity[]> => {
    const found = await attempt(trx, () => rows.identities(plan.uid, where));
    if (!hasFailed(found)) return found;
    scope.pastIsKnown = false;
    return [];
  };

  /** Whether there is another locale than the written one, which may not exist yet. */
  const hasOthers = async (found: readonly RowIdentity[], locale: unknown): Promise<boolean> => {
    const [first, second] = found;
    if (first === undefined || second !== undefined) return second !== undefined;
    return (
      first.locale !== (typeof locale === 'string' && locale !== '' ? locale : await rows.defaultLocale())
    );
  };

  /** The compared values of the rows of one status; of the other locales only what may be copied to them. */
  const compared = async (
    trx: Connection,
    plan: TypePlan,
    { documentId, locale, draftAndPublish }: Asked,
    scope: Scope,
    { status, names }: { status: Status; names: ReadonlySet<string> },
  ): Promise<void> => {
    const version = draftAndPublish ? { publishedAt: status === 'draft' ? null : { $ne: null } } : {};
    const one = plan.shared.length === 0 ? oneLocale(plan, locale) : {};
    const where = { documentId, ...version, ...one };
    const found = await attempt(trx, async () => {
      const first = await rows.content(plan, where, status, names);
      const copied = rows.readApart(plan).filter((name) => plan.shared.includes(name) && !names.has(name));
      if (copied.length === 0 || !(await hasOthers(first, locale))) return { read: names, content: first };
      const read = new Set([...names, ...copied]);
      const ids = first.map(({ id }) => id);
      return { read, content: await rows.content(plan, byIds(ids), status, read) };
    });
    if (hasFailed(found))
      rememberIdentities(scope, await identities(trx, plan, where, scope), unread(plan, found));
    else rememberPast(scope, found.content, found.read);
  };

  /** Rows that will be removed, with everything that their event contains. */
  const whole = async (
    trx: Connection,
    plan: TypePlan,
    scope: Scope,
    gone: readonly RowIdentity[],
    /** Whether receivers hear that it is gone: then also who showed it. */
    leaves: boolean,
  ): Promise<void> => {
    for (const status of ['draft', 'published'] as const) {
      const ids = idsOf(plan, gone, status);
      if (ids.length === 0) continue;
      const found = await attempt(trx, () => rows.whole(plan, byIds(ids), status, none));
      if (hasFailed(found)) rememberIdentities(scope, gone, unread(plan, found));
      else rememberPast(scope, leaves ? await shown(plan, found) : found, new Set(rows.readApart(plan)));
    }
  };

  /**
   * Relations, files and components that an update does not write stay unchanged, and reading each takes a
   * query. Those that conditions compare are read in any case.
   */
  const needed = (plan: TypePlan, names: readonly string[]): ReadonlySet<string> => {
    const wanted = new Set([...names, ...plan.compared.map((path) => path.split('.')[0] ?? path)]);
    return new Set(rows.readApart(plan).filter((name) => wanted.has(name)));
  };

  return async (trx: Connection, plan: TypePlan, asked: Asked, scope: Scope): Promise<void> => {
    const { documentId, draftAndPublish } = asked;
    if (documentId === undefined) return;
    const all = new Set(rows.readApart(plan));
    const draft: Status = draftAndPublish ? 'draft' : 'published';
    const compare = (status: Status, names: ReadonlySet<string>) =>
      compared(trx, plan, asked, scope, { status, names });
    switch (asked.action) {
      case 'update':
        await compare(draft, needed(plan, asked.names));
        if (draftAndPublish && asked.publishes) await compare('published', all);
        return;
      case 'create':
        return compare(asked.publishes ? 'published' : draft, none);
      case 'publish':
        return compare('published', all);
      case 'delete':
      case 'unpublish': {
        const where = { documentId, ...oneLocale(plan, asked.locale) };
        const found = await identities(trx, plan, where, scope);
        const live = found.filter((row) => rows.statusOf(plan.uid, row) === 'published');
        return whole(trx, plan, scope, asked.action === 'delete' ? deletedRows(found) : live, true);
      }
      case 'discardDraft': {
        const found = await identities(trx, plan, { documentId }, scope);
        const live = new Set(
          found.filter((row) => rows.statusOf(plan.uid, row) === 'published').map(({ locale }) => locale),
        );
        await whole(
          trx,
          plan,
          scope,
          found.filter(({ locale }) => !live.has(locale)),
          false,
        );
        return plan.shared.length > 0 ? compare('draft', none) : undefined;
      }
      default:
    }
  };
}

/** The condition for one locale, if one was given. */
const oneLocale = ({ localized }: TypePlan, locale: unknown): { locale?: string } =>
  localized && typeof locale === 'string' && locale !== '*' && locale !== '' ? { locale } : {};

/** The rows that an operation will change; null if there are none yet. */
export const lockedBy = (plan: TypePlan, { documentId, locale }: Asked): LockedRows | null =>
  documentId === undefined ? null : { uid: plan.uid, documentId, locale: oneLocale(plan, locale).locale };

/**
 * Just before a row is written: reads values that will be written and were not read yet. Those are added to
 * an update by a hook of the app, or written by others while the operation runs.
 */
export async function completePast(
  rows: Rows,
  plan: TypePlan,
  scope: Scope,
  written: { where: Where; names: readonly string[]; goes: boolean },
  shown: ShownRows,
): Promise<void> {
  const apart = rows.readApart(plan);
  const names = written.goes ? apart : apart.filter((name) => written.names.includes(name));
  const id = written.where['id'];
  const first = typeof id === 'number' ? scope.past.get(id) : undefined;
  // Within the operation everything necessary was read; a failed read is not repeated.
  if (scope.inside && (first === undefined || first.problem !== null)) return;
  if (first && names.every((name) => first.read.has(name))) return;
  const [row] = first ? [first.row] : await rows.identities(plan.uid, written.where);
  if (!row) return;
  const known = scope.past.get(row.id);
  const missing = new Set(names.filter((name) => !known?.read.has(name)));
  if (known && missing.size === 0) return;
  const status = rows.statusOf(plan.uid, row);
  const read: Row[] = written.goes
    ? await shown(plan, await rows.whole(plan, { id: row.id }, status, none))
    : await rows.content(plan, { id: row.id }, status, missing);
  rememberPast(scope, read, missing);
}
