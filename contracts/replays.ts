import { z } from 'zod';
import { deliveryListQuery } from './deliveries';
import { rowIdInJson } from './parts';

/** For more than this a filter is used. */
export const replaySelectionAtMost = 500;

/** Counted exactly up to here; beyond it the count is "more than". */
export const replayCountAtMost = 10_000;

/**
 * Which of the deliveries that a filter finds. `not_arrived`: failed, skipped, or waiting, which
 * then go at once; `skipped` and `waiting`: these alone; `all`: also those that arrived or were cancelled.
 */
export const replayWhich = ['not_arrived', 'skipped', 'waiting', 'all'] as const;
export type ReplayWhich = (typeof replayWhich)[number];

/** The filters of the log. A test event is never sent again: who asks for tests only finds nothing. */
const filters = deliveryListQuery.pick({
  webhook: true,
  eventType: true,
  state: true,
  code: true,
  tries: true,
  httpStatus: true,
  documentId: true,
  uid: true,
  since: true,
  until: true,
  text: true,
});

export const replayInput = filters.extend({
  tests: z.enum(['show', 'hide', 'only']).optional(),
  which: z.enum(replayWhich).default('not_arrived'),
  ids: z
    .array(rowIdInJson)
    .min(1, 'choose at least one')
    .max(replaySelectionAtMost, `must be at most ${replaySelectionAtMost}`)
    .optional(),
});
export type ReplayInput = z.infer<typeof replayInput>;

export const replayRefusals = ['body_gone', 'webhook_off', 'webhook_deleted'] as const;
export type ReplayRefusal = (typeof replayRefusals)[number];

export interface ReplayCount {
  /** What would be sent, and nothing else. Null for who may not see deliveries: nothing is counted for them. */
  count: number | null;
  /** `count` is a lower bound: counting stopped there. */
  more: boolean;
  /** What is found beside it and would not be sent. */
  refusals: { reason: ReplayRefusal; count: number }[];
  /** Names of webhooks among these that are off. */
  off: string[];
}

export const replayStates = ['running', 'stopped', 'finished'] as const;

export interface ReplayView {
  id: number;
  state: (typeof replayStates)[number];
  /** Null if there were too many to count beforehand. */
  total: number | null;
  /** Handed to the queue, with their existing ids. */
  done: number;
  refused: number;
  refusals: { reason: ReplayRefusal; count: number }[];
  /** 0 … 1. */
  progress: number;
  /** Webhooks that cannot send now; their deliveries wait. */
  waiting: { name: string; reason: string }[];
  by: string | null;
  /** Epoch milliseconds. */
  createdAt: number;
  finishedAt: number | null;
}

export interface ReplayList {
  results: ReplayView[];
}
