import { z } from 'zod';
import { maxEventTypeLength } from './event-types';
import type { FailureCode } from './failures';
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
  documentId: z.string().max(60).optional(),
  uid: z.string().max(200).optional(),
  tests: z.enum(['show', 'hide', 'only']).default('show'),
  /** Epoch milliseconds. */
  since: z.coerce.number().int().optional(),
  until: z.coerce.number().int().optional(),
  /** Finds by message id, document id or host; by the beginning. */
  text: z.string().max(200).optional(),
  /** Keyset paging: the id of the last row of the page before. */
  before: z.coerce.number().int().optional(),
  /** Rows newer than this id: how the screen learns of new ones. */
  after: z.coerce.number().int().optional(),
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
  durationMs: number | null;
  /** Epoch milliseconds. */
  createdAt: number;
  nextAttemptAt: number | null;
  finishedAt: number | null;
  uid: string | null;
  documentId: string | null;
  locale: string | null;
}

export interface DeliveryPage {
  results: DeliveryRow[];
  /** Hand it back as `before` for the next page; null on the last. */
  nextBefore: number | null;
}

export interface AttemptView extends HttpExchange {
  id: number;
  number: number;
  kind: 'automatic' | 'manual' | 'test';
  /** Epoch milliseconds. */
  at: number;
  durationMs: number;
  outcome: 'succeeded' | 'failed';
  code: FailureCode | null;
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
  /** How many tries the schedule gives in all. */
  maxAttempts: number;
  /** Newest first. */
  attemptLog: AttemptView[];
  /** Why a pending one does not go: `webhook.reason.<code>`. */
  heldReason: string | null;
  heldUntil: number | null;
}
