import type { TypePlan } from '../catalog';
import { shownBefore } from '../content';
import type { Row, Rows } from '../content';
import { unknownShowing } from '../showing';
import type { ShowingRoom } from '../showing';
import type { StoredShowing } from '../store/events';
import type { Interest } from './interest';

export interface ShownRowsDeps {
  interest: Pick<Interest, 'keepsShowing'>;
  rows: Pick<Rows, 'statusOf'>;
  showing: Pick<ShowingRoom, 'ofRow'>;
  /** Runs statements so that a failing one leaves the ambient transaction unchanged; throws only if it was undone. */
  tried<T>(what: string, run: () => Promise<T>): Promise<T | null>;
}

/**
 * Rows that are about to go, each with the entries that show it, if somebody wants to know: once it is gone nothing leads
 * from them to it any more. Whoever asks nothing of it pays nothing. Where it cannot be read the rows are told without it.
 */
export function createShownRows({ interest, rows, showing, tried }: ShownRowsDeps) {
  const withShowing = async ({ uid }: TypePlan, going: readonly Row[]): Promise<Row[]> => {
    const told: Row[] = [];
    for (const row of going) {
      const { id, documentId, locale } = row;
      const version = { uid, documentId, locale: locale ?? null, status: rows.statusOf(uid, row) };
      told.push({ ...row, [shownBefore]: await showing.ofRow(version, id) });
    }
    return told;
  };

  return async (plan: TypePlan, going: readonly Row[]): Promise<Row[]> => {
    if (going.length === 0 || !interest.keepsShowing(plan.uid)) return [...going];
    const told = await tried(`what shows ${plan.uid}`, () => withShowing(plan, going));
    return told ?? going.map((row) => ({ ...row, [shownBefore]: unknownShowing }));
  };
}

/** As many of them as fit into so many bytes, the nearest first; null where not even their number does. */
export function shownWithin(showing: StoredShowing, bytes: number): StoredShowing | null {
  if (bytes >= Buffer.byteLength(JSON.stringify(showing))) return showing;
  const cut = { ...showing, entries: [], truncated: true };
  let left = bytes - Buffer.byteLength(JSON.stringify(cut));
  if (left < 0) return null;
  const end = showing.entries.findIndex((entry) => {
    // With the comma behind it.
    left -= Buffer.byteLength(JSON.stringify(entry)) + 1;
    return left < 0;
  });
  return { ...cut, entries: end === -1 ? showing.entries : showing.entries.slice(0, end) };
}

export type ShownRows = ReturnType<typeof createShownRows>;
