import type { TypePlan } from '../catalog';
import type { Connection } from '../store/connection';
import { hasFailed } from './attempt';
import type { Attempt, Unread } from './attempt';
import { actionOn, changeOf, deletedRows, returnedAsRead, returnedIds, returnedRows } from './change';
import type { Change } from './change';
import type { ReadChange } from './read-change';
import type { Asked } from './past';
import { byIds } from '../content';
import type { Exact, Row, RowIdentity, Rows, Status, Where } from '../content';
import type { Past, Scope } from './scope';

/** A row after an operation: complete, or its identity and why no more could be read. */
interface Left {
  row: RowIdentity & Partial<Row>;
  whole: Row | null;
  problem: string | null;
}

/** What is known of a row before the change. */
type KnownPast = Pick<ReadChange, 'before' | 'unread' | 'lost'>;

interface Done {
  trx: Connection;
  plan: TypePlan;
  asked: Asked;
  answer: unknown;
  scope: Scope;
}

export interface AftermathDeps {
  rows: Rows;
  attempt: Attempt;
  unread: Unread;
}

/** Reads the result of an operation from the database: which rows it left and removed, and their values. */
export function createAftermath({ rows, attempt, unread }: AftermathDeps) {
  /** One by one if reading all together fails, so that only a faulty row is thin. */
  const readWhole = async (
    { trx, plan }: Pick<Done, 'trx' | 'plan'>,
    ids: readonly number[],
    status: Status,
    exact: Exact,
  ): Promise<Map<number, Row | string>> => {
    if (ids.length === 0) return new Map();
    const found = await attempt(trx, () => rows.whole(plan, byIds(ids), status, exact));
    if (!hasFailed(found)) return new Map(found.map((row) => [row.id, row]));
    if (ids.length === 1) return new Map(ids.map((id) => [id, unread(plan, found)]));
    const alone = new Map<number, Row | string>();
    for (const id of ids) {
      for (const [, row] of await readWhole({ trx, plan }, [id], status, exact)) alone.set(id, row);
    }
    return alone;
  };

  /** If even the identities cannot be read, the operation's return value is used. */
  const identitiesOf = async ({ trx, plan, asked, answer }: Done, where: Where): Promise<RowIdentity[]> => {
    const found = await attempt(trx, () => rows.identities(plan.uid, where));
    return hasFailed(found) ? returnedRows(asked.action, answer) : found;
  };

  const readLeft = async (
    done: Done,
    ids: readonly number[],
    status: Status,
    exact: Exact,
  ): Promise<Left[]> => {
    const found = await readWhole(done, ids, status, exact);
    const unread = ids.filter((id) => typeof found.get(id) === 'string');
    const known = unread.length > 0 ? await identitiesOf(done, byIds(unread)) : [];
    return ids.flatMap((id): Left[] => {
      const row = found.get(id);
      if (row === undefined) return [];
      if (typeof row !== 'string') return [{ row, whole: row, problem: null }];
      const identity = known.find((one) => one.id === id);
      return identity ? [{ row: identity, whole: null, problem: row }] : [];
    });
  };

  /** The rows that an operation returned, and the draft of one that it published immediately. */
  const leftBy = async (done: Done): Promise<Left[]> => {
    const { action, draftAndPublish, publishes, names } = done.asked;
    const atOnce = draftAndPublish && publishes && (action === 'create' || action === 'update');
    const live = !draftAndPublish || action === 'publish' || atOnce;
    const named: Exact = action === 'update' ? new Set(names) : 'all';
    const ids = returnedIds(action, done.answer);
    const left = await readLeft(done, ids, live ? 'published' : 'draft', atOnce ? 'all' : named);
    if (!atOnce) return left;
    const drafts: Left[] = [];
    for (const { row } of left) {
      const where = { documentId: row.documentId, locale: row.locale ?? null, publishedAt: null };
      const draft = (await identitiesOf(done, where)).map(({ id }) => id);
      drafts.push(...(await readLeft(done, draft, 'draft', named)));
    }
    return [...drafts, ...left];
  };

  /** Rows that existed before and that the operation removed. */
  const takenBy = async (done: Done): Promise<Past[]> => {
    const { action, documentId } = done.asked;
    const past = [...done.scope.past.values()];
    if (action === 'delete' || action === 'unpublish') {
      const ids = new Set(returnedIds(action, done.answer));
      return past.filter(({ row }) => ids.has(row.id));
    }
    if (action !== 'discardDraft' || past.length === 0) return [];
    // Of a document that was never published nothing is left: its draft is deleted.
    const left = await identitiesOf(done, { documentId });
    return past.filter(({ row }) => !left.some(({ locale }) => (locale ?? null) === (row.locale ?? null)));
  };

  const goneChanges = async (done: Done): Promise<ReadChange[]> => {
    const { asked, answer, scope } = done;
    const action = asked.action === 'unpublish' ? 'unpublished' : 'deleted';
    const taken = await takenBy(done);
    if (taken.length === 0 && !scope.pastIsKnown && asked.action !== 'discardDraft') {
      // Not even the identities could be read before: the operation's return value is used.
      return deletedRows(returnedRows(asked.action, answer)).map((row) => ({
        change: changeOf(action, row, asked),
        before: null,
        after: null,
        problem: 'the entry could not be read before the change',
      }));
    }
    // An operation returns what it unpublished exactly as it read it.
    const unpublished = asked.action === 'unpublish' ? returnedAsRead(answer) : null;
    return taken.map(({ row, problem }) => ({
      change: changeOf(action, row, asked),
      selected: scope.selected.get(row.id) ?? unpublished?.get(row.id),
      before: problem === null ? (row as Row) : null,
      after: null,
      problem,
    }));
  };

  /** The row of the same version and locale before the operation: publishing replaces the row by another. */
  const pastOf = ({ plan, scope }: Pick<Done, 'plan' | 'scope'>, change: Change): KnownPast => {
    if (change.action !== 'updated' && change.action !== 'published') return { before: null };
    const past = [...scope.past.values()].find(
      ({ row }) =>
        row.documentId === change.documentId &&
        (row.locale ?? null) === change.locale &&
        rows.statusOf(plan.uid, row) === change.status,
    );
    return pastContent(plan, past);
  };

  const pastContent = (plan: TypePlan, past: Past | undefined): KnownPast => {
    if (past === undefined || past.problem !== null) return { before: null };
    const unread = rows.readApart(plan).filter((name) => !past.read.has(name));
    return {
      before: past.row as Row,
      unread: new Set(unread.filter((name) => !past.overwritten.has(name))),
      lost: new Set(unread.filter((name) => past.overwritten.has(name))),
    };
  };

  return {
    /** Every change of the operation, in the order of its events. */
    async changes(done: Done): Promise<ReadChange[]> {
      const { asked, scope } = done;
      const gone = await goneChanges(done);
      if (asked.action === 'delete' || asked.action === 'unpublish') return gone;
      const left = (await leftBy(done)).flatMap(({ row, whole, problem }): ReadChange[] => {
        const isNew = scope.created.has(row.id) || (scope.pastIsKnown && !scope.past.has(row.id));
        const action = actionOn(asked, row, isNew);
        if (action === null) return [];
        const change = changeOf(action, row, asked);
        return [{ change, after: whole, problem, ...pastOf(done, change) }];
      });
      return [...left, ...gone];
    },
    pastOf,
    pastContent,
  };
}

export type Aftermath = ReturnType<typeof createAftermath>;
