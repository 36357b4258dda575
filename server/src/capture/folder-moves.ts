import { AsyncLocalStorage } from 'node:async_hooks';
import type { Core } from '@strapi/strapi';
import type { TypePlan } from '../catalog';
import type { Row, Rows, Where } from '../content';

const folderUid = 'plugin::upload.folder';

interface FolderMovesDeps {
  strapi: Core.Strapi;
  rows: Rows;
  /** Null if no webhook is subscribed. */
  plan(uid: string): TypePlan | null;
  guarded(what: string, run: () => Promise<void>): Promise<void>;
  tellUpdated(plan: TypePlan, past: ReadonlyMap<number, Row>, unread: ReadonlySet<string>): Promise<void>;
}

/**
 * The media library moves folders with the query builder, without any lifecycle: the previous values are read
 * before, and compared afterwards. A moved folder changes `parent` and `path`, those below it their `path`.
 * (For a file both are private.)
 */
export function createFolderMoves(deps: FolderMovesDeps) {
  const storage = new AsyncLocalStorage<true>();

  const read = async (
    plan: TypePlan,
    ids: readonly unknown[],
    unread: ReadonlySet<string>,
  ): Promise<Map<number, Row>> => {
    const folders = (where: Where) => deps.rows.comparable(plan, where, unread);
    const moved = await folders({ id: { $in: ids } });
    const past = new Map(moved.map((row) => [row.id, row]));
    for (const { path } of moved) {
      for (const row of await folders({ path: { $startsWith: `${String(path)}/` } })) past.set(row.id, row);
    }
    return past;
  };

  return {
    /** Whether a move is writing rows of this type: their events follow when it is done. */
    handles: (uid: string): boolean => uid === folderUid && storage.getStore() === true,

    async around<T>(ids: readonly unknown[], move: () => Promise<T>): Promise<T> {
      const plan = ids.length === 0 ? null : deps.plan(folderUid);
      if (!plan) return move();
      const unread = new Set(deps.rows.readApart(plan).filter((name) => name !== 'parent'));
      let past: Map<number, Row> | null = null;
      await deps.guarded(`${folderUid} (move)`, async () => {
        past = await read(plan, ids, unread);
      });
      if (past === null) return move();
      try {
        return await storage.run(true, move);
      } finally {
        // Also after an error: place and name are written separately.
        await deps.tellUpdated(plan, past, unread);
      }
    },
  };
}
