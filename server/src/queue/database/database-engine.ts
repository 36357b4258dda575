import { isTroubled } from '../../gate';
import { createAhead } from './ahead';
import type { Claimed, EngineDeps, QueueEngine, SendingWebhook } from '../contract';
import { createInFlight } from '../in-flight';
import { createSweeper, leaseFor } from '../lease';
import { createLoop } from '../loop';
import { createParking } from '../limits/parking';
import { countPerWebhook, reserveAll } from '../limits/rate-limit';
import type { Freed, Offer, OfferedSlot } from '../limits/slots';
import { createSlots } from '../limits/slots';
import { createStarts } from '../starts';
import { reasonOf } from '../../reason';
import { othersTurn } from '../../store';
import { createGathering, createRest, type Gather } from './waking';

/**
 * A claim costs the same few statements for one delivery as for sixty, so slots that become free one by one
 * are collected: until most of the slots are free again, or no further one has become free for a moment; but
 * never longer than `gatherMs` after the first.
 */
const promptGather: Gather = { quietMs: 3, gatherMs: 20 };

/** Slow webhooks lose nothing by waiting for more of them, and a poll costs the same. */
const slowGather: Gather = { quietMs: 50, gatherMs: 100 };

/** Rows of one claim: a longer statement would delay an editor on SQLite. */
const claimAtMost = 256;

