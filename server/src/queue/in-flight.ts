import type { StoredDelivery } from '../store/deliveries';
import type { Claimed, EngineDeps, SendingWebhook } from './contract';
import { doneWithin } from '../sleep';
import type { Freed, Slots } from './limits/slots';

export interface InFlightDeps extends Pick<
  EngineDeps,
  'bodies' | 'requests' | 'collapseOlder' | 'deliver' | 'release'
> {
  slots: Slots;
  /** A slot is free before the outcome is written. */
  slotFreed(webhookId: number, freed: Freed): void;
  /**
   * The outcome is written. `freed` is null if the slot was free before; after a failure it is free only now.
   */
  ended(webhookId: number, freed: Freed | null): void;
}

/**
 * The deliveries of this process, from the claim to the written outcome, and those to be returned at the end.
 */
export function createInFlight(deps: InFlightDeps) {
  const running = new Map<number, { claimed: Claimed; done: Promise<void> }>();

  const run = (claimed: Claimed): Promise<void> => {
    const { id, webhookId } = claimed.delivery;
    let parked: () => void = () => undefined;
    const leaves = new Promise<void>((resolve) => (parked = resolve));
    const free = deps.slots.take(webhookId, parked);
    const done = deps
      .deliver(claimed, () => {
        const freed = free();
        if (freed) deps.slotFreed(webhookId, freed);
      })
      .finally(() => {
        running.delete(id);
        deps.ended(webhookId, free());
      });
    running.set(id, { claimed, done });
    return Promise.race([done, leaves]);
  };

  const bodiesOf = (taken: readonly StoredDelivery[]): Promise<Map<number, string>> => {
    const ids = taken.flatMap(({ eventId }) => (eventId === null ? [] : [eventId]));
    return orReturned(taken, () => deps.bodies([...new Set(ids)]));
  };

  /** What was claimed goes back to the queue if this fails. */
  const orReturned = async <T>(taken: readonly StoredDelivery[], run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      // Nobody would process them before their lease expires. If this fails as well, that is what happens.
      await deps.release(taken).catch(() => undefined);
      throw error;
    }
  };

  return {
    size: () => running.size,

    /** The claimed deliveries, ready to be sent. Unreadable ones return to the queue. */
    async prepare(taken: readonly StoredDelivery[], webhooks: readonly SendingWebhook[]): Promise<Claimed[]> {
      if (taken.length === 0) return [];
      const older = new Set(await orReturned(taken, () => deps.collapseOlder(taken, webhooks)));
      const bodies = await bodiesOf(taken);
      const byId = new Map(webhooks.map((webhook) => [webhook.id, webhook]));
      const claimed = taken.flatMap((delivery) => {
        const webhook = byId.get(delivery.webhookId);
        if (!webhook || older.has(delivery.id)) return [];
        const stored = delivery.eventId === null ? null : (bodies.get(delivery.eventId) ?? null);
        return [{ delivery, body: delivery.body ?? stored, webhook }];
      });
      const requests = await orReturned(taken, () => deps.requests(claimed));
      return claimed.map((one) => ({ ...one, prepared: requests.get(one.delivery.id) ?? null }));
    },

    /**
     * Starts delivering.
     * @returns a promise that resolves at its end, or when it continues in the slow lane
     */
    run,

    /**
     * Awaits requests in flight up to `graceMs`; the rest is returned, and a later outcome of them is
     * rejected by the fence.
     */
    async settle(graceMs: number): Promise<void> {
      const ended = Promise.all([...running.values()].map(({ done }) => done));
      await doneWithin(graceMs, ended);
      await deps.release([...running.values()].map(({ claimed }) => claimed.delivery));
    },
  };
}

export type InFlight = ReturnType<typeof createInFlight>;
