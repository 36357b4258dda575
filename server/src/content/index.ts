/**
 * STRAPI'S OWN CONTENT, AS IT IS READ: rows of the database with what is told of them, the addresses of their files, and
 * what one person may read. It writes nothing, compares nothing, and knows no event.
 */
import { firstOf } from '../catalog';
import type { CatalogRoom } from '../catalog';
import type { Context } from '../context';
import type { PrivateFiles } from '../files';
import type { Connection } from '../store/connection';
import { createFileUsesStore } from '../store/file-uses';
import { createCoreEntries } from './core-entries';
import { createEntryReaders } from './entry-reader';
import { withFileDetails } from './file-rows';
import { createRows } from './rows';
import { createSignedFiles } from './signed-files';

/** Entries that a file's event names as those that use it. */
const usesAtMost = 100;

export function openContent(
  { strapi, config, store }: Context,
  { catalog, files }: { catalog: CatalogRoom; files: PrivateFiles },
) {
  const fileUses = createFileUsesStore(strapi, store.database);
  const usesOf = async (id: number) => {
    const read = ({ trx }: { trx: unknown }) => fileUses.of(trx as Connection, id, usesAtMost);
    const { uses, total } = await strapi.db.transaction(read);
    return firstOf(uses, total);
  };
  return {
    rows: withFileDetails(createRows(strapi, { maxRelated: config.capture.maxRelated }), {
      addressed: catalog.addressed,
      usesOf,
    }),
    coreEntries: createCoreEntries(strapi),
    signedFiles: createSignedFiles({ catalog: catalog.current, files }),
    /** What a caller with this ability may read of entries. */
    readerOf: createEntryReaders(strapi),
  };
}

export type ContentRoom = ReturnType<typeof openContent>;

export type { CoreEntries, Selection } from './core-entries';
export type { EntryReader } from './entry-reader';
export type { Exact } from './long-lists';
export { beyond, byIds, shownBefore } from './row';
export type { Beyond, Row, RowIdentity, Status, Where } from './row';
export type { Rows, Told } from './rows';
export type { Texts } from './signed-files';
