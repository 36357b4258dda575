/**
 * WHICH PROCESSES SHARE THIS DATABASE, which of them delivers, and whether nobody does. It claims and sends nothing: the
 * queue starts where this room says that it is this process's turn.
 */
import { hostname } from 'node:os';
import { version } from '../../../package.json';
import type { Context } from '../context';
import type { World } from '../gate';
import { reasonOf } from '../reason';
import type { Stop } from '../stops';
import { aliveMs, createInstancesService } from './instances';
import type { QueueService } from './instances';
import { createStalled } from './stalled';
import { createTurn } from './turn';

export interface InstancesDeps {
  world(): World;
  /** Whether a subscription matches this event type. */
  wants(pattern: string, type: string): boolean;
}

export function openInstances(context: Context, { world, wants }: InstancesDeps) {
  const { config, store, now, elapsed } = context;
  const begunAt = elapsed();
  const turn = createTurn(context);
  const service = serviceOf(context, world, turn.waits);
  let isServing = false;
  let delivers = false;
  const stops: Stop[] = [
    // After the last write of what was in flight: from here on another process may deliver.
    ['the lock of this database', turn.release],
    ['its entry among the processes', service.leave],
  ];
  return {
    service,
    stalled: createStalled({
      store,
      world,
      wants,
      begins: () => config.delivery.enabled && elapsed() - begunAt < aliveMs,
      now,
    }),
    /** Whether this process delivers. */
    delivers: (): boolean => delivers,

    /** From here on it says that it is alive: command-line tools never do. */
    serve(): void {
      isServing = true;
    },

    /** Called each second. @returns whether it was time to say so */
    beat: async (): Promise<boolean> => isServing && service.beat(delivers),

    /** Waits for its turn to deliver. @returns false where this process ended meanwhile */
    async takeTurn(): Promise<boolean> {
      if (!(await turn.take())) return false;
      if (turn.exclusive) await returnLeases(context, service);
      // Not before: who waits does not deliver.
      delivers = !context.closing.aborted;
      return delivers;
    },
    stops,
  };
}

/** Who knows to be alone need not wait for the leases of a dead predecessor. */
async function returnLeases({ store, now, log }: Context, service: QueueService): Promise<void> {
  try {
    await service.takeOver();
    const returned = await store.deliveries.returnAll(now());
    if (returned > 0)
      log.info(`event-webhooks: ${returned} deliveries that were in flight at a crash are due again`);
  } catch (error) {
    log.warn(`event-webhooks: deliveries in flight wait until their lease expires: ${reasonOf(error)}`);
  }
}

function serviceOf(context: Context, world: () => World, waitsToDeliver: () => boolean): QueueService {
  const { config, store, now, elapsed, instanceKey } = context;
  return createInstancesService({
    self: {
      key: instanceKey,
      host: hostname(),
      pid: process.pid,
      engine: config.queue.engine,
      version,
      startedAt: now(),
    },
    instances: store.instances,
    waitsToDeliver,
    pool: store.database.pool,
    webhooks: () => store.webhooks.all(store.database.pool()),
    world,
    dueCount: store.deliveries.dueCount,
    nextDue: store.deliveries.nextDue,
    inFlight: store.deliveries.inFlight,
    waiting: store.deliveries.waiting,
    oldestDue: store.deliveries.oldestDue,
    unmatched: store.events.unmatched,
    now,
    elapsed,
  });
}

export type InstancesRoom = ReturnType<typeof openInstances>;

export { aliveMs } from './instances';
export type { QueueService } from './instances';
export type { FindStalled, Stalled } from './stalled';
