import type { ContentAction } from '../../../../contracts';
import { toNumber, toNumberOrNull, toTextOrNull } from '../connection';

type Values = Readonly<Record<string, string | number | boolean | null | string[]>>;

/** The values that conditions compare, by path, before and after the change. */
export interface StoredFacts {
  action: ContentAction;
  before: Values | null;
  after: Values | null;
}

/** An event as it is written, within the content's own transaction. */
export interface NewEvent {
  messageId: string;
  type: string;
  /** Epoch milliseconds. */
  occurredAt: number;
  body: string | null;
  snapshot: string | null;
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
  actor: { type: string; id: string | null; name: string | null };
  transactionId: string | null;
  guarantee: string;
  cause: string | null;
}

/** The columns of an event without an entry: emitted by code, or announced. */
export const withoutEntry = {
  snapshot: null,
  selected: null,
  thinReason: null,
  uid: null,
  documentId: null,
  locale: null,
  status: null,
  changedFields: null,
  facts: null,
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
] as const;

/** What is read of an event's row. */
export const eventColumns = [
  'id',
  'message_id',
  'type',
  'occurred_at',
  'body',
  'snapshot',
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
  'guarantee',
  'cause',
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
  selected: event.selected,
  thin_reason: event.thinReason,
  uid: event.uid,
  document_id: event.documentId,
  locale: event.locale,
  status: event.status,
  changed_fields: event.changedFields === null ? null : JSON.stringify(event.changedFields),
  facts: event.facts === null ? null : JSON.stringify(event.facts),
  actor_type: event.actor.type,
  actor_id: event.actor.id,
  actor_name: event.actor.name,
  transaction_id: event.transactionId,
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
    selected: toTextOrNull(row.selected),
    thinReason: toTextOrNull(row.thin_reason),
    uid: toTextOrNull(row.uid),
    documentId: toTextOrNull(row.document_id),
    locale: toTextOrNull(row.locale),
    status: toTextOrNull(row.status),
    changedFields: namesOf(toTextOrNull(row.changed_fields)),
    facts: factsOf(toTextOrNull(row.facts)),
    actor: {
      type: String(row.actor_type),
      id: toTextOrNull(row.actor_id),
      name: toTextOrNull(row.actor_name),
    },
    transactionId: toTextOrNull(row.transaction_id),
    guarantee: String(row.guarantee),
    cause: toTextOrNull(row.cause),
    matchedAt: toNumberOrNull(row.matched_at),
    matchError: toTextOrNull(row.match_error),
  };
}

/** The same of an unmatched event. */
export function fromUnmatchedRow(row: Record<string, unknown>): UnmatchedEvent {
  const { id, messageId, type, occurredAt, uid, documentId, locale, status, changedFields, facts, actor } =
    fromEventRow(row);
  const hasBody = toNumber(row.has_body) === 1;
  return {
    ...{ id, messageId, type, occurredAt, uid, documentId, locale, status, changedFields, facts, actor },
    hasBody,
  };
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

/** Null if it is not a list: one odd row must not prevent others from being read. */
function namesOf(text: string | null): string[] | null {
  try {
    const names: unknown = JSON.parse(text ?? 'null');
    return Array.isArray(names) ? names.map(String) : null;
  } catch {
    return null;
  }
}
