import type { Entry, TypePlan } from '../catalog';
import type { Row } from './row';
import type { Rows } from './rows';

/** The type whose entries are the files themselves, and where the entries that use one are stored in it. */
const fileUid = 'plugin::upload.file';
const usesName = 'related';

export interface FileRowsDeps {
  /** The entry with absolute file URLs. */
  addressed(uid: string, entry: Entry): Entry;
  /** The entries that use a file, in the ambient transaction. */
  usesOf(fileId: number): Promise<readonly unknown[]>;
}

/**
 * Rows with their files in the form that receivers need: with absolute URLs, and a file itself with the
 * entries that use it. Those are read with the file, so that they are from the time of that change, and also
 * available for a deleted file; this costs one query for each written file, and only if a webhook is
 * subscribed.
 */
export function withFileDetails(rows: Rows, deps: FileRowsDeps): Rows {
  const withUses = async (row: Row): Promise<Row> => ({ ...row, [usesName]: await deps.usesOf(row.id) });

  const withAllUses = async ({ uid }: TypePlan, found: Row[]): Promise<Row[]> => {
    if (uid !== fileUid) return found;
    const told: Row[] = [];
    for (const row of found) told.push(await withUses(row));
    return told;
  };

  return {
    ...rows,

    snapshot: async (plan, where) => withAllUses(plan, await rows.snapshot(plan, where)),
    whole: async (plan, where, status, exact) =>
      withAllUses(plan, await rows.whole(plan, where, status, exact)),

    async sanitised(uid: string, row: Entry) {
      if (uid !== fileUid || row[usesName] === undefined) {
        return deps.addressed(uid, await rows.sanitised(uid, row));
      }
      // Strapi's sanitiser only knows related entries in the form in which it reads them itself.
      const { [usesName]: uses, ...file } = row;
      return { ...deps.addressed(uid, await rows.sanitised(uid, file)), [usesName]: uses };
    },
  };
}
