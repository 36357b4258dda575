import type { World } from '../gate/gate';
import { gateState } from '../gate/gate';
import type { Store } from '../store';
import type { WebhookRow } from '../store/webhooks';
import { aliveMs } from './queue';

export interface StalledDeps {
  store: Store;
  world(): World;
  /** Whether a subscription means this event type. */
  wants(pattern: string, type: string): boolean;
  /** This process is about to deliver, and has not said so yet. */
  begins(): boolean;
  now(): number;
}

/** A queue that nobody empties. */
export interface Stalled {
  /** Since when, epoch milliseconds; null where the queue is emptied. */
  since: number | null;
  /** The webhooks for which something waits. */
  webhookIds: ReadonlySet<number>;
}

/** A worker looks each second or so: where none is alive this is longer than any restart. */
const noWorkerMs = 60_000;

/** Workers are alive. One that is only busy has made an attempt within this time. */
const idleWorkersMs = 5 * 60_000;

/** So many of the oldest events say which webhooks wait; nobody reads a longer list. */
const typesAmong = 1000;

const emptied: Stalled = { since: null, webhookIds: new Set() };

/**
 * Whether something is due, or waits to be matched, for longer than it may, and nobody delivers. Held and switched
 * off webhooks rightly wait and are none of it.
 */
export function createStalled(deps: StalledDeps) {
  const { store } = deps;
  const pool = () => store.database.pool();

  const hasWorker = async (now: number): Promise<boolean> =>
    deps.begins() || (await store.instances.alive(pool(), now - aliveMs)).some(({ delivers }) => delivers);

  const webhooksOf = async (rows: readonly WebhookRow[], before: number): Promise<Set<number>> => {
    const ids = rows.map(({ id }) => id);
    const waiting = await store.deliveries.dueBefore(pool(), ids, before);
    const types = await store.events.typesUnmatched(pool(), before, typesAmong);
    const subscribed = rows.filter((row) =>
      row.events.some((pattern) => types.some((type) => deps.wants(pattern, type))),
    );
    return new Set([...waiting, ...subscribed.map(({ id }) => id)]);
  };

  return async (rows: readonly WebhookRow[]): Promise<Stalled> => {
    const now = deps.now();
    const world = deps.world();
    // What waits for its rate limit is due too, and rightly waits.
    const sending = rows.filter(
      (row) => row.rateLimit === null && gateState(row, now, world).state === 'active',
    );
    const waiting = [
      await store.deliveries.nextDue(sending.map(({ id }) => id)),
      await store.events.oldestUnmatched(pool()),
    ].filter((at) => at !== null);
    const since = Math.min(...waiting);
    if (waiting.length === 0 || now - since < noWorkerMs) return emptied;
    if (await hasWorker(now)) {
      if (now - since < idleWorkersMs) return emptied;
      const lastAttempt = await store.outcomes.lastAttemptAt(pool());
      if (lastAttempt !== null && now - lastAttempt < idleWorkersMs) return emptied;
    }
    return { since, webhookIds: await webhooksOf(sending, now - noWorkerMs) };
  };
}

export type FindStalled = ReturnType<typeof createStalled>;
