import type { DeliveryRef } from '../store/deliveries';
import type { EngineDeps } from './contract';
import type { InFlight } from './in-flight';
import { leaseFor } from './lease';
import { countPerWebhook, reserveAll } from './rate-limit';
import type { Slots } from './slots';
import { reasonOf } from '../reason';

export interface IntakeDeps extends Pick<
  EngineDeps,
  'openWebhooks' | 'claimSeen' | 'reserveRate' | 'now' | 'log' | 'leaseMs' | 'batchSize'
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

/** Takes one of what is left for this webhook. @returns false when nothing is */
function takeOne(left: Map<number, number>, webhookId: number): boolean {
  const count = left.get(webhookId) ?? 0;
  if (count > 0) left.set(webhookId, count - 1);
  return count > 0;
}

/** What was handed over in one moment arrives one by one: this long is waited for the next. */
const collectMs = 3;

/**
 * From references that were handed over to deliveries that this process works on. They are claimed in batches:
 * what arrives while a batch is claimed goes into the next.
 */
export function createIntake(deps: IntakeDeps) {
  const waiting: Waiting[] = [];
  let running = false;

  /** Of those that arrived, the ones whose webhook may go now and has a free slot here. */
  const admitted = (batch: readonly Waiting[], free: Map<number, number>): Waiting[] =>
    batch.filter(({ ref }) => takeOne(free, ref.webhookId));

  const take = async (batch: readonly Waiting[]): Promise<Map<number, Promise<void>>> => {
    if (deps.stopped()) return new Map();
    const now = deps.now();
    const webhooks = await deps.openWebhooks(now);
    const free = new Map(deps.slots.offer(webhooks).map((slot) => [slot.webhookId, slot.free]));
    const wanted = admitted(batch, free).map(({ ref }) => ref);
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
    return new Map(claims.map((claimed) => [claimed.delivery.id, deps.inFlight.run(claimed)]));
  };

  const drain = async (): Promise<void> => {
    running = true;
    await new Promise<void>((resolve) => setTimeout(resolve, collectMs));
    while (waiting.length > 0) {
      const batch = waiting.splice(0, deps.batchSize);
      const taken = await take(batch).catch((error: unknown) => {
        deps.log(`event-webhooks: deliveries that were handed over could not be claimed: ${reasonOf(error)}`);
        return new Map<number, Promise<void>>();
      });
      for (const { ref, answer } of batch) {
        answer(taken.get(ref.id) ?? null);
        // Twice in one batch is delivered once.
        taken.delete(ref.id);
      }
    }
    running = false;
  };

  return {
    /** Resolves at the end of the delivery, or at once when it may not go now, or is somebody else's. */
    async add(ref: DeliveryRef): Promise<void> {
      // Not returned as it is: a promise of a promise would be awaited by whoever answers.
      const taken = await new Promise<{ done: Promise<void> | null }>((resolve) => {
        waiting.push({ ref, answer: (done) => resolve({ done }) });
        if (!running) void drain();
      });
      await taken.done;
    },
    /** Resolves when nothing is being claimed any more. */
    async idle(): Promise<void> {
      while (running) await new Promise<void>((resolve) => setTimeout(resolve, collectMs));
    },
  };
}
