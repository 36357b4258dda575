import { clockSkewMs } from '../gate';
import { othersTurn } from '../store/others-turn';
import type { EngineDeps, SendingWebhook } from './contract';

/** Minimum interval between checks for expired leases; a shorter lease is checked more often. */
const sweepMs = 15_000;

/** A lease is at least twice the longest time-out: the outcome has to be written too. */
export const leaseFor = (leaseMs: number, webhooks: readonly SendingWebhook[]): number =>
  Math.max(leaseMs, ...webhooks.map(({ timeoutMs }) => 2 * timeoutMs));

type SweeperDeps = Pick<
  EngineDeps,
  | 'returnExpired'
  | 'releaseBlocked'
  | 'healFuture'
  | 'elapsed'
  | 'log'
  | 'batchSize'
  | 'leaseMs'
  | 'longestLeaseMs'
>;

/**
 * Returns deliveries whose worker has stopped, whatever engine it ran, and releases blocked ones without a predecessor.
 * Called each turn, checks at intervals. Also detects that the clock was set:
 *
 * - back: a short wait would last until the clock has reached that time again. It is corrected immediately; also at the
 *   start, since the clock may have been set while no process ran.
 * - forward: the leases of running workers would expire immediately. For the length of a lease they are compared with
 *   the previous clock.
 */
export function createSweeper(deps: SweeperDeps) {
  let sweptAt = -Infinity;
  const clock = createClockWatch(deps);

  /** All of them, in pieces that hold nobody up. */
  const returnExpired = async (now: number): Promise<number> => {
    for (let total = 0; ;) {
      const returned = await deps.returnExpired(now, deps.batchSize);
      total += returned;
      if (returned === 0) return total;
      await othersTurn();
    }
  };

  return async (now: number): Promise<void> => {
    const { wasSetBack, ahead } = clock.look(now);
    if (wasSetBack) {
      const healed = await deps.healFuture(now);
      if (healed > 0)
        deps.log(
          `event-webhooks: the clock was set back: ${healed} waiting times that it would have prolonged begin now`,
        );
      clock.healed();
    }
    if (deps.elapsed() - sweptAt < Math.min(sweepMs, deps.leaseMs / 4)) return;
    sweptAt = deps.elapsed();
    const returned = await returnExpired(now - ahead);
    if (returned > 0)
      deps.log(`event-webhooks: ${returned} deliveries of a worker that has stopped are due again`);
    const released = await deps.releaseBlocked(now);
    if (released > 0)
      deps.log(`event-webhooks: ${released} blocked deliveries had nothing to wait for and are due now`);
  };
}

/** Compares the wall clock with the monotonic one. */
function createClockWatch({ elapsed, longestLeaseMs }: Pick<SweeperDeps, 'elapsed' | 'longestLeaseMs'>) {
  let offset: number | null = null;
  let wasSetBack = true;
  let forward = { ms: 0, until: -Infinity };

  return {
    /** `ahead`: by how much the clock was set forward, while earlier leases are still valid. Milliseconds. */
    look(now: number): { wasSetBack: boolean; ahead: number } {
      const at = elapsed();
      const jump = offset === null ? 0 : now - at - offset;
      // Small differences add up: the offset is kept until it is larger than normal clock differences.
      if (offset === null || Math.abs(jump) > clockSkewMs) offset = now - at;
      if (jump < -clockSkewMs) wasSetBack = true;
      const left = at < forward.until ? forward.ms : 0;
      if (Math.abs(jump) > clockSkewMs)
        forward = { ms: Math.max(0, left + jump), until: at + longestLeaseMs };
      return { wasSetBack, ahead: at < forward.until ? forward.ms : 0 };
    },
    healed: (): void => void (wasSetBack = false),
  };
}
