import type { StoredDelivery } from '../store/deliveries';
import type { Claimed, EngineDeps, SendingWebhook } from './contract';
import type { Slots } from './slots';

export interface InFlightDeps extends Pick<EngineDeps, 'bodies' | 'deliver' | 'release'> {
  slots: Slots;
  /** A slot is free before the outcome is written. `waitedFor`: the last look may have left something for it. */
  slotFreed(webhookId: number, waitedFor: boolean): void;
  /** The outcome is written. `slot` is free only now where it was not before, as after a failure. */
  ended(webhookId: number, slot: 'freed before' | 'waited for' | 'free'): void;
}

/** What this process is delivering, from the claim to the written outcome, and what is to be given back at the end. */
export function createInFlight(deps: InFlightDeps) {
  const running = new Map<number, { claimed: Claimed; done: Promise<void> }>();

  const run = (claimed: Claimed): Promise<void> => {
    const { id, webhookId } = claimed.delivery;
    const free = deps.slots.take(webhookId);
    let freedBefore = false;
    const done = deps
      .deliver(claimed, () => {
        freedBefore = true;
        deps.slotFreed(webhookId, free());
      })
      .finally(() => {
        running.delete(id);
        if (freedBefore) deps.ended(webhookId, 'freed before');
        else deps.ended(webhookId, free() ? 'waited for' : 'free');
      });
    running.set(id, { claimed, done });
    return done;
  };

  const bodiesOf = async (taken: readonly StoredDelivery[]): Promise<Map<number, string>> => {
    try {
      const ids = taken.flatMap(({ eventId }) => (eventId === null ? [] : [eventId]));
      return await deps.bodies([...new Set(ids)]);
    } catch (error) {
      // Nobody would work on them before their lease is over. If this fails as well, that is how it comes.
      await deps.release(taken).catch(() => undefined);
      throw error;
    }
  };

  return {
    size: () => running.size,

    /** What was claimed, ready to be sent. What cannot be read goes back into the queue. */
    async prepare(taken: readonly StoredDelivery[], webhooks: readonly SendingWebhook[]): Promise<Claimed[]> {
      if (taken.length === 0) return [];
      const bodies = await bodiesOf(taken);
      const byId = new Map(webhooks.map((webhook) => [webhook.id, webhook]));
      return taken.flatMap((delivery) => {
        const webhook = byId.get(delivery.webhookId);
        if (!webhook) return [];
        const stored = delivery.eventId === null ? null : (bodies.get(delivery.eventId) ?? null);
        return [{ delivery, body: delivery.body ?? stored, webhook }];
      });
    },

    /** Starts delivering. @returns what resolves at its end */
    run,

    /** Awaits what is in flight up to `graceMs`; the rest goes back, and its outcome, should it still come, is fenced off. */
    async settle(graceMs: number): Promise<void> {
      const ended = Promise.all([...running.values()].map(({ done }) => done));
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([ended, new Promise((resolve) => (timer = setTimeout(resolve, graceMs)))]);
      clearTimeout(timer);
      await deps.release([...running.values()].map(({ claimed }) => claimed.delivery));
    },
  };
}

export type InFlight = ReturnType<typeof createInFlight>;
