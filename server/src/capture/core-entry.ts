import type { Entry, TypePlan } from '../catalog';
import type { CoreEntries } from '../content';
import type { ReadChange } from './read-change';
import type { Interest } from './interest';

export interface CoreEntryDeps {
  interest: Pick<Interest, 'wantsCoreEntry'>;
  coreEntries: CoreEntries;
  /** Runs statements so that a failing one leaves the ambient transaction unchanged; throws only if it was undone. */
  tried<T>(what: string, run: () => Promise<T>): Promise<T | null>;
  maxBodyBytes: number;
  /** All texts of an event together: what one statement of the database certainly holds. */
  maxEventBytes: number;
}

/** The entry of an event as Strapi's own webhook sends it, as JSON text, beside texts that take so many bytes. */
export type CoreEntryOf = (
  plan: TypePlan,
  type: string,
  read: ReadChange,
  taken: number,
) => Promise<string | null>;

/**
 * Reads it while the change is written, and only if a webhook with the format `strapi` is subscribed. Null otherwise, and
 * where it cannot be read or is too large: that format then tells the entry of the event.
 */
export function createCoreEntryOf(deps: CoreEntryDeps): CoreEntryOf {
  const { coreEntries } = deps;

  const rowOf = async (
    { uid }: TypePlan,
    { change, before, selected }: ReadChange,
  ): Promise<Entry | null> => {
    if (change.rowId !== null) return coreEntries.present(uid, change.rowId);
    return selected ?? (before && coreEntries.bare(uid, before));
  };

  return async (plan, type, read, taken) => {
    if (!deps.interest.wantsCoreEntry(type)) return null;
    return deps.tried(`the entry of ${type} for the format strapi`, async () => {
      const row = await rowOf(plan, read);
      if (row === null) return null;
      const text = JSON.stringify(await coreEntries.sanitised(plan.uid, row));
      const bytes = Buffer.byteLength(text);
      return bytes <= deps.maxBodyBytes && taken + bytes <= deps.maxEventBytes ? text : null;
    });
  };
}
