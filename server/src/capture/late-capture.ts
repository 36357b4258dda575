import type { Core } from '@strapi/strapi';
import type { TypePlan } from '../catalog';
import type { Connection } from '../store/connection';
import type { NewEvent } from '../store/events';
import { logOf } from '../log';
import { reasonOf } from '../reason';
import type { Aftermath } from './aftermath';
import type { Attempt, AttemptDeps, Unread } from './attempt';
import { hasFailed } from './attempt';
import { changeKey } from './change';
import type { EventWriter, Origin } from './event-writer';
import type { ReadChange } from './read-change';
import { lateChanges } from './late-changes';
import type { LateChange, NotedRow } from './late-changes';
import type { Asked } from './past';
import type { Row, Rows } from '../content';
import type { Scope } from './scope';

export interface LateCaptureDeps extends Pick<AttemptDeps, 'within'> {
  strapi: Core.Strapi;
  rows: Rows;
  writer: EventWriter;
  attempt: Attempt;
  unread: Unread;
  aftermath: Aftermath;
  originOf(trx: object, rest: Pick<Origin, 'guarantee' | 'cause'>): Origin;
  insert(connection: Connection, events: readonly NewEvent[]): Promise<void>;
  wake(): void;
}

export interface LateOperation {
  asked: Asked;
  /** Locales that the operation itself wrote. */
  ownLocales: Set<string | null>;
}

/** Events of rows that were written outside of the innermost middleware, written when the operation is over: late. */
export function createLateCapture(deps: LateCaptureDeps) {
  const { strapi, rows, writer, attempt, aftermath } = deps;

  /** The late change with its rows, or null if nothing has changed. */
  const readLate = async (
    trx: Connection,
    plan: TypePlan,
    scope: Scope,
    { change, gone }: LateChange,
  ): Promise<ReadChange | null> => {
    if (gone) {
      const known = scope.past.get(gone.id);
      return {
        change,
        before: known?.problem === null ? (known.row as Row) : gone,
        after: null,
        problem: null,
      };
    }
    if (change.rowId === null) return null;
    const exact = 'all';
    const found = await attempt(trx, () => rows.whole(plan, { id: change.rowId }, change.status, exact));
    if (hasFailed(found)) return { change, before: null, after: null, problem: deps.unread(plan, found) };
    const [after] = found;
    if (!after) return null;
    // The last captured values are the previous ones; else the ones read before any write.
    const seen = scope.seen.get(changeKey(change));
    const past = seen
      ? { before: seen }
      : change.rowId !== null && scope.past.has(change.rowId)
        ? aftermath.pastContent(plan, scope.past.get(change.rowId))
        : aftermath.pastOf({ plan, scope }, change);
    const read: ReadChange = { change, after, problem: null, ...past };
    return writer.tellsNothing(plan, read) ? null : read;
  };

  /**
   * The recorded rows as they are in the database, not as the writer selected them. Deleted rows stay as
   * recorded.
   */
  const identified = async (
    trx: Connection,
    plan: TypePlan,
    noted: readonly NotedRow[],
  ): Promise<NotedRow[]> => {
    const ids = [
      ...new Set(noted.filter(({ operation }) => operation !== 'delete').map(({ row }) => row.id)),
    ];
    const found = await attempt(trx, () => rows.identities(plan.uid, { id: { $in: ids } }));
    const known = new Map(hasFailed(found) ? [] : found.map((row) => [row.id, row]));
    return noted.map((one) => ({ ...one, row: { ...one.row, ...known.get(one.row.id) } }));
  };

  /** Whatever goes wrong is logged, `operation` included: the operation itself is over. */
  return async (plan: TypePlan, scope: Scope, operation: () => LateOperation): Promise<void> => {
    try {
      const { asked, ownLocales } = operation();
      await strapi.db.transaction(async ({ trx, onCommit }) => {
        const connection = trx as unknown as Connection;
        const late = lateChanges({
          ...asked,
          documentId: asked.documentId ?? null,
          ownLocales,
          noted: await identified(connection, plan, scope.noted),
          seen: (change) => scope.seen.has(changeKey(change)),
        });
        const events: NewEvent[] = [];
        for (const one of late) {
          const read = await readLate(connection, plan, scope, one);
          if (!read) continue;
          const origin = deps.originOf(trx, { guarantee: 'late', cause: one.cause });
          events.push(...(await writer.events(plan, [read], origin)));
        }
        await deps.within(connection, () => deps.insert(connection, events));
        if (events.length > 0) onCommit(() => deps.wake());
      });
    } catch (error) {
      logOf(strapi).error(
        `event-webhooks: a late event of ${plan.uid} could not be written: ${reasonOf(error)}`,
      );
    }
  };
}