/**
 * Unwritten outcomes do not occupy a slot, up to this many: a database that is slow with outcomes is not
 * given more of them.
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
  const mostUnwritten = (unwrittenPerSlot + 2) * deps.concurrency + deps.slowConcurrency;
  const slots = createSlots(deps);
  const ahead = createAhead({
    most: aheadPerSlot * deps.concurrency,
    bytes: aheadBytes,
    maxAgeMs: aheadMaxAgeMs,
    elapsed: deps.elapsed,
  });
  const loop = createLoop({ turn: (stopped) => rest.after(() => turn(stopped)), log: deps.log });
  const rest = createRest(deps.restMs, loop);
  const sweep = createSweeper(deps);
  /** The webhooks that could send at the last poll. */
  let open = new Map<number, SendingWebhook>();
  let matchedAt = -Infinity;
  let mayHaveUnmatched = true;
  let rungForMore = false;
  const starts = createStarts(deps.elapsed, startAhead);

  const wake = (): void => {
    mayHaveUnmatched = true;
    rest.wake();
  };
  const gathered = {
    prompt: createGathering(loop.wake, promptGather),
    slow: createGathering(loop.wake, slowGather),
  };
  const parking = createParking(slots, (waitedFor) => {
    startAhead();
    if (waitedFor) gathered.prompt.add(slots.mostHaveEnded());
  });

  const inFlight = createInFlight({
    ...deps,
    slots,
    slotFreed: (webhookId, freed) => {
      ahead.ended(webhookId);
      startAhead();
      if (ahead.runsLow()) ringForMore();
      else if (!ahead.has(webhookId)) gather(freed);
    },
    ended: (webhookId, freed) => {
      // Its gate may have closed, so the deliveries claimed ahead for this webhook are checked again.
      if (freed) giveBack(ahead.clear(webhookId));
      startAhead();
      // If there were too many unwritten outcomes, the next poll waits for this.
      if (inFlight.size() === mostUnwritten - 1) gathered.prompt.add(false);
      else if (freed) gather(freed);
    },
  });

  /** While every slot is busy, or will be in the next turns of the event loop, a poll could start nothing. */
  function gather({ lane, waitedFor }: Freed): void {
    if (!waitedFor || slots.room(lane) <= 0 || (starts.areUsedUp() && ahead.size() > 0)) return;
    gathered[lane].add(lane === 'prompt' && slots.mostHaveEnded());
  }

  /** Once per poll, however many end until it is over. */
  function ringForMore(): void {
    if (rungForMore) return;
    rungForMore = true;
    loop.wake();
  }

  /** Starts what has been claimed and has a slot; the rest of it in the next turns of the event loop. */
  function startAhead(): void {
    while (ahead.size() > 0 && inFlight.size() < mostUnwritten && !starts.areUsedUp()) {
      const claimed = ahead.next((webhookId) => {
        const webhook = open.get(webhookId);
        return webhook && slots.mayStart(webhook) ? slots.rank(webhookId) : null;
      });
      const webhook = claimed && open.get(claimed.delivery.webhookId);
      if (!webhook) return;
      starts.count();
      void inFlight.run({ ...claimed, webhook });
    }
  }

  /** Until no claimed delivery has a free slot; slots that become free meanwhile are not waited for. */
  async function fillSlots(): Promise<void> {
    const most = deps.concurrency + deps.slowConcurrency;
    startAhead();
    for (let turns = 0; starts.areUsedUp() && ahead.size() > 0 && turns < most; turns += 1)
      await othersTurn();
  }

  /** Deliveries that could not be returned are due again when their lease expires. */
  function giveBack(claims: readonly Claimed[]): void {
    if (claims.length === 0) return;
    deps
      .release(claims.map(({ delivery }) => delivery))
      .then(loop.wake)
      .catch((error: unknown) =>
        deps.log(`event-webhooks: deliveries could not be given back: ${reasonOf(error)}`),
      );
  }

  /**
   * How many more than its slots are worth claiming, for each of these webhooks, which have due deliveries: none for
   * one that is slow, failing, or has a rate limit.
   */
  const aheadAmong = (due: readonly SendingWebhook[]): ((webhook: SendingWebhook) => number) => {
    const isScarce = due.length > slots.free();
    return (webhook) =>
      webhook.rateLimit === null && !isTroubled(webhook.gate) && slots.paceOf(webhook.id) === 'prompt'
        ? Math.max(ahead.roomOf(webhook), isScarce ? ahead.leastOf(webhook) : 0)
        : 0;
  };

  /**
   * The offered slots; for webhooks with a rate limit reduced to the allowed number of due deliveries.
   * Without a limit, nothing is queried.
   */
  const withinRates = async (
    now: number,
    webhooks: readonly SendingWebhook[],
    offered: readonly OfferedSlot[],
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

  /** `due`: those for which something is due. @returns whether there may be more for slots that are free. */
  const takeDue = async (
    now: number,
    webhooks: readonly SendingWebhook[],
    due: readonly SendingWebhook[],
  ): Promise<boolean> => {
    open = new Map(webhooks.map((webhook) => [webhook.id, webhook]));
    ahead.measure(webhooks);
    await deps.release(ahead.outdated(webhooks).map(({ delivery }) => delivery));
    await fillSlots();
    rungForMore = false;
    if (inFlight.size() >= mostUnwritten) return false;
    let more = false;
    const aheadOf = aheadAmong(due);
    for (const offer of slots.offer(due, aheadOf)) {
      if (await takeOffered(now, due, offer, aheadOf)) more = true;
      // On SQLite a claim, and what it starts, is one piece.
      await othersTurn();
    }
    ahead.looked();
    return more;
  };

  /** @returns whether there may be more for free slots. */
  const takeOffered = async (
    now: number,
    webhooks: readonly SendingWebhook[],
    offer: Offer,
    aheadOf: (webhook: SendingWebhook) => number,
  ): Promise<boolean> => {
    const room = slots.room(offer.pace) + roomAhead(offer.pace, webhooks, aheadOf);
    const limit = Math.min(claimAtMost, room);
    if (limit <= 0) return false;
    const { allowed, giveBack: giveRateBack } = await withinRates(now, webhooks, offer.slots, limit);
    const leaseUntil = now + leaseFor(deps.leaseMs, webhooks);
    const taken = allowed.length === 0 ? [] : await deps.claim({ slots: allowed, now, leaseUntil, limit });
    await giveRateBack(taken);
    ahead.add(await inFlight.prepare(taken, webhooks));
    await fillSlots();
    const narrowed = slots.looked(offer, taken, limit);
    return (narrowed || taken.length >= claimAtMost) && slots.room(offer.pace) > 0;
  };

  /** How many of this pace can be claimed although no slot is free. */
  const roomAhead = (
    pace: Offer['pace'],
    webhooks: readonly SendingWebhook[],
    aheadOf: (webhook: SendingWebhook) => number,
  ): number => {
    // While the others keep every slot busy, a webhook without a response yet takes the next one that is free.
    if (pace === 'new') return slots.free() <= 0 && slots.mayProve() ? 1 : 0;
    const most = pace === 'prompt' ? webhooks.reduce((sum, webhook) => sum + aheadOf(webhook), 0) : 0;
    return Math.min(ahead.room(), most);
  };

  /**
   * `wake` announces captured events; polling without it finds events captured by others.
   * @returns whether there may be more to match.
   */
  const match = async (stopped: () => boolean): Promise<boolean> => {
    if (!mayHaveUnmatched && deps.elapsed() - matchedAt < deps.pollMs) return false;
    mayHaveUnmatched = false;
    matchedAt = deps.elapsed();
    const mayHaveMore = await deps.match(stopped);
    mayHaveUnmatched ||= mayHaveMore;
    return mayHaveMore;
  };

  /** @returns milliseconds until the next poll. */
  async function turn(stopped: () => boolean): Promise<number> {
    const mayHaveMore = await match(stopped);
    const pauseMs = await takeTurn(deps.now());
    // The rest of a backlog continues immediately, and due deliveries were handled in between.
    return mayHaveMore ? 0 : pauseMs;
  }

  async function takeTurn(now: number): Promise<number> {
    await sweep(now);
    const webhooks = await deps.openWebhooks(now);
    const firstDue = await deps.firstDue(webhooks.map(({ id }) => id));
    const dueOf = ({ id }: SendingWebhook): number => firstDue.get(id) ?? Infinity;
    const due = webhooks.filter((webhook) => dueOf(webhook) <= now);
    if (await takeDue(now, webhooks, due)) return 0;
    // What comes after that which was due is known of nobody.
    const served = due.map(({ id }) => id).filter((id) => !slots.mayHaveMore(id));
    const later = webhooks.map(dueOf).filter((at) => at > now);
    const next = Math.min(...later, (await deps.nextDue(served)) ?? Infinity);
    // Nothing that is claimed waits longer than this: then it is given back.
    const longestMs = ahead.size() > 0 ? Math.min(deps.pollMs, aheadMaxAgeMs) : deps.pollMs;
    return Math.max(0, Math.min(longestMs, next - deps.now()));
  }

  return {
    start() {
      parking.start();
      loop.start();
    },
    wake,
    async stop(graceMs) {
      await loop.stop();
      parking.stop();
      open = new Map();
      const claims = ahead.clear().map(({ delivery }) => delivery);
      // Requests in flight are awaited anyway; these are due again when their lease expires.
      await deps.release(claims).catch((error: unknown) => {
        deps.log(`event-webhooks: deliveries could not be given back: ${reasonOf(error)}`);
      });
      await inFlight.settle(graceMs);
    },
  };
}
