import { AsyncLocalStorage } from 'node:async_hooks';
import type { NotedRow } from './late-changes';
import type { Row, RowIdentity } from './rows';

/** A row as it was before anything was written to it. */
export interface Past {
  row: RowIdentity & Partial<Row>;
  /** What was read with it of relations, files and components; scalars always are. */
  read: ReadonlySet<string>;
  /** What was written to it unread, by a hook of the app that came after our own reading. */
  overwritten: ReadonlySet<string>;
  /** Why no more than its identity is known; null where its content was read. */
  problem: string | null;
}

/**
 * One document operation while it runs. `seen` is what the innermost middleware captured; `noted` are rows of
 * the same type that were written outside of it (a second `next()`, a retry, i18n's copying).
 */
export interface Scope {
  uid: string;
  /** Whether the repository itself is at work. */
  inside: boolean;
  seen: Map<string, Row | null>;
  noted: NotedRow[];
  /** Ids of rows that were created. */
  created: Set<number>;
  /** Rows before they were written, by id. */
  past: Map<number, Past>;
  /** False where not even the identities of the document's rows could be read before. */
  pastIsKnown: boolean;
}

export const newScope = (uid: string): Scope => ({
  uid,
  inside: false,
  seen: new Map(),
  noted: [],
  created: new Set(),
  past: new Map(),
  pastIsKnown: true,
});

export const createScopes = () => new AsyncLocalStorage<Scope>();
export type Scopes = ReturnType<typeof createScopes>;

/** Keeps rows as they were, with what was read of them. What was known first is older, and stays. */
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

/** Keeps that these rows were there, though not what was in them. */
export function rememberIdentities(scope: Scope, rows: readonly RowIdentity[], problem: string): void {
  for (const row of rows) {
    if (!scope.past.has(row.id))
      scope.past.set(row.id, { row, read: new Set(), overwritten: new Set(), problem });
  }
}

/** Notes what was written to a row: of what was not read before, the past is lost. */
export function rememberWriting(scope: Scope, id: number, names: readonly string[]): void {
  const known = scope.past.get(id);
  if (!known) return;
  const lost = names.filter((name) => !known.read.has(name));
  if (lost.length > 0)
    scope.past.set(id, { ...known, overwritten: new Set([...known.overwritten, ...lost]) });
}
