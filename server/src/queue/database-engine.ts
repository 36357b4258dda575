import { isTroubled } from '../gate/gate';
import type { Slot } from '../store/deliveries';
import { createAhead } from './ahead';
import type { Claimed, EngineDeps, QueueEngine, SendingWebhook } from './contract';
import { createInFlight } from './in-flight';
import { createSweeper, leaseFor } from './lease';
import { createLoop } from './loop';
import { countPerWebhook, reserveAll } from './rate-limit';
import { createSlots } from './slots';
import { reasonOf } from '../reason';

/**
 * A claim costs the same few statements for one delivery as for sixty, so slots that become free one by one are
 * gathered: until most of those that were taken are free again, or no further one has become free for a moment; but
 * never longer than this after the first.
 */
const gatherMs = 20;
const quietMs = 3;

/** Rows of one claim: a longer statement would keep an editor on SQLite waiting. */
const claimAtMost = 256;

/**
 * Outcomes that are not written yet do not hold a slot, but so many at most: a database that is slow with
 * outcomes is not given more of them.
 */
const unwrittenPerSlot = 4;

const aheadPerSlot = 6;
const aheadBytes = 8 * 1024 * 1024;
const aheadMaxAgeMs = 1000;

/**
 * The queue in Strapi's own database. One loop in an asynchronous context of its own:
 *
 *     WAITING ──(wake, poll)──▶ MATCHING ──▶ CLAIMING ──▶ delivering in the background
 *        ▲ │                                  ▲  │
 *        │ └──(slots are free, next due)──────┘  │
 *        └───────────────────────────────────────┘
 */
