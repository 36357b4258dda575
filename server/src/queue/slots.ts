import type { Slot } from '../store/deliveries';

export interface SlotLimits {
  /** Requests in flight in this process. */
  concurrency: number;
}

/**
 * WHO MAY SEND HOW MANY MORE. Counts requests in flight, and remembers for which webhooks the last look may have
 * left due deliveries behind: only their slots are worth a look when they become free.
 */
export function createSlots(limits: SlotLimits) {
  const inFlight = new Map<number, number>();
  let total = 0;
  let totalAfterLook = 0;
  let leftBehind: ReadonlySet<number> = new Set();

  return {
    /** Free in this process. */
    free: (): number => limits.concurrency - total,

    /**
     * The webhooks that may send more, those with the fewest requests in flight first: where all of them have
     * much to send, the ones that stand first must not take every slot. `ahead`: how many more it may have besides.
     */
    offer<T extends { id: number; maxInFlight: number }>(
      webhooks: readonly T[],
      ahead: (webhook: T) => number = () => 0,
    ): Slot[] {
      // Until the look is over, a slot that becomes free may be one that it could have used.
      leftBehind = new Set(webhooks.map(({ id }) => id));
      return webhooks
        .map((webhook) => ({ webhook, busy: inFlight.get(webhook.id) ?? 0 }))
        .sort((a, b) => a.busy - b.busy)
        .map(({ webhook, busy }) => ({
          webhookId: webhook.id,
          free: Math.max(0, webhook.maxInFlight - busy) + ahead(webhook),
        }))
        .filter(({ free }) => free > 0);
    },

    /** @returns gives the slot back; true when it did (once) and somebody may be waiting for it. */
    take(webhookId: number): () => boolean {
      inFlight.set(webhookId, (inFlight.get(webhookId) ?? 0) + 1);
      total += 1;
      let taken = true;
      return () => {
        if (!taken) return false;
        taken = false;
        total -= 1;
        const rest = (inFlight.get(webhookId) ?? 1) - 1;
        if (rest > 0) inFlight.set(webhookId, rest);
        else inFlight.delete(webhookId);
        return leftBehind.has(webhookId);
      };
    },

    /** After a look that may have taken `limit` at most: who got less than was offered has no more that is due. */
    looked(offered: readonly Slot[], taken: readonly { webhookId: number }[], limit: number): void {
      totalAfterLook = total;
      if (taken.length >= limit) return;
      const counts = new Map<number, number>();
      for (const { webhookId } of taken) counts.set(webhookId, (counts.get(webhookId) ?? 0) + 1);
      const done = new Set(
        offered
          .filter(({ webhookId, free }) => (counts.get(webhookId) ?? 0) < free)
          .map(({ webhookId }) => webhookId),
      );
      leftBehind = new Set([...leftBehind].filter((webhookId) => !done.has(webhookId)));
    },

    /** Requests of a webhook in flight. */
    busy: (webhookId: number): number => inFlight.get(webhookId) ?? 0,

    mayHaveMore: (webhookId: number): boolean => leftBehind.has(webhookId),

    /** Whether most of what was in flight after the last look has ended. */
    mostHaveEnded: (): boolean => total * 8 <= totalAfterLook,
  };
}

export type Slots = ReturnType<typeof createSlots>;
