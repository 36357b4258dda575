import { setTimeout as pause } from 'node:timers/promises';
import type { DeliveryRef } from '../../store/deliveries';
import type { EngineDeps } from '../contract';
import type { InFlight } from '../in-flight';
import { leaseFor } from '../lease';
import { countPerWebhook, reserveAll } from '../limits/rate-limit';
import type { Slots } from '../limits/slots';
import { createStarts } from '../starts';
import { reasonOf } from '../../reason';
import { othersTurn } from '../../store';

export interface IntakeDeps extends Pick<
  EngineDeps,
  'openWebhooks' | 'claimSeen' | 'reserveRate' | 'now' | 'elapsed' | 'log' | 'leaseMs' | 'batchSize'
> {
  inFlight: InFlight;
  slots: Slots;
  stopped(): boolean;
  wakeIn(ms: number): void;
}

interface Waiting {
  ref: DeliveryRef;
  answer(done: Promise<void> | null): void;
}

/** Takes one of the remaining slots of this webhook. @returns false if there is none */
function takeOne(left: Map<number, number>, webhookId: number): boolean {
  const count = left.get(webhookId) ?? 0;
  if (count > 0) left.set(webhookId, count - 1);
  return count > 0;
}

/** Deliveries handed over together arrive one by one: this is how long the next is waited for. */
const collectMs = 3;

/**
 * From handed-over references to deliveries of this process. They are claimed in batches: references that
 * arrive during a claim are in the next batch.
 */
export function createIntake(deps: IntakeDeps) {
  const waiting: Waiting[] = [];
  const starts = createStarts(deps.elapsed);
  let running = false;

  const take = async (batch: readonly Waiting[]): Promise<Map<number, Promise<void>>> => {
    if (deps.stopped()) return new Map();
    const now = deps.now();
    const webhooks = await deps.openWebhooks(now);
    const admits = deps.slots.admission(webhooks);
    const wanted = batch.map(({ ref }) => ref).filter(({ webhookId }) => admits(webhookId));
    if (wanted.length === 0 || deps.stopped()) return new Map();
    const { granted, waitMs, giveBack } = await reserveAll(
      deps.reserveRate,
      webhooks,
      countPerWebhook(wanted),
    );
    if (waitMs !== null) deps.wakeIn(waitMs);
    const refs = wanted.filter(({ webhookId }) => takeOne(granted, webhookId));
    const taken = await deps.claimSeen(refs, now, now + leaseFor(deps.leaseMs, webhooks));
    await giveBack(taken);
    const claims = await deps.inFlight.prepare(taken, webhooks);
    const begun = new Map<number, Promise<void>>();
    for (const claimed of claims) {
      while (starts.areUsedUp()) await othersTurn();
      starts.count();
      begun.set(claimed.delivery.id, deps.inFlight.run(claimed));
    }
    return begun;
  };

  const drain = async (): Promise<void> => {
    running = true;
    await pause(collectMs);
    while (waiting.length > 0) {
      const batch = waiting.splice(0, deps.batchSize);
      const taken = await take(batch).catch((error: unknown) => {
        deps.log(`event-webhooks: deliveries that were handed over could not be claimed: ${reasonOf(error)}`);
        return new Map<number, Promise<void>>();
      });
      for (const { ref, answer } of batch) {
        answer(taken.get(ref.id) ?? null);
        // A duplicate in one batch is delivered once.
        taken.delete(ref.id);
      }
    }
    running = false;
  };

  return {
    /**
     * Resolves at the end of the delivery, when it continues in the slow lane, or immediately if it cannot be
     * sent now or belongs to another process.
     */
    async add(ref: DeliveryRef): Promise<void> {
      // Wrapped in an object: a returned promise would be awaited by the caller.
      const taken = await new Promise<{ done: Promise<void> | null }>((resolve) => {
        waiting.push({ ref, answer: (done) => resolve({ done }) });
        if (!running) void drain();
      });
      await taken.done;
    },
    /** Resolves when nothing is being claimed any more. */
    async idle(): Promise<void> {
      while (running) await pause(collectMs);
    },
  };
}
