import type { Entry } from '../catalog';
import type { StoredShowing } from '../store/events';

/** A row as returned by the database: unsanitised, with its keys. */
export interface Row extends Entry {
  id: number;
  documentId: string;
  locale: string | null;
  publishedAt: unknown;
  /** Lists with more members than are read, by their path: `tags`, `category.products`. */
  [beyond]?: Readonly<Record<string, Beyond>>;
  /** Of a row that goes: which entries showed it. */
  [shownBefore]?: StoredShowing;
}

/** What is known of a relation whose members are not all read. */
export interface Beyond {
  count: number;
  /** A digest of all its members, in order; null if they were not read. */
  digest: string | null;
}

/** Key of the members beyond the limit; a symbol, so that it is in no payload. */
export const beyond = Symbol('beyond the limit');

/** The identity of a row: all that has to be known before anything else is read. */
export type RowIdentity = Pick<Row, 'id' | 'documentId' | 'locale' | 'publishedAt'>;

export type Status = 'draft' | 'published';
export type Where = Record<string, unknown>;
export type Populate = Record<string, unknown>;
/** Key of who showed a row that goes; a symbol, so that it is in no payload. */
export const shownBefore = Symbol('shown before it went');

/** Strapi's filters of related entries, by their content type. */
export type Filters = (input: never) => Record<string, unknown>;

export const byIds = (ids: readonly number[]): Where =>
  ids.length === 1 ? { id: ids[0] } : { id: { $in: [...ids] } };
