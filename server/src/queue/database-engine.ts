import type { ClaimInput, Slot, StoredDelivery } from '../store/deliveries';
import type { Claimed, QueueEngine, SendingWebhook } from './contract';

/** What the engine asks of the store and of the gate. */
export interface DatabaseEngineDeps {
  /** The webhooks that may send now, by the gate. */
  openWebhooks(now: number): Promise<readonly SendingWebhook[]>;
  claim(input: ClaimInput): Promise<StoredDelivery[]>;
  bodies(eventIds: readonly number[]): Promise<Map<number, string>>;
  release(claims: readonly { id: number; fence: number }[]): Promise<void>;
  returnExpired(now: number, limit: number): Promise<number>;
  nextDue(webhookIds: readonly number[]): Promise<number | null>;
  /** Matches what was captured; runs before every look for due deliveries. */
  match(stopped: () => boolean): Promise<unknown>;
  /** Sends one, records its outcome, and resolves when that is written. Never rejects. */
  deliver(claimed: Claimed): Promise<void>;
  now(): number;
  log(message: string): void;
  concurrency: number;
  perWebhook: number;
  pollMs: number;
  batchSize: number;
}

/** Outlives the longest time-out (30 s) by far, and a minute of clock skew between instances. */
export const leaseMs = 120_000;

/** How often leases of dead workers are looked for. */
const sweepMs = 15_000;

/** After an error of the database: long enough to let it come back, short enough to be no outage of ours. */
const errorPauseMs = 1000;

/**
 * The queue in Strapi's own database. One loop in an asynchronous context of its own:
 *
 *     WAITING ──(wake, poll, next due)──▶ MATCHING ──▶ CLAIMING ──▶ delivering in the background
 *        ▲                                                │
 *        └───────────(nothing due, or no free slot)───────┘
 */
export function createDatabaseEngine(deps: DatabaseEngineDeps): QueueEngine {
  const inFlight = new Map<number, { claimed: Claimed; done: Promise<void> }>();
  const perWebhook = new Map<number, number>();
  let stopping = false;
  let loop: Promise<void> | null = null;
  let flag = false;
  let ring: (() => void) | null = null;
  let sweptAt = 0;

  const wake = (): void => {
    flag = true;
    ring?.();
  };

  const slots = (webhooks: readonly SendingWebhook[]): Slot[] =>
    webhooks
      .map(({ id }) => ({ webhookId: id, free: deps.perWebhook - (perWebhook.get(id) ?? 0) }))
      .filter(({ free }) => free > 0);

  const run = (claimed: Claimed): void => {
    const { id, webhookId } = claimed.delivery;
    perWebhook.set(webhookId, (perWebhook.get(webhookId) ?? 0) + 1);
    const done = deps.deliver(claimed).finally(() => {
      inFlight.delete(id);
      perWebhook.set(webhookId, (perWebhook.get(webhookId) ?? 1) - 1);
      // A slot is free again; somebody may be waiting for it.
      wake();
    });
    inFlight.set(id, { claimed, done });
  };

  /** @returns how many were taken. */
  const takeDue = async (now: number, webhooks: readonly SendingWebhook[]): Promise<number> => {
    const limit = Math.min(deps.batchSize, deps.concurrency - inFlight.size);
    const free = slots(webhooks);
    if (limit <= 0 || free.length === 0) return 0;
    const taken = await deps.claim({ slots: free, now, leaseUntil: now + leaseMs, limit });
    const bodies = await deps.bodies([
      ...new Set(taken.flatMap(({ eventId }) => (eventId === null ? [] : [eventId]))),
    ]);
    const byId = new Map(webhooks.map((webhook) => [webhook.id, webhook]));
    for (const delivery of taken) {
      const webhook = byId.get(delivery.webhookId);
      if (!webhook) continue;
      const body =
        delivery.body ?? (delivery.eventId === null ? null : (bodies.get(delivery.eventId) ?? null));
      run({ delivery, body, webhook });
    }
    return taken.length;
  };

  const sweep = async (now: number): Promise<void> => {
    if (now - sweptAt < sweepMs) return;
    sweptAt = now;
    const returned = await deps.returnExpired(now, deps.batchSize);
    if (returned > 0)
      deps.log(`event-webhooks: ${returned} deliveries of a worker that is gone are due again`);
  };

  /** @returns milliseconds until the next look. */
  const turn = async (): Promise<number> => {
    await deps.match(() => stopping);
    const now = deps.now();
    await sweep(now);
    const webhooks = await deps.openWebhooks(now);
    const taken = await takeDue(now, webhooks);
    if (taken > 0) return 0;
    if (inFlight.size >= deps.concurrency) return deps.pollMs;
    const due = await deps.nextDue(slots(webhooks).map(({ webhookId }) => webhookId));
    return due === null ? deps.pollMs : Math.max(0, Math.min(deps.pollMs, due - deps.now()));
  };

  const pause = (ms: number): Promise<void> => {
    if (flag || stopping || ms <= 0) return new Promise((resolve) => setImmediate(resolve));
    return new Promise((resolve) => {
      const timer = setTimeout(finish, ms);
      timer.unref();
      ring = finish;
      function finish(): void {
        clearTimeout(timer);
        ring = null;
        resolve();
      }
    });
  };

  const work = async (): Promise<void> => {
    while (!stopping) {
      flag = false;
      try {
        await pause(await turn());
      } catch (error) {
        // A loop of ours never ends the process, and never ends by itself.
        if (!stopping)
          deps.log(`event-webhooks: the dispatcher could not reach the database: ${String(error)}`);
        flag = false;
        await pause(errorPauseMs);
      }
    }
  };

  return {
    start() {
      loop ??= work();
    },
    wake,
    async stop(graceMs) {
      stopping = true;
      wake();
      await loop;
      const ended = Promise.all([...inFlight.values()].map(({ done }) => done));
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([ended, new Promise((resolve) => (timer = setTimeout(resolve, graceMs)))]);
      clearTimeout(timer);
      // What did not end in time goes back; its outcome, should it still come, is fenced off.
      await deps.release([...inFlight.values()].map(({ claimed }) => claimed.delivery));
    },
  };
}
