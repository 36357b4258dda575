import { AsyncLocalStorage } from 'node:async_hooks';
import type { Entry } from '../catalog';
import type { NotedRow } from './late-changes';
import type { Row, RowIdentity } from '../content';

/** A row before it was written. */
export interface Past {
  row: RowIdentity & Partial<Row>;
  /** Which relations, files and components were read with it; scalars always are. */
  read: ReadonlySet<string>;
  /** Fields written without having been read, by a hook of the app after the plugin's own reading. */
  overwritten: ReadonlySet<string>;
  /** Why only its identity is known; null if its content was read. */
  problem: string | null;
}

/**
 * One document operation while it runs. `seen` is what the innermost middleware captured; `noted` are rows of
 * the same type written outside of it (a second `next()`, a repeated call, i18n's copying).
 */
export interface Scope {
  uid: string;
  /** Whether the repository itself is running. */
  inside: boolean;
  seen: Map<string, Row | null>;
  noted: NotedRow[];
  /** Ids of rows that were created. */
  created: Set<number>;
  /** Rows before they were written, by id. */
  past: Map<number, Past>;
  /** False if not even the identities of the document's rows could be read before. */
  pastIsKnown: boolean;
  /** Rows that will be deleted as the caller selects them, by id, for Strapi's own event; empty unless a webhook asks. */
  selected: ReadonlyMap<number, Entry>;
}

export const newScope = (uid: string): Scope => ({
  uid,
  inside: false,
  seen: new Map(),
  noted: [],
  created: new Set(),
  past: new Map(),
  pastIsKnown: true,
  selected: new Map(),
});

export const createScopes = () => new AsyncLocalStorage<Scope>();
export type Scopes = ReturnType<typeof createScopes>;

/**
 * Stores rows before their change, with the parts that were read. Values stored first are older, and kept.
 */
export function rememberPast(scope: Scope, rows: readonly Row[], read: ReadonlySet<string>): void {
  for (const row of rows) {
    const known = scope.past.get(row.id);
    const older = known && known.problem === null ? known : { row: {}, read: new Set<string>() };
    scope.past.set(row.id, {
      row: { ...row, ...older.row },
      read: new Set([...older.read, ...read]),
      overwritten: new Set(),
      problem: null,
    });
  }
}

/** Stores that these rows existed, without their content. */
export function rememberIdentities(scope: Scope, rows: readonly RowIdentity[], problem: string): void {
  for (const row of rows) {
    if (!scope.past.has(row.id))
      scope.past.set(row.id, { row, read: new Set(), overwritten: new Set(), problem });
  }
}

/** Records the fields written to a row: the previous value of an unread one is lost. */
export function rememberWriting(scope: Scope, id: number, names: readonly string[]): void {
  const known = scope.past.get(id);
  if (!known) return;
  const lost = names.filter((name) => !known.read.has(name));
  if (lost.length > 0)
    scope.past.set(id, { ...known, overwritten: new Set([...known.overwritten, ...lost]) });
}
