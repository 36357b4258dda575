import type { Catalog, Entry } from '../catalog';
import type { EventRow } from '../store/events';
import type { PrivateFiles } from '../files';

/** The texts of an event's row, with its file URLs signed. */
export interface Texts {
  body: string | null;
  snapshot: string | null;
  selected: string | null;
}

export interface SignedFilesDeps {
  catalog(): Catalog;
  files: PrivateFiles;
}

type FileObject = Record<string, unknown>;

/** An event's parsed text, with its unsigned files; those are changed in place. */
interface Opened {
  id: number;
  files: FileObject[];
  texts(): Texts;
}

/** Finds the private files in data that will be sent, and has them signed. */
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

  /** A body with a complete entry, or the snapshot from which one will be built. */
  const open = ({ id, uid, type, body, snapshot, selected }: EventRow): Opened | null => {
    try {
      if (uid === null) return null;
      if (body === null && snapshot !== null) {
        const taken = JSON.parse(snapshot) as { entry: unknown };
        const texts = (): Texts => ({ body, snapshot: JSON.stringify(taken), selected });
        return { id, files: filesIn(uid, taken.entry), texts };
      }
      if (body === null || !catalog().tellsWhole(type)) return null;
      const told = JSON.parse(body) as { data: { entry: unknown; previous: unknown } };
      const chosen = selected === null ? null : (JSON.parse(selected) as { entry?: unknown });
      const found = [told.data.entry, told.data.previous, chosen?.entry].flatMap((one) => filesIn(uid, one));
      const texts = (): Texts => ({
        ...{ body: JSON.stringify(told), snapshot },
        selected: chosen && JSON.stringify(chosen),
      });
      return { id, files: found, texts };
    } catch {
      // If anything is wrong with it, matching reports it, and sets it aside.
      return null;
    }
  };

  return {
    /** Of events: the texts of those that contained unsigned files. */
    async ofEvents(events: readonly EventRow[]): Promise<ReadonlyMap<number, Texts>> {
      const opened = events.map(open).filter((one) => one !== null && one.files.length > 0) as Opened[];
      await files.sign(opened.flatMap((one) => one.files));
      return new Map(opened.map((one) => [one.id, one.texts()]));
    },

    /**
     * Of an entry for a test or trigger: its files are changed in place, because it was read only for this.
     */
    async ofEntry(uid: string, entry: Entry): Promise<Entry> {
      if (await files.refresh()) await files.sign(filesIn(uid, entry));
      return entry;
    },
  };
}

export type SignedFiles = ReturnType<typeof createSignedFiles>;
