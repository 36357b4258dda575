import type { DeliveredBy, QueueView } from '../../../contracts';
import type { World } from '../gate';
import { gateState } from '../gate';
import type { Connection } from '../store/connection';
import type { InstanceRow, InstanceStore } from '../store/instances';
import type { WebhookRow } from '../store/webhooks';

export interface InstancesServiceDeps {
  /** This process. */
  self: Omit<InstanceRow, 'seenAt' | 'delivers' | 'publicHost'>;
  instances: InstanceStore;
  /** This process is configured to deliver, but another one does so far. */
  waitsToDeliver(): boolean;
  pool(): Connection;
  webhooks(): Promise<WebhookRow[]>;
  world(): World;
  dueCount(
    connection: Connection,
    webhookIds: readonly number[],
    now: number,
    limit: number,
  ): Promise<number>;
  nextDue(webhookIds: readonly number[]): Promise<number | null>;
  inFlight(connection: Connection, limit: number): Promise<number>;
  waiting(connection: Connection, limit: number): Promise<number>;
  oldestDue(connection: Connection, webhookIds: readonly number[]): Promise<number | null>;
  unmatched(connection: Connection, limit: number): Promise<number>;
  now(): number;
  /** Milliseconds of a monotonic clock. */
  elapsed(): number;
}

const beatMs = 5000;
/**
 * Three heartbeats may be missed: a long garbage collection or a slow database does not mean that the process
 * is dead.
 */
export const aliveMs = 20_000;
const forgottenMs = 60_000;
/** Counting further costs more than it is worth. */
const countedUpTo = 10_000;

/** The delivering processes, and the number of waiting deliveries. */
export function createInstancesService(deps: InstancesServiceDeps) {
  let beatAt = -Infinity;

  /** The due deliveries, and the webhooks that are not sending. */
  const flow = async (webhooks: readonly WebhookRow[], now: number) => {
    const world = deps.world();
    const gates = webhooks.map((row) => ({ row, gate: gateState(row, now, world) }));
    const sending = gates.filter(({ gate }) => gate.state === 'active').map(({ row }) => row.id);
    const next = await deps.nextDue(sending);
    return {
      dueNow: await deps.dueCount(deps.pool(), sending, now, countedUpTo),
      dueSince: next !== null && next <= now ? next : null,
      inFlight: await deps.inFlight(deps.pool(), countedUpTo),
      held: gates
        .filter(({ gate }) => gate.state !== 'active')
        .map(({ row, gate }) => ({
          id: row.id,
          name: row.name,
          state: gate.state,
          stateReason: 'reason' in gate ? gate.reason : null,
          heldUntil: 'until' in gate ? gate.until : null,
        }))
        .sort((a, b) => a.name.localeCompare(b.name)),
    };
  };

  return {
    /** Called each second; writes a heartbeat at intervals. @returns whether it wrote one */
    async beat(delivers: boolean): Promise<boolean> {
      const now = deps.now();
      if (deps.elapsed() - beatAt < beatMs) return false;
      beatAt = deps.elapsed();
      await deps.instances.beat(deps.pool(), {
        ...deps.self,
        publicHost: deps.world().here.host,
        delivers,
        seenAt: now,
      });
      await deps.instances.removeSilent(deps.pool(), now - forgottenMs, now + forgottenMs);
      return true;
    },

    /**
     * With SQLite only this process delivers from here on: others that were listed as delivering have ended,
     * perhaps without removing themselves.
     */
    async takeOver(): Promise<void> {
      await deps.instances.removeDelivering(deps.pool(), deps.self.key);
      beatAt = -Infinity;
    },

    /** With SQLite: the delivering process while this one waits; null if it does not wait. */
    async deliveredBy(): Promise<DeliveredBy | null> {
      if (!deps.waitsToDeliver()) return null;
      const now = deps.now();
      const alive = await deps.instances.alive(deps.pool(), now - aliveMs, now + aliveMs);
      const other = alive.find(({ delivers, key }) => delivers && key !== deps.self.key);
      return { host: other?.host ?? null, pid: other?.pid ?? null };
    },

    /** This process ends. */
    leave: (): Promise<void> => deps.instances.remove(deps.pool(), deps.self.key),

    async view(): Promise<QueueView> {
      const now = deps.now();
      const alive = await deps.instances.alive(deps.pool(), now - aliveMs, now + aliveMs);
      const webhooks = await deps.webhooks();
      return {
        engine: deps.self.engine,
        waitsToDeliver: deps.waitsToDeliver(),
        instances: alive.map(({ key, publicHost: _, ...row }) => ({
          id: key,
          ...row,
          self: key === deps.self.key,
        })),
        ...(await flow(webhooks, now)),
        waiting: await deps.waiting(deps.pool(), countedUpTo),
        oldestDueAt: await deps.oldestDue(
          deps.pool(),
          webhooks.map(({ id }) => id),
        ),
        unmatched: await deps.unmatched(deps.pool(), countedUpTo),
        countedUpTo,
      };
    },
  };
}

export type QueueService = ReturnType<typeof createInstancesService>;
