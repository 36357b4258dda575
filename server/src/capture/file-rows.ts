import type { Entry, TypePlan } from '../catalog/types';
import type { Row, Rows } from './rows';

/** The type whose entries are the files themselves, and where those that use one stand in it. */
const fileUid = 'plugin::upload.file';
const usesName = 'related';

export interface FileRowsDeps {
  /** The entry with the whole addresses of its files. */
  addressed(uid: string, entry: Entry): Entry;
  /** The entries that use a file, in the ambient transaction. */
  usesOf(fileId: number): Promise<readonly unknown[]>;
}

/**
 * Rows whose files are told as a receiver needs them: with whole addresses, and a file itself with the entries that use
 * it. Those are read with the file, so that they are what they were at that change, and a file that is deleted still
 * tells of them; which costs one question for each file that is written, and only while some webhook wants that.
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
      // Strapi's sanitiser knows related entries only as it reads them itself.
      const { [usesName]: uses, ...file } = row;
      return { ...deps.addressed(uid, await rows.sanitised(uid, file)), [usesName]: uses };
    },
  };
}
