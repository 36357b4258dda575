import type { QueueView } from '../../../contracts';
import type { World } from '../gate/gate';
import { gateState } from '../gate/gate';
import type { Connection } from '../store/connection';
import type { InstanceRow, InstanceStore } from '../store/instances';
import type { WebhookRow } from '../store/webhooks';

export interface QueueDeps {
  /** This process. */
  self: Omit<InstanceRow, 'seenAt' | 'delivers'>;
  instances: InstanceStore;
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
}

const beatMs = 5000;
/** Three beats may be missed: a long garbage collection or a slow database is no death. */
export const aliveMs = 20_000;
const forgottenMs = 60_000;
/** Counting further costs more than the number is worth. */
const countedUpTo = 10_000;

/** Who delivers, and how much waits. */
export function createQueueService(deps: QueueDeps) {
  let beatAt = 0;

  /** What could go now, and who does not go at all. */
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
    /** Called each second; says now and then that this process is alive. */
    async beat(delivers: boolean): Promise<void> {
      const now = deps.now();
      if (now - beatAt < beatMs) return;
      beatAt = now;
      await deps.instances.beat(deps.pool(), { ...deps.self, delivers, seenAt: now });
      await deps.instances.removeSilent(deps.pool(), now - forgottenMs);
    },

    /** This process ends. */
    leave: (): Promise<void> => deps.instances.remove(deps.pool(), deps.self.key),

    async view(): Promise<QueueView> {
      const now = deps.now();
      const alive = await deps.instances.alive(deps.pool(), now - aliveMs);
      const webhooks = await deps.webhooks();
      return {
        engine: deps.self.engine,
        instances: alive.map(({ key, ...row }) => ({ id: key, ...row, self: key === deps.self.key })),
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

export type QueueService = ReturnType<typeof createQueueService>;
