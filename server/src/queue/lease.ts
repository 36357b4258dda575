import type { EngineDeps, SendingWebhook } from './contract';

/** How often leases of dead workers are looked for, at most; a shorter lease is looked at more often. */
const sweepMs = 15_000;

/** A lease outlives the longest time-out twice: the outcome has to be written too. */
export const leaseFor = (leaseMs: number, webhooks: readonly SendingWebhook[]): number =>
  Math.max(leaseMs, ...webhooks.map(({ timeoutMs }) => 2 * timeoutMs));

/** Returns deliveries whose worker is gone, whatever engine it ran, and what waits behind nobody. Called each turn, looks now and then. */
export function createSweeper(
  deps: Pick<EngineDeps, 'returnExpired' | 'releaseBlocked' | 'log' | 'batchSize' | 'leaseMs'>,
) {
  let sweptAt = 0;
  return async (now: number): Promise<void> => {
    if (now - sweptAt < Math.min(sweepMs, deps.leaseMs / 4)) return;
    sweptAt = now;
    const returned = await deps.returnExpired(now, deps.batchSize);
    if (returned > 0)
      deps.log(`event-webhooks: ${returned} deliveries of a worker that is gone are due again`);
    const released = await deps.releaseBlocked(now);
    if (released > 0) deps.log(`event-webhooks: ${released} deliveries waited behind nobody and are due now`);
  };
}
