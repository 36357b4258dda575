import { z } from 'zod';
import { maxEventTypeLength } from './event-types';
import type { FailureCode } from './failures';
import { maxRowId, moment, plainText, rowId, wholeNumber } from './parts';
import type { DeliveryStanding, DeliveryState } from './standing';
import { deliveryStateFilters } from './standing';
import type { Explanation } from './statistics';
import type { HttpExchange } from './test-events';
import type { AffectedBecause } from './showing';

export const deliveryListQuery = z.strictObject({
  webhook: rowId.optional(),
  eventType: plainText(maxEventTypeLength).optional(),
  state: z.enum(deliveryStateFilters).optional(),
  code: plainText(40).optional(),
  httpStatus: wholeNumber(100, 599).optional(),
  /** `any`: cause, status and time refer to any failed attempt instead of the last one and the delivery. */
  tries: z.enum(['any']).optional(),
  documentId: plainText(60).optional(),
  uid: plainText(200).optional(),
  tests: z.enum(['show', 'hide', 'only']).default('show'),
  /** Epoch milliseconds. */
  since: moment.optional(),
  until: moment.optional(),
  /** Finds by event id, entry, host, or a failure's name or code in the whole log, and in the newest bodies. */
  text: plainText(200).optional(),
  /** Keyset pagination: the id of the last row of the previous page. */
  before: rowId.optional(),
  /** Rows newer than this id: how the screen detects new ones. */
  after: wholeNumber(0, maxRowId).optional(),
  /** Searches longer for rare matches: set if the first search did not reach far enough. */
  thorough: z.enum(['true']).optional(),
  pageSize: wholeNumber(1, 100).default(20),
});
export type DeliveryListQuery = z.infer<typeof deliveryListQuery>;

export interface DeliveryRow extends DeliveryStanding {
  id: number;
  messageId: string;
  eventType: string;
  eventName: string;
  webhookId: number | null;
  /** Kept after the webhook is deleted. */
  webhookName: string;
  host: string;
  test: boolean;
  /** Of its last attempt, in the reader's language; null if that did not fail. */
  explanation: Explanation | null;
  durationMs: number | null;
  /** Epoch milliseconds. */
  createdAt: number;
  finishedAt: number | null;
  uid: string | null;
  documentId: string | null;
  locale: string | null;
  /** Whether *Resend* would be taken: its webhook and its body are there, it is no test and not being sent. */
  canResend: boolean;
}

export interface DeliveryPage {
  results: DeliveryRow[];
  /** The `before` of the next page; null on the last. */
  nextBefore: number | null;
  /** Whether the content type of the `uid` filter has events at all; null without that filter. */
  givesEvents: boolean | null;
  /**
   * With rare matches the search stops after a while: everything since then (epoch milliseconds) was
   * searched. Null if the page is full or the end was reached.
   */
  searchedBack: number | null;
  /**
   * How many of the newest deliveries that match the other filters had their bodies searched; null without
   * `text`.
   */
  bodiesSearched: number | null;
}

/** Bodies are searched in this many of the newest deliveries that match the other filters. */
export const bodiesSearchedAtMost = 5000;

export interface AttemptView extends HttpExchange {
  id: number;
  number: number;
  kind: 'automatic' | 'manual' | 'test';
  /** Epoch milliseconds. */
  at: number;
  durationMs: number;
  outcome: 'succeeded' | 'failed';
  code: FailureCode | null;
  /** In the reader's language; null where it succeeded. */
  explanation: Explanation | null;
  error: string | null;
}

export interface Actor {
  type: 'admin' | 'api_token' | 'user' | 'system';
  id: string | null;
  name: string | null;
}

/** What became one delivery. */
export interface CollapsedView {
  /** How many, with the one that is sent; counted up to `collapsedShownAtMost`. */
  count: number;
  /** The delivery that this one has become part of; null for the one that is sent. */
  into: number | null;
  /** Of the one that is sent: the others, newest first. */
  deliveries: { id: number; eventType: string; eventName: string; createdAt: number }[];
}

/** More than anybody would look through. */
export const collapsedShownAtMost = 100;

export interface DeliveryDetail extends DeliveryRow {
  /** The sent body, or the body to be sent. Null after its retention. */
  body: string | null;
  /** Epoch milliseconds of the event itself. */
  occurredAt: number;
  actor: Actor;
  /** `same_transaction`, `late`, `announced`. */
  guarantee: string;
  cause: string | null;
  /** Of an event that follows from a change of another entry: that change. */
  because: AffectedBecause | null;
  /** Why the event contains ids only, or null. */
  thinReason: string | null;
  changedFields: string[] | null;
  transactionId: string | null;
  /** Where several events became one delivery; else null. */
  collapsed: CollapsedView | null;
  /** The delivery that a blocked one waits for: the first in its order. */
  waitsFor: { id: number; state: DeliveryState } | null;
  /** Newest first. */
  attemptLog: AttemptView[];
}