export function createDatabaseEngine(deps: EngineDeps): QueueEngine {
  const mostUnwritten = (unwrittenPerSlot + 1) * deps.concurrency;
  const slots = createSlots(deps);
  const ahead = createAhead({
    most: aheadPerSlot * deps.concurrency,
    bytes: aheadBytes,
    maxAgeMs: aheadMaxAgeMs,
    now: deps.now,
  });
  const loop = createLoop({ turn: (stopped) => rest.after(() => turn(stopped)), log: deps.log });
  const rest = createRest(deps.restMs, loop);
  const sweep = createSweeper(deps);
  /** As the last look found them. */
  let open = new Map<number, SendingWebhook>();
  let matchedAt = 0;
  let mayHaveUnmatched = true;
  let rungForMore = false;

  const wake = (): void => {
    mayHaveUnmatched = true;
    rest.wake();
  };
  const gathered = createGathering(loop.wake);

  const inFlight = createInFlight({
    ...deps,
    slots,
    slotFreed: (webhookId, waitedFor) => {
      ahead.ended(webhookId);
      startAhead();
      if (ahead.runsLow()) ringForMore();
      // While every slot is busy a look could start nothing.
      else if (waitedFor && slots.free() > 0 && !ahead.has(webhookId)) gathered.add(slots.mostHaveEnded());
    },
    ended: (webhookId, slot) => {
      // Its gate may have closed, so what waits here of this webhook is looked at anew.
      if (slot !== 'freed before') giveBack(ahead.clear(webhookId));
      startAhead();
      // Where the unwritten outcomes were too many, this is what the next look waits for.
      if (slot === 'waited for' || inFlight.size() === mostUnwritten - 1) gathered.add(false);
    },
  });

  /** Once a look, however many end until it is over. */
  function ringForMore(): void {
    if (rungForMore) return;
    rungForMore = true;
    loop.wake();
  }

  /** The webhook with the fewest in flight comes first. */
  function startAhead(): void {
    while (slots.free() > 0 && inFlight.size() < mostUnwritten) {
      const claimed = ahead.next((webhookId) => {
        const busy = slots.busy(webhookId);
        return busy < (open.get(webhookId)?.maxInFlight ?? 0) ? busy : null;
      });
      const webhook = claimed && open.get(claimed.delivery.webhookId);
      if (!webhook) return;
      void inFlight.run({ ...claimed, webhook });
    }
  }

  /** What fails to go back is due again when its lease is over. */
  function giveBack(claims: readonly Claimed[]): void {
    if (claims.length === 0) return;
    deps
      .release(claims.map(({ delivery }) => delivery))
      .then(loop.wake)
      .catch((error: unknown) =>
        deps.log(`event-webhooks: deliveries could not be given back: ${reasonOf(error)}`),
      );
  }

  /** How many more than its slots are worth claiming: none of a webhook in trouble or with a limit. */
  const aheadOf = (webhook: SendingWebhook): number =>
    webhook.rateLimit === null && !isTroubled(webhook.gate) ? ahead.roomOf(webhook) : 0;

  /** What is offered; for webhooks with a rate limit narrowed to what is due and may go. Without one, nothing is asked. */
  const withinRates = async (
    now: number,
    webhooks: readonly SendingWebhook[],
    offered: readonly Slot[],
    limit: number,
  ) => {
    const limited = webhooks.filter(({ rateLimit }) => rateLimit !== null);
    const ids = new Set(limited.map(({ id }) => id));
    const asked = offered.filter(({ webhookId }) => ids.has(webhookId));
    if (asked.length === 0) return { allowed: offered, giveBack: async () => undefined };
    const due = await deps.due({ slots: asked, now, limit });
    const { granted, waitMs, giveBack } = await reserveAll(deps.reserveRate, limited, countPerWebhook(due));
    if (waitMs !== null) loop.wakeIn(waitMs);
    const allowed = offered.map((slot) =>
      ids.has(slot.webhookId) ? { ...slot, free: granted.get(slot.webhookId) ?? 0 } : slot,
    );
    return { allowed: allowed.filter(({ free }) => free > 0), giveBack };
  };

  /** @returns whether there may be more for slots that are free. */
  const takeDue = async (now: number, webhooks: readonly SendingWebhook[]): Promise<boolean> => {
    open = new Map(webhooks.map((webhook) => [webhook.id, webhook]));
    ahead.measure(webhooks);
    await deps.release(ahead.outdated(webhooks).map(({ delivery }) => delivery));
    startAhead();
    rungForMore = false;
    if (inFlight.size() >= mostUnwritten) return false;
    const offered = slots.offer(webhooks, aheadOf);
    const limit = Math.min(claimAtMost, slots.free() + roomAhead(webhooks));
    if (limit <= 0 || offered.length === 0) return false;
    const { allowed, giveBack: giveRateBack } = await withinRates(now, webhooks, offered, limit);
    const leaseUntil = now + leaseFor(deps.leaseMs, webhooks);
    const taken = allowed.length === 0 ? [] : await deps.claim({ slots: allowed, now, leaseUntil, limit });
    await giveRateBack(taken);
    ahead.add(await inFlight.prepare(taken, webhooks));
    startAhead();
    ahead.looked();
    slots.looked(offered, taken, limit);
    return taken.length >= claimAtMost && slots.free() > 0;
  };

  const roomAhead = (webhooks: readonly SendingWebhook[]): number =>
    Math.min(
      ahead.room(),
      webhooks.reduce((sum, webhook) => sum + aheadOf(webhook), 0),
    );

  /** What was captured is announced by `wake`; looking without it, as often as polling, finds what others captured. */
  const match = async (now: number, stopped: () => boolean): Promise<void> => {
    if (!mayHaveUnmatched && now - matchedAt < deps.pollMs) return;
    mayHaveUnmatched = false;
    matchedAt = now;
    await deps.match(stopped);
  };

  /** @returns milliseconds until the next look. */
  async function turn(stopped: () => boolean): Promise<number> {
    await match(deps.now(), stopped);
    const now = deps.now();
    await sweep(now);
    const webhooks = await deps.openWebhooks(now);
    if (await takeDue(now, webhooks)) return 0;
    const waiting = webhooks.map(({ id }) => id).filter((id) => !slots.mayHaveMore(id));
    if (waiting.length === 0) return deps.pollMs;
    const due = await deps.nextDue(waiting);
    return due === null ? deps.pollMs : Math.max(0, Math.min(deps.pollMs, due - deps.now()));
  }

  return {
    start: loop.start,
    wake,
    async stop(graceMs) {
      await loop.stop();
      open = new Map();
      await deps.release(ahead.clear().map(({ delivery }) => delivery));
      await inFlight.settle(graceMs);
    },
  };
}

/** A commit wakes the loop at once, but not again before it has rested: what is saved meanwhile goes together. */
function createRest(restMs: number, loop: { wake(): void; wakeIn(ms: number): void }) {
  let resting = false;
  let missed = false;
  const rested = (): void => {
    resting = false;
    if (missed) loop.wake();
    missed = false;
  };
  return {
    wake(): void {
      if (resting) missed = true;
      else loop.wake();
    },
    /** Runs a turn, and rests after it. */
    async after(turn: () => Promise<number>): Promise<number> {
      if (restMs <= 0) return turn();
      resting = true;
      try {
        return await turn();
      } finally {
        setTimeout(rested, restMs).unref();
      }
    },
  };
}

/** Rings when enough has come together, when nothing more comes, or `gatherMs` after the first. */
function createGathering(ring: () => void) {
  let quiet: NodeJS.Timeout | null = null;
  let since = 0;
  const now = (): void => {
    if (quiet) clearTimeout(quiet);
    quiet = null;
    ring();
  };
  return {
    add(enough: boolean): void {
      if (quiet === null) {
        since = performance.now();
        quiet = setTimeout(now, quietMs).unref();
      }
      if (enough || performance.now() - since >= gatherMs) now();
      else quiet.refresh();
    },
  };
}
