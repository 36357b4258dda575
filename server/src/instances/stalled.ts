import type { World } from '../gate';
import { gateState } from '../gate';
import type { Store } from '../store';
import type { WebhookRow } from '../store/webhooks';
import { aliveMs } from './instances';

export interface StalledDeps {
  store: Store;
  world(): World;
  /** Whether a subscription matches this event type. */
  wants(pattern: string, type: string): boolean;
  /** This process is about to deliver, and has not written a heartbeat yet. */
  begins(): boolean;
  now(): number;
}

/** A queue that no process empties. */
export interface Stalled {
  /** Since when, epoch milliseconds; null if the queue works. */
  since: number | null;
  /** The webhooks with waiting deliveries. */
  webhookIds: ReadonlySet<number>;
}

/** A worker polls about every second: without one, this is longer than any restart. */
const noWorkerMs = 60_000;

/** Workers are alive. A busy one has made an attempt within this time. */
const idleWorkersMs = 5 * 60_000;

/** This many of the oldest events determine which webhooks wait; a longer list is not needed. */
const typesAmong = 1000;

const emptied: Stalled = { since: null, webhookIds: new Set() };

/**
 * Whether something has been due, or unmatched, for too long, and no process delivers. Webhooks on hold and
 * off are excluded: they wait correctly.
 */
export function createStalled(deps: StalledDeps) {
  const { store } = deps;
  const pool = () => store.database.pool();

  const hasWorker = async (now: number): Promise<boolean> =>
    deps.begins() ||
    (await store.instances.alive(pool(), now - aliveMs, now + aliveMs)).some(({ delivers }) => delivers);

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
    // Deliveries that wait for their rate limit are due too, and wait correctly.
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
