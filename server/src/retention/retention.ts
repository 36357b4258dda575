import type { RetentionStore, Step } from '../store/retention';
import type { LeaseStore } from '../store/leases';
import { reasonOf } from '../reason';

export interface RetentionDeps {
  store: RetentionStore;
  leases: LeaseStore;
  values(): { deliveryDays: number; bodyDays: number; dropDeliveredBodies: boolean };
  /** Of this process. */
  holder: string;
  now(): number;
  /** Milliseconds of a monotonic clock. */
  elapsed(): number;
  log(message: string): void;
}

const dayMs = 24 * 3_600_000;

/** The longest period that the list's bars and the health of a webhook need. */
const hourDays = 90;

/** Far longer than the longest step; if a process dies, another does the next hour's run. */
const leaseMs = 5 * 60_000;

/** Between two steps others can use SQLite's one connection. */
const pauseMs = 10;

/** How long bodies that every receiver has are collected, so that many are emptied at a time. */
const gatherMs = 1000;

const dropChunk = 100;

const task = 'retention';

/** Deletes old data: one process at a time, in small steps between which other work continues. */
export function createRetentionService(deps: RetentionDeps) {
  const { store, leases, now } = deps;
  let running: Promise<void> | null = null;
  let stopped = false;

  let heldUntil = -Infinity;
  const delivered = new Set<number>();
  let timer: NodeJS.Timeout | null = null;

  /** Renews the lease when half of it is over: a write per step would cost more than most steps. */
  const mayGoOn = async (): Promise<boolean> => {
    const at = now();
    if (stopped) return false;
    if (heldUntil - deps.elapsed() > leaseMs / 2) return true;
    if (!(await leases.take(task, deps.holder, at, at + leaseMs))) return false;
    heldUntil = deps.elapsed() + leaseMs;
    return true;
  };

  /** Repeats steps until the end. */
  const walk = async <T extends Step>(step: (after: number) => Promise<T>): Promise<T[]> => {
    const steps: T[] = [];
    for (let after: number | null = 0; after !== null && (await mayGoOn());) {
      const done: T = await step(after);
      steps.push(done);
      after = done.next;
      if (after !== null) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    return steps;
  };

  const changed = (steps: readonly Step[]): number => steps.reduce((sum, step) => sum + step.changed, 0);

  const clean = async (): Promise<void> => {
    const { deliveryDays, bodyDays, dropDeliveredBodies } = deps.values();
    const at = now();
    const before = at - deliveryDays * dayMs;
    const deliveries = await walk((after) => store.deliveries(after, before));
    const events = await walk((after) =>
      store.events(after, { before, bodiesBefore: at - bodyDays * dayMs, delivered: dropDeliveredBodies }),
    );
    await walk((after) => store.hours(after, at - hourDays * dayMs));
    const emptied = events.reduce((sum, step) => sum + step.emptied, 0);
    if (changed(deliveries) + changed(events) + emptied > 0) {
      deps.log(
        `event-webhooks: retention deleted ${changed(deliveries)} deliveries and ${changed(events)} events, and emptied ${emptied} bodies`,
      );
    }
  };

  const cleanAlone = async (): Promise<void> => {
    if (!(await mayGoOn())) return;
    try {
      await clean();
    } finally {
      heldUntil = -Infinity;
      await leases.giveUp(task, deps.holder);
    }
  };

  const dropDelivered = async (): Promise<void> => {
    timer = null;
    const ids = [...delivered];
    delivered.clear();
    try {
      for (let from = 0; from < ids.length; from += dropChunk)
        await store.dropDelivered(ids.slice(from, from + dropChunk));
    } catch (error) {
      // The hourly run handles the rest.
      deps.log(`event-webhooks: bodies of delivered events could not be dropped yet: ${reasonOf(error)}`);
    }
  };

  return {
    /** Does nothing if it is already running, here or in another process. */
    run(): Promise<void> {
      running ??= cleanAlone().finally(() => (running = null));
      return running;
    },

    /**
     * A delivery succeeded: if the settings say so, the body of its event is deleted within about a second.
     */
    delivered(deliveryId: number): void {
      if (stopped || !deps.values().dropDeliveredBodies) return;
      delivered.add(deliveryId);
      timer ??= setTimeout(() => void dropDelivered(), gatherMs).unref();
    },

    /** Ends after the current step. */
    async stop(): Promise<void> {
      stopped = true;
      if (timer) clearTimeout(timer);
      await running?.catch(() => undefined);
    },
  };
}

export type RetentionService = ReturnType<typeof createRetentionService>;
