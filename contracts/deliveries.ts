import { z } from 'zod';
import { maxEventTypeLength } from './event-types';
import type { FailureCode } from './failures';
import type { Explanation } from './statistics';
import type { HttpExchange } from './webhooks';

export const deliveryStates = [
  'pending',
  'delivering',
  'succeeded',
  'failed',
  'blocked',
  'skipped',
  'cancelled',
  'collapsed',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export const deliveryListQuery = z.object({
  webhook: z.coerce.number().int().optional(),
  eventType: z.string().max(maxEventTypeLength).optional(),
  state: z.enum(deliveryStates).optional(),
  code: z.string().max(40).optional(),
  httpStatus: z.coerce.number().int().min(100).max(599).optional(),
  /** `any`: cause, status and time are those of any failed try, not of the last one and of the delivery. */
  tries: z.enum(['any']).optional(),
  documentId: z.string().max(60).optional(),
  uid: z.string().max(200).optional(),
  tests: z.enum(['show', 'hide', 'only']).default('show'),
  /** Epoch milliseconds. */
  since: z.coerce.number().int().optional(),
  until: z.coerce.number().int().optional(),
  /** Finds by event id, entry, host or failure code in the whole log, and in the newest bodies. */
  text: z.string().max(200).optional(),
  /** Keyset paging: the id of the last row of the page before. */
  before: z.coerce.number().int().optional(),
  /** Rows newer than this id: how the screen learns of new ones. */
  after: z.coerce.number().int().optional(),
  /** Takes its time to find what is rare: asked for when a first answer did not reach far enough. */
  thorough: z.enum(['true']).optional(),
  pageSize: z.coerce.number().int().min(1).max(100).default(20),
});
export type DeliveryListQuery = z.infer<typeof deliveryListQuery>;

export interface DeliveryRow {
  id: number;
  messageId: string;
  eventType: string;
  eventName: string;
  webhookId: number | null;
  /** Kept after the webhook is deleted. */
  webhookName: string;
  host: string;
  state: DeliveryState;
  test: boolean;
  attempts: number;
  httpStatus: number | null;
  code: FailureCode | null;
  /** Of its last try, in the reader's language; null where that did not fail. */
  explanation: Explanation | null;
  durationMs: number | null;
  /** Epoch milliseconds. */
  createdAt: number;
  nextAttemptAt: number | null;
  finishedAt: number | null;
  uid: string | null;
  documentId: string | null;
  locale: string | null;
  /** It failed for good, and those behind it in its line wait until it is sent again or cancelled. */
  keepsOthersWaiting: boolean;
  /** Why a pending one does not go: `webhook.reason.<code>`. */
  heldReason: string | null;
  /** Epoch milliseconds. */
  heldUntil: number | null;
}

export interface DeliveryPage {
  results: DeliveryRow[];
  /** Hand it back as `before` for the next page; null on the last. */
  nextBefore: number | null;
  /** Whether entries of the `uid` that was asked for give events at all; null where none was. */
  givesEvents: boolean | null;
  /**
   * Where what was asked for is rare, the search stops after a while: it has looked at everything since then (epoch
   * milliseconds). Null where the page is full or the end was reached.
   */
  searchedBack: number | null;
  /** How many of the newest deliveries within the other filters had their bodies searched; null without `text`. */
  bodiesSearched: number | null;
}

/** Bodies are searched in so many of the newest deliveries within the other filters. */
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

export interface DeliveryDetail extends DeliveryRow {
  /** What is, or will be, sent. Null when its retention has passed. */
  body: string | null;
  /** Epoch milliseconds of the event itself. */
  occurredAt: number;
  actor: Actor;
  /** `same_transaction`, `late`, `announced`. */
  guarantee: string;
  cause: string | null;
  /** Why the event carries ids only, or null. */
  thinReason: string | null;
  changedFields: string[] | null;
  transactionId: string | null;
  /** The delivery that a blocked one waits for: the first of its line. */
  waitsFor: { id: number; state: DeliveryState } | null;
  /** How many tries the schedule gives in all. */
  maxAttempts: number;
  /** Newest first. */
  attemptLog: AttemptView[];
}
