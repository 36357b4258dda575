import type { Catalog, Entry } from '../catalog/types';
import type { EventRow } from '../store/events';
import type { Texts } from '../matching/signing';
import type { PrivateFiles } from './private-files';

export interface SignedFilesDeps {
  catalog(): Catalog;
  files: PrivateFiles;
}

type FileObject = Record<string, unknown>;

/** An event's text, opened, with the files in it that are yet to be signed; those are changed in place. */
interface Opened {
  id: number;
  files: FileObject[];
  texts(): Texts;
}

/** Finds the private files of what is about to be told, and has them signed. */
export function createSignedFiles({ catalog, files }: SignedFilesDeps) {
  const filesIn = (uid: string, entry: unknown): FileObject[] => {
    if (typeof entry !== 'object' || entry === null) return [];
    const found: FileObject[] = [];
    catalog().withFiles(uid, entry as Entry, (file) => {
      if (files.waits(file)) found.push(file as FileObject);
      return file;
    });
    return found;
  };

  /** A body that tells an entry as a whole, or the snapshot that one is yet to be made of. */
  const open = ({ id, uid, type, body, snapshot }: EventRow): Opened | null => {
    try {
      if (uid === null) return null;
      if (body === null && snapshot !== null) {
        const taken = JSON.parse(snapshot) as { entry: unknown };
        const texts = (): Texts => ({ body, snapshot: JSON.stringify(taken) });
        return { id, files: filesIn(uid, taken.entry), texts };
      }
      if (body === null || !catalog().tellsWhole(type)) return null;
      const told = JSON.parse(body) as { data: { entry: unknown; previous: unknown } };
      const found = [...filesIn(uid, told.data.entry), ...filesIn(uid, told.data.previous)];
      return { id, files: found, texts: () => ({ body: JSON.stringify(told), snapshot }) };
    } catch {
      // Whatever is wrong with it, matching says so, and sets it aside.
      return null;
    }
  };

  return {
    /** Of events: the texts of those that held what was yet to be signed. */
    async ofEvents(events: readonly EventRow[]): Promise<ReadonlyMap<number, Texts>> {
      const opened = events.map(open).filter((one) => one !== null && one.files.length > 0) as Opened[];
      await files.sign(opened.flatMap((one) => one.files));
      return new Map(opened.map((one) => [one.id, one.texts()]));
    },

    /** Of an entry that is told by hand: its files are changed in place, for it was read for this alone. */
    async ofEntry(uid: string, entry: Entry): Promise<Entry> {
      if (await files.refresh()) await files.sign(filesIn(uid, entry));
      return entry;
    },
  };
}

export type SignedFiles = ReturnType<typeof createSignedFiles>;
