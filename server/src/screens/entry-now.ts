import { errors } from '@strapi/utils';
import type { ActorChoice, EntryReference } from '../../../contracts';
import type { Entry, TypePlan } from '../catalog';
import { facts } from '../conditions';
import type { ChangeFacts } from '../conditions';
import type { EntryReader, Row, Rows } from '../content';

export interface EntryNowDeps {
  rows: Rows;
  /** The caller. */
  actor(): ActorChoice;
  now(): number;
}

/** An entry as it is, as far as the caller may read it. */
export interface EntryNow {
  row: Row;
  shown: Entry;
  /** As if it had been changed just now by the caller: what must have changed counts as changed. */
  facts: ChangeFacts;
}

/**
 * Reads an entry and what these paths compare in it. Judged by what is shown: what the role may not read, also behind a
 * relation, is not known. Throws where there is no such entry, or the caller may not read it.
 */
export function createEntryNow({ rows, actor, now }: EntryNowDeps) {
  return async (
    plan: TypePlan,
    paths: readonly string[],
    { documentId, locale }: Pick<EntryReference, 'documentId' | 'locale'>,
    reader: EntryReader,
  ): Promise<EntryNow> => {
    const where = { documentId, ...(locale === null ? {} : { locale }) };
    const [row] = await rows.snapshot(plan, where);
    if (!row) throw new errors.NotFoundError(`the entry ${plan.uid} ${documentId} does not exist`);
    const open = await reader.open(plan.uid, row.id);
    if (!open) throw new errors.ForbiddenError('your role may not read this entry');
    const { entry: shown } = rows.told(plan, row, await open.readable(await rows.sanitised(plan.uid, row)));
    const change = {
      locale: row.locale ?? null,
      status: rows.statusOf(plan.uid, row),
      actor: actor(),
      occurredAt: now(),
      changedFields: null,
    };
    return {
      row,
      shown,
      facts: { action: 'created', before: null, after: facts(plan.judged, paths, shown), change },
    };
  };
}
