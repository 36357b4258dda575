import type { DeliveryRef } from '../store/deliveries';
import type { EngineDeps, QueueEngine } from './contract';
import { createInFlight } from './in-flight';
import { createIntake } from './intake';
import { createSweeper } from './lease';
import { createLoop } from './loop';
import type { RedisQueue } from './redis-queue';
import { createSlots } from './slots';

/** Rows that one turn hands over. Webhooks take turns in being first, so that none stands behind another for ever. */
const handOverLimit = 500;

/**
 * What was handed over and is still due after this long is handed over again: Redis was emptied, or another process
 * had no slot for it. Where the job is still there, Redis ignores the second one.
 */
const handOverAgainMs = 2000;

/**
 * The queue in the database, handed out through Redis. The rows are the truth; a job in Redis is a hint that says
 * *this row, at this fence, may be taken*. Each delivering process is both ends:
 *
 *     feeder:  MATCHING ──▶ SWEEPING ──▶ reads what is due ──▶ hands it over ──┐
 *                                                                             Redis
 *     worker:  delivers ◀── CLAIMING the row, if it is still so ◀─────────────┘
 *
 * A job whose row may not go now (paused meanwhile, no free slot here, taken by another) simply ends; the row stays
 * as it is, and the feeder hands it over when it may.
 */
export function createBullmqEngine(deps: EngineDeps, redis: RedisQueue): QueueEngine {
  const handed = new Map<string, number>();
  let started = false;
  let turns = 0;
  const loop = createLoop({ turn, log: deps.log });
  const slots = createSlots(deps);
  const inFlight = createInFlight({ ...deps, slots, slotFreed: loop.wake, ended: loop.wake });
  const intake = createIntake({ ...deps, inFlight, slots, stopped: loop.stopping, wakeIn: loop.wakeIn });
  const sweep = createSweeper(deps);

  const keyOf = ({ id, fence }: DeliveryRef): string => `${id}-${fence}`;

  const forgetHanded = (now: number): void => {
    for (const [key, at] of handed) if (now - at >= handOverAgainMs) handed.delete(key);
  };

  /** @returns false when Redis did not take it. */
  async function handOver(refs: readonly DeliveryRef[], now: number): Promise<boolean> {
    const fresh = refs.filter((ref) => !handed.has(keyOf(ref)));
    if (fresh.length === 0) return true;
    for (const ref of fresh) handed.set(keyOf(ref), now);
    if (await redis.add(fresh)) return true;
    for (const ref of fresh) handed.delete(keyOf(ref));
    return false;
  }

  async function turn(stopped: () => boolean): Promise<number> {
    await deps.match(stopped);
    const now = deps.now();
    await sweep(now);
    forgetHanded(now);
    const offered = slots.offer(await deps.openWebhooks(now));
    const first = offered.length === 0 ? 0 : (turns += 1) % offered.length;
    const inTurn = [...offered.slice(first), ...offered.slice(0, first)];
    const refs = await deps.due({ slots: inTurn, now, limit: handOverLimit });
    if (stopped() || !(await handOver(refs, now))) return deps.pollMs;
    const ids = offered.map(({ webhookId }) => webhookId);
    const next = await deps.nextDue(ids, now);
    return next === null ? deps.pollMs : Math.max(0, Math.min(deps.pollMs, next - deps.now()));
  }

  /** From here on what was handed over and not taken may be handed over anew. */
  const work = async (ref: DeliveryRef): Promise<void> => {
    await intake.add(ref);
    handed.delete(keyOf(ref));
  };

  return {
    start() {
      started = true;
      redis.listen({ work, wake: loop.wake, concurrency: deps.concurrency });
      loop.start();
    },
    wake() {
      if (started) loop.wake();
      // This process delivers nothing: whoever does is told.
      else redis.wakeOthers();
    },
    async stop(graceMs) {
      await loop.stop();
      // Those that were still waiting to be claimed stay pending; then nothing new can come.
      await intake.idle();
      const closed = redis.close(graceMs);
      await inFlight.settle(graceMs);
      await closed;
    },
  };
}
