import type { TypePlan } from '../catalog';
import { shownBefore } from '../content';
import type { Row, Rows } from '../content';
import type { ShowingRoom } from '../showing';
import type { Interest } from './interest';

export interface ShownRowsDeps {
  interest: Interest;
  rows: Pick<Rows, 'statusOf'>;
  showing: Pick<ShowingRoom, 'ofRow'>;
}

/**
 * Rows that are about to go, each with the entries that show it, if somebody wants to know: once it is gone nothing leads
 * from them to it any more. Whoever asks nothing of it pays nothing.
 */
export function createShownRows({ interest, rows, showing }: ShownRowsDeps) {
  return async (plan: TypePlan, going: readonly Row[]): Promise<Row[]> => {
    if (!interest.keepsShowing(plan.uid)) return [...going];
    const told: Row[] = [];
    for (const row of going) {
      const { id, documentId, locale } = row;
      const version = {
        uid: plan.uid,
        documentId,
        locale: locale ?? null,
        status: rows.statusOf(plan.uid, row),
      };
      told.push({ ...row, [shownBefore]: await showing.ofRow(version, id) });
    }
    return told;
  };
}

export type ShownRows = ReturnType<typeof createShownRows>;
