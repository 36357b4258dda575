import type { ContentAction } from '../../../../contracts';
import { toNumber, toNumberOrNull, toTextOrNull } from '../connection';
import type { Showing } from '../showing';

type Values = Readonly<Record<string, string | number | boolean | null | string[]>>;

/** The values that conditions compare, by path, before and after the change. */
export interface StoredFacts {
  action: ContentAction;
  before: Values | null;
  after: Values | null;
}

/** Which entries showed an entry before it went, and its own title. */
export interface StoredShowing extends Showing {
  title: string | null;
}

/** An event as it is written, within the content's own transaction. */
export interface NewEvent {
  messageId: string;
  type: string;
  /** Epoch milliseconds. */
  occurredAt: number;
  body: string | null;
  snapshot: string | null;
  /** The entry as Strapi's own webhook sends it, as JSON text; null where no webhook asks for it. */
  coreEntry: string | null;
  /** What trees of webhooks tell of the entry beyond the body, as JSON; null where none asked for more. */
  selected: string | null;
  thinReason: string | null;
  uid: string | null;
  documentId: string | null;
  locale: string | null;
  status: string | null;
  changedFields: readonly string[] | null;
  /** What conditions compare; null where nobody asked for any. */
  facts: StoredFacts | null;
  /** Of an entry that is gone: which entries showed it; null where nobody asked, or the entry is still there. */
  shownBy: StoredShowing | null;
  actor: { type: string; id: string | null; name: string | null };
  transactionId: string | null;
  /**
   * Of the change of a draft: the message id that its publication has, if the same transaction went on to publish it.
   * Given before that is known, so that no row is written twice.
   */
  publishedAs?: string | null;
  guarantee: string;
  cause: string | null;
}

/** The columns of an event without an entry: emitted by code, or announced. */
export const withoutEntry = {
  snapshot: null,
  coreEntry: null,
  selected: null,
  thinReason: null,
  uid: null,
  documentId: null,
  locale: null,
  status: null,
  changedFields: null,
  facts: null,
  shownBy: null,
} as const;

export interface EventRow extends NewEvent {
  id: number;
  matchedAt: number | null;
  matchError: string | null;
}

/** An unmatched event without its texts: a batch of those may be 64 MiB, and matching needs few of them. */
export type UnmatchedEvent = Pick<
  EventRow,
  | 'id'
  | 'messageId'
  | 'type'
  | 'occurredAt'
  | 'uid'
  | 'documentId'
  | 'locale'
  | 'status'
  | 'changedFields'
  | 'facts'
  | 'actor'
  | 'publishedAs'
> & {
  hasBody: boolean;
};

/** What is read of an unmatched event. */
export const unmatchedColumns = [
  'id',
  'message_id',
  'type',
  'occurred_at',
  'uid',
  'document_id',
  'locale',
  'status',
  'changed_fields',
  'facts',
  'actor_type',
  'actor_id',
  'actor_name',
  'published_as',
] as const;

/** An unmatched event, as far as it has to be known for who shows its entry. */
export type WaitingEvent = UnmatchedEvent & Pick<EventRow, 'shownBy' | 'transactionId' | 'guarantee'>;

/** What is read of that. */
export const waitingColumns = [...unmatchedColumns, 'shown_by', 'transaction_id', 'guarantee'] as const;

/** What is read of an event's row. */
export const eventColumns = [
  'id',
  'message_id',
  'type',
  'occurred_at',
  'body',
  'snapshot',
  'core_entry',
  'selected',
  'thin_reason',
  'uid',
  'document_id',
  'locale',
  'status',
  'changed_fields',
  'facts',
  'actor_type',
  'actor_id',
  'actor_name',
  'transaction_id',
  'published_as',
  'guarantee',
  'cause',
  'shown_by',
  'matched_at',
  'match_error',
] as const;

