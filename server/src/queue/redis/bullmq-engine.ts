import type { DeliveryRef } from '../../store/deliveries';
import type { EngineDeps, QueueEngine } from '../contract';
import { createInFlight } from '../in-flight';
import { createIntake } from './intake';
import { createSweeper } from '../lease';
import { createLoop } from '../loop';
import { createParking } from '../limits/parking';
import type { RedisQueue } from './redis-queue';
import type { Lane, Offer, Pace } from '../limits/slots';
import { createSlots } from '../limits/slots';

/** Maximum number of rows handed over in one turn. */
const handOverLimit = 500;

/**
 * Webhooks with fast responses have as many more waiting in Redis as they have slots, so that no slot is
 * empty until the next turn. The next webhook waits behind no more than that.
 */
const waitingPerSlot = 1;

/**
 * A handed-over delivery that is still due after this time is handed over again: Redis was emptied, or
 * another process had no slot for it. If the job still waits there, Redis ignores the second one.
 */
const handOverAgainMs = 2000;

/** For this long it is remembered that a delivery was handed over and did not arrive here. */
const missedForMs = 60_000;

const laneOf: { [pace in Pace]: Lane } = { new: 'prompt', prompt: 'prompt', slow: 'slow' };

interface Handed {
  at: number;
  webhookId: number;
  lane: Lane;
  /** Its job has arrived here. */
  working: boolean;
}

/**
 * The queue in the database, distributed through Redis. The rows are authoritative; a job in Redis is a hint that says
 * *this row, at this fence, can be taken*. Each delivering process is both ends:
 *
 *     feeder:  MATCHING ──▶ SWEEPING ──▶ reads what is due ──▶ hands it over ──┐
 *                                                                             Redis
 *     worker:  delivers ◀── CLAIMING the row, if it is still so ◀─────────────┘
 *
 * A job whose row cannot be sent now (paused meanwhile, no free slot here, taken by another) simply ends; the row stays
 * as it is, and the feeder hands it over when it can be sent.
 */
export function createBullmqEngine(deps: EngineDeps, redis: RedisQueue): QueueEngine {
  const handed = new Map<string, Handed>();
  /** By key of a delivery: when it was handed over without arriving here. */
  const missed = new Map<string, number>();
  let started = false;
  const loop = createLoop({ turn, log: deps.log });
  const slots = createSlots(deps);
  const inFlight = createInFlight({ ...deps, slots, slotFreed: loop.wake, ended: loop.wake });
  const parking = createParking(slots, (waitedFor) => waitedFor && loop.wake());
  const intake = createIntake({ ...deps, inFlight, slots, stopped: loop.stopping, wakeIn: loop.wakeIn });
  const sweep = createSweeper(deps);

  const keyOf = ({ id, fence }: DeliveryRef): string => `${id}-${fence}`;

  const forgetHanded = (): void => {
    const now = deps.elapsed();
    for (const [key, { at, working }] of handed) {
      if (at > now - handOverAgainMs) continue;
      handed.delete(key);
      if (!working) missed.set(key, at);
    }
    for (const [key, at] of missed) if (at <= now - missedForMs) missed.delete(key);
  };

  /** How many wait in Redis, or were just taken from it. */
  const waiting = (counts: (one: Handed) => boolean): number =>
    [...handed.values()].filter((one) => !one.working && counts(one)).length;

  /** @returns false if Redis did not accept it. */
  async function handOver(refs: readonly DeliveryRef[], lane: Lane): Promise<boolean> {
    if (refs.length === 0) return true;
    const at = deps.elapsed();
    for (const ref of refs) handed.set(keyOf(ref), { at, webhookId: ref.webhookId, lane, working: false });
    const again = refs.filter((ref) => missed.delete(keyOf(ref)));
    if ((again.length === 0 || (await redis.forgetLost(again, lane))) && (await redis.add(refs, lane)))
      return true;
    for (const ref of refs) handed.delete(keyOf(ref));
    for (const ref of again) missed.set(keyOf(ref), at);
    return false;
  }

  /**
   * The due deliveries of these webhooks, each up to its share, that are not handed over yet.
   * @returns null if Redis did not accept them
   */
  async function feed({ pace, slots: offered }: Offer, now: number): Promise<{ more: boolean } | null> {
    const lane = laneOf[pace];
    const outstanding = waiting((one) => one.lane === lane);
    const room = slots.room(pace) + (pace === 'prompt' ? waitingPerSlot * deps.concurrency : 0) - outstanding;
    // While the others keep every slot busy, a webhook without a response yet waits behind those handed over.
    const least = pace === 'new' && slots.mayProve() ? 1 : 0;
    const limit = Math.min(handOverLimit, Math.max(room, least));
    if (limit <= 0) return { more: false };
    // Handed-over ones are still due: they come first, and are skipped.
    const wider = offered.map((slot) => {
      const own = waiting(({ webhookId }) => webhookId === slot.webhookId);
      return { ...slot, free: Math.min(slot.most, slot.free + own) };
    });
    const due = await deps.due({ slots: wider, now, limit: limit + outstanding });
    const fresh = due.filter((ref) => !handed.has(keyOf(ref))).slice(0, limit);
    const narrowed = slots.looked({ pace, slots: wider }, due, limit + outstanding);
    return (await handOver(fresh, lane)) ? { more: narrowed && fresh.length > 0 } : null;
  }

  async function turn(stopped: () => boolean): Promise<number> {
    const mayHaveMore = await deps.match(stopped);
    const pauseMs = await feedAll(deps.now(), stopped);
    // The rest of a backlog continues immediately, and due deliveries were handed over in between.
    return mayHaveMore ? 0 : pauseMs;
  }

  /** @returns milliseconds until the next poll. */
  async function feedAll(now: number, stopped: () => boolean): Promise<number> {
    await sweep(now);
    forgetHanded();
    const webhooks = await deps.openWebhooks(now);
    for (const offer of slots.offer(webhooks)) {
      if (stopped()) return deps.pollMs;
      const fed = await feed(offer, now);
      if (!fed) return deps.pollMs;
      if (fed.more) loop.wake();
    }
    const ids = webhooks.map(({ id }) => id);
    const next = await deps.nextDue(ids, now);
    return next === null ? deps.pollMs : Math.max(0, Math.min(deps.pollMs, next - deps.now()));
  }

  /** From here on a delivery that was handed over and not taken can be handed over again. */
  const work = async (ref: DeliveryRef): Promise<void> => {
    const key = keyOf(ref);
    missed.delete(key);
    const one = handed.get(key);
    if (one) one.working = true;
    await intake.add(ref);
    handed.delete(key);
  };

  return {
    start() {
      started = true;
      const concurrency = { prompt: deps.concurrency, slow: deps.slowConcurrency };
      redis.listen({ work, wake: loop.wake, concurrency });
      parking.start();
      loop.start();
    },
    wake() {
      if (started) loop.wake();
      // This process does not deliver: the delivering ones are notified.
      else redis.wakeOthers();
    },
    async stop(graceMs) {
      await loop.stop();
      parking.stop();
      // Those still waiting to be claimed stay pending; then no new ones can arrive.
      await intake.idle();
      const closed = redis.close(graceMs);
      await inFlight.settle(graceMs);
      await closed;
    },
  };
}
