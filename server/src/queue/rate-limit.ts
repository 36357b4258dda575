import { reasonOf } from '../reason';
/** What is asked of a webhook here. */
export interface LimitedWebhook {
  id: number;
  name: string;
  rateLimit: { count: number; seconds: number } | null;
}

export interface RateLimitDeps {
  counter: {
    add(
      key: string,
      limit: { count: number; seconds: number },
      points: number,
    ): Promise<{ consumed: number; msBeforeNext: number }>;
  };
  /** Says in the webhook's row that it is held: no delivery moves, and no try is used. */
  hold(webhook: LimitedWebhook, until: number): Promise<void>;
  now(): number;
  log(message: string): void;
}

/** What was reserved for a webhook. */
export interface Reservation {
  granted: number;
  /** How long the window still lasts, where nothing is left in it; null while something is. */
  waitMs: number | null;
  /** What was reserved and not taken goes back into the window. */
  giveBack(taken: number): Promise<void>;
}

const unlimited = (wanted: number): Reservation => ({
  granted: wanted,
  waitMs: null,
  giveBack: async () => undefined,
});

/** Points that come back when their window is over would widen the next one; this close to its end they are forgone. */
const marginMs = 250;

/** How long a webhook waits when its counter cannot be asked. */
const awayMs = 1000;

/**
 * How many of the due deliveries of a webhook may go now. The window is counted in one place for all instances, and
 * counted *before* the claim: two processes that ask at once cannot both get the last one.
 *
 * Fails closed: where the counter cannot be reached nothing of a limited webhook is sent. A limit is a promise to the
 * receiver, and waiting loses nothing; besides, the counter stands where the queue does, so there is little to send
 * without it. Webhooks without a limit never ask.
 */
export function createRateLimit(deps: RateLimitDeps) {
  return async (webhook: LimitedWebhook, wanted: number): Promise<Reservation> => {
    const limit = webhook.rateLimit;
    if (limit === null || wanted <= 0) return unlimited(wanted);
    const key = String(webhook.id);
    const at = deps.now();
    try {
      const { consumed, msBeforeNext } = await deps.counter.add(key, limit, wanted);
      const left = limit.count - (consumed - wanted);
      const granted = Math.max(0, Math.min(wanted, left));
      const giveBack = async (taken: number): Promise<void> => {
        if (taken >= wanted || deps.now() - at > msBeforeNext - marginMs) return;
        await deps.counter.add(key, limit, taken - wanted).catch(() => undefined);
      };
      if (granted > 0) return { granted, waitMs: null, giveBack };
      await giveBack(0);
      const waitMs = Math.max(1, msBeforeNext);
      await deps.hold(webhook, at + waitMs);
      return { granted: 0, waitMs, giveBack: async () => undefined };
    } catch (error) {
      deps.log(
        `event-webhooks: the rate limit of "${webhook.name}" could not be counted, it waits: ${reasonOf(error)}`,
      );
      return { granted: 0, waitMs: awayMs, giveBack: async () => undefined };
    }
  };
}

export type ReserveRate = ReturnType<typeof createRateLimit>;

/** Reserves for each webhook what `wanted` says, in one go. */
export async function reserveAll(
  reserve: ReserveRate,
  webhooks: readonly LimitedWebhook[],
  wanted: ReadonlyMap<number, number>,
): Promise<{
  granted: Map<number, number>;
  /** The first of the waits, or null. */
  waitMs: number | null;
  giveBack(taken: readonly { webhookId: number }[]): Promise<void>;
}> {
  const reservations = new Map<number, Reservation>();
  for (const webhook of webhooks) {
    const count = wanted.get(webhook.id) ?? 0;
    if (count > 0) reservations.set(webhook.id, await reserve(webhook, count));
  }
  const waits = [...reservations.values()].flatMap(({ waitMs }) => (waitMs === null ? [] : [waitMs]));
  return {
    granted: new Map([...reservations].map(([id, { granted }]) => [id, granted])),
    waitMs: waits.length === 0 ? null : Math.min(...waits),
    async giveBack(taken) {
      for (const [id, reservation] of reservations) {
        await reservation.giveBack(taken.filter(({ webhookId }) => webhookId === id).length);
      }
    },
  };
}

export function countPerWebhook(refs: readonly { webhookId: number }[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { webhookId } of refs) counts.set(webhookId, (counts.get(webhookId) ?? 0) + 1);
  return counts;
}