/** As it is inserted. */
export const toEventRow = (event: NewEvent): Record<string, unknown> => ({
  message_id: event.messageId,
  type: event.type,
  occurred_at: event.occurredAt,
  body: event.body,
  snapshot: event.snapshot,
  core_entry: event.coreEntry,
  selected: event.selected,
  thin_reason: event.thinReason,
  uid: event.uid,
  document_id: event.documentId,
  locale: event.locale,
  status: event.status,
  changed_fields: event.changedFields === null ? null : JSON.stringify(event.changedFields),
  facts: event.facts === null ? null : JSON.stringify(event.facts),
  shown_by: event.shownBy === null ? null : JSON.stringify(event.shownBy),
  actor_type: event.actor.type,
  actor_id: event.actor.id,
  actor_name: event.actor.name,
  transaction_id: event.transactionId,
  published_as: event.publishedAs ?? null,
  guarantee: event.guarantee,
  cause: event.cause,
});

export function fromEventRow(row: Record<string, unknown>): EventRow {
  return {
    id: toNumber(row.id),
    messageId: String(row.message_id),
    type: String(row.type),
    occurredAt: toNumber(row.occurred_at),
    body: toTextOrNull(row.body),
    snapshot: toTextOrNull(row.snapshot),
    coreEntry: toTextOrNull(row.core_entry),
    selected: toTextOrNull(row.selected),
    thinReason: toTextOrNull(row.thin_reason),
    uid: toTextOrNull(row.uid),
    documentId: toTextOrNull(row.document_id),
    locale: toTextOrNull(row.locale),
    status: toTextOrNull(row.status),
    changedFields: namesOf(toTextOrNull(row.changed_fields)),
    facts: factsOf(toTextOrNull(row.facts)),
    shownBy: showingOf(toTextOrNull(row.shown_by)),
    actor: {
      type: String(row.actor_type),
      id: toTextOrNull(row.actor_id),
      name: toTextOrNull(row.actor_name),
    },
    transactionId: toTextOrNull(row.transaction_id),
    publishedAs: toTextOrNull(row.published_as),
    guarantee: String(row.guarantee),
    cause: toTextOrNull(row.cause),
    matchedAt: toNumberOrNull(row.matched_at),
    matchError: toTextOrNull(row.match_error),
  };
}

/** The same of an unmatched event. */
export function fromUnmatchedRow(row: Record<string, unknown>): UnmatchedEvent {
  const { id, messageId, type, occurredAt, uid, documentId, locale, status, ...rest } = fromEventRow(row);
  const { changedFields, facts, actor, publishedAs } = rest;
  const hasBody = toNumber(row.has_body) === 1;
  return {
    ...{ id, messageId, type, occurredAt, uid, documentId, locale, status },
    ...{ changedFields, facts, actor, publishedAs, hasBody },
  };
}

/** The same, with who showed its entry. */
export function fromWaitingRow(row: Record<string, unknown>): WaitingEvent {
  const { shownBy, transactionId, guarantee } = fromEventRow(row);
  return { ...fromUnmatchedRow(row), ...{ shownBy, transactionId, guarantee } };
}

/** Null if it cannot be read: conditions are then judged by the body. */
function factsOf(text: string | null): StoredFacts | null {
  try {
    const facts: unknown = JSON.parse(text ?? 'null');
    return typeof facts === 'object' && facts !== null && 'action' in facts ? (facts as StoredFacts) : null;
  } catch {
    return null;
  }
}

/** Null if it cannot be read: then nobody is known to have shown it. */
function showingOf(text: string | null): StoredShowing | null {
  try {
    const showing = JSON.parse(text ?? 'null') as StoredShowing | null;
    return Array.isArray(showing?.entries) ? showing : null;
  } catch {
    return null;
  }
}

/** Null if it is not a list: one odd row must not prevent others from being read. */
function namesOf(text: string | null): string[] | null {
  try {
    const names: unknown = JSON.parse(text ?? 'null');
    return Array.isArray(names) ? names.map(String) : null;
  } catch {
    return null;
  }
}
