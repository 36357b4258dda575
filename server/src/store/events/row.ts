import { toNumber, toNumberOrNull, toTextOrNull } from '../connection';

/** An event as it is written, within the content's own transaction. */
export interface NewEvent {
  messageId: string;
  type: string;
  /** Epoch milliseconds. */
  occurredAt: number;
  body: string | null;
  snapshot: string | null;
  thinReason: string | null;
  uid: string | null;
  documentId: string | null;
  locale: string | null;
  status: string | null;
  changedFields: readonly string[] | null;
  actor: { type: string; id: string | null; name: string | null };
  transactionId: string | null;
  guarantee: string;
  cause: string | null;
}

/** The columns of an event without an entry: emitted by code, or announced. */
export const withoutEntry = {
  snapshot: null,
  thinReason: null,
  uid: null,
  documentId: null,
  locale: null,
  status: null,
  changedFields: null,
} as const;

export interface EventRow extends NewEvent {
  id: number;
  matchedAt: number | null;
  matchError: string | null;
}

/** An unmatched event without its texts: a batch of those may be 64 MiB, and matching needs few of them. */
export type UnmatchedEvent = Pick<EventRow, 'id' | 'messageId' | 'type' | 'uid' | 'documentId' | 'locale'> & {
  hasBody: boolean;
};

/** What is read of an event's row. */
export const eventColumns = [
  'id',
  'message_id',
  'type',
  'occurred_at',
  'body',
  'snapshot',
  'thin_reason',
  'uid',
  'document_id',
  'locale',
  'status',
  'changed_fields',
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
  thin_reason: event.thinReason,
  uid: event.uid,
  document_id: event.documentId,
  locale: event.locale,
  status: event.status,
  changed_fields: event.changedFields === null ? null : JSON.stringify(event.changedFields),
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
    thinReason: toTextOrNull(row.thin_reason),
    uid: toTextOrNull(row.uid),
    documentId: toTextOrNull(row.document_id),
    locale: toTextOrNull(row.locale),
    status: toTextOrNull(row.status),
    changedFields: namesOf(toTextOrNull(row.changed_fields)),
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

/** Null if it is not a list: one odd row must not prevent others from being read. */
function namesOf(text: string | null): string[] | null {
  try {
    const names: unknown = JSON.parse(text ?? 'null');
    return Array.isArray(names) ? names.map(String) : null;
  } catch {
    return null;
  }
}
