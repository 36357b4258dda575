import { reasonOf } from '../../reason';
/** The parts of a webhook that are needed here. */
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
  /** Writes the hold to the webhook's row: no delivery is changed, and no attempt is used. */
  hold(webhook: LimitedWebhook, until: number): Promise<void>;
  now(): number;
  /** Milliseconds of a monotonic clock. */
  elapsed(): number;
  log(message: string): void;
}

/** A webhook's reservation. */
export interface Reservation {
  granted: number;
  /** How long the window still lasts if nothing is left in it; null otherwise. */
  waitMs: number | null;
  /** Returns the unused part of the reservation to the window. */
  giveBack(taken: number): Promise<void>;
}

const unlimited = (wanted: number): Reservation => ({
  granted: wanted,
  waitMs: null,
  giveBack: async () => undefined,
});

/**
 * Points returned after the end of their window would widen the next one; this close to its end they are
 * dropped.
 */
const marginMs = 250;

/** How long a webhook waits if its counter is unavailable. */
const awayMs = 1000;

/**
 * How many due deliveries of a webhook can be sent now. The window is counted in one place for all instances,
 * and *before* the claim: two processes that reserve at the same time cannot both get the last one.
 *
 * Fails closed: if the counter is unavailable, nothing of a limited webhook is sent. A limit is a promise to
 * the receiver, and waiting loses nothing; besides, the counter is stored with the queue, so there is little
 * to send without it. Webhooks without a limit never use it.
 */
export function createRateLimit(deps: RateLimitDeps) {
  return async (webhook: LimitedWebhook, wanted: number): Promise<Reservation> => {
    const limit = webhook.rateLimit;
    if (limit === null || wanted <= 0) return unlimited(wanted);
    const key = String(webhook.id);
    const began = deps.elapsed();
    try {
      const { consumed, msBeforeNext } = await deps.counter.add(key, limit, wanted);
      const left = limit.count - (consumed - wanted);
      const granted = Math.max(0, Math.min(wanted, left));
      const giveBack = async (taken: number): Promise<void> => {
        if (taken >= wanted || deps.elapsed() - began > msBeforeNext - marginMs) return;
        await deps.counter.add(key, limit, taken - wanted).catch(() => undefined);
      };
      if (granted > 0) return { granted, waitMs: null, giveBack };
      await giveBack(0);
      const waitMs = Math.max(1, msBeforeNext);
      await deps.hold(webhook, deps.now() + waitMs);
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

/** Reserves for each webhook the number in `wanted`, together. */
export async function reserveAll(
  reserve: ReserveRate,
  webhooks: readonly LimitedWebhook[],
  wanted: ReadonlyMap<number, number>,
): Promise<{
  granted: Map<number, number>;
  /** The shortest wait, or null. */
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
