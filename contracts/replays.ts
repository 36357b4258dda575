import { z } from 'zod';
import { deliveryListQuery } from './deliveries';

/** Further ones are picked by a filter. */
export const replaySelectionAtMost = 500;

/** Counted exactly up to here; beyond it is "more than". */
export const replayCountAtMost = 10_000;

/**
 * Which of the deliveries that a filter finds. `not_arrived`: failed, or skipped while the webhook was off; `skipped`:
 * the latter alone; `all`: also those that arrived or were cancelled, and those that wait, which then go at once.
 */
export const replayWhich = ['not_arrived', 'skipped', 'all'] as const;
export type ReplayWhich = (typeof replayWhich)[number];

/** The filters of the log. A test event is never sent again. */
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
  which: z.enum(replayWhich).default('not_arrived'),
  ids: z
    .array(z.int().min(1))
    .min(1, 'choose at least one')
    .max(replaySelectionAtMost, `must be at most ${replaySelectionAtMost}`)
    .optional(),
});
export type ReplayInput = z.infer<typeof replayInput>;

export interface ReplayCount {
  count: number;
  /** `count` is the least there are: counting stopped there. */
  more: boolean;
  /** Names of webhooks among them that are off: those refuse what is sent again. */
  off: string[];
}

export const replayRefusals = ['body_gone', 'webhook_off', 'webhook_deleted'] as const;
export type ReplayRefusal = (typeof replayRefusals)[number];

export const replayStates = ['running', 'stopped', 'finished'] as const;

export interface ReplayView {
  id: number;
  state: (typeof replayStates)[number];
  /** Null where there were too many to count beforehand. */
  total: number | null;
  /** Handed to the queue, under their old ids. */
  done: number;
  refused: number;
  refusals: { reason: ReplayRefusal; count: number }[];
  /** 0 … 1. */
  progress: number;
  /** Webhooks that may not send now; what is to be sent to them waits. */
  waiting: { name: string; reason: string }[];
  by: string | null;
  /** Epoch milliseconds. */
  createdAt: number;
  finishedAt: number | null;
}

export interface ReplayList {
  results: ReplayView[];
}
