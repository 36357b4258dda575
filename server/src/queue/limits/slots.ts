import type { Slot } from '../../store/deliveries';

export interface SlotLimits {
  /** Requests in flight in this process, except those in the slow lane. */
  concurrency: number;
  /**
   * Requests in flight of webhooks that are known to be slow, all together. Requests that turn out to be slow
   * can be `concurrency` more, so that they always leave their slots.
   */
  slowConcurrency: number;
  /** Milliseconds of a monotonic clock. */
  elapsed(): number;
}

export type Lane = 'prompt' | 'slow';

/** A webhook's response times: `new` is one without a response yet. */
export type Pace = 'new' | 'prompt' | 'slow';

/** An offered slot: `free` is its fair share of the free slots, `most` what its webhook could have. */
export interface OfferedSlot extends Slot {
  most: number;
}

export interface Offer {
  pace: Pace;
  /** The webhook that has waited longest is first. */
  slots: OfferedSlot[];
}

/** A returned slot. */
export interface Freed {
  lane: Lane;
  /** The last poll may have left a delivery for it. */
  waitedFor: boolean;
}

export interface Rank {
  busy: number;
  served: number;
}

interface Webhook {
  id: number;
  maxInFlight: number;
}

interface Known {
  busy: number;
  /** The number of its last request, over all webhooks. */
  served: number;
  servedAt: number;
  /** Moving average of how long its slots were taken; null before the first has ended. */
  meanMs: number | null;
  slow: boolean;
}

interface Taken {
  webhookId: number;
  lane: Lane;
  /** It had no response yet when it began. */
  unproven: boolean;
  since: number;
  parked: () => void;
}

/**
 * A request that has not ended by then leaves its slot and continues in the slow lane; so do the following
 * ones.
 */
const slowMs = 500;
/** With an average below this a webhook is fast again. */
const promptMs = 250;
/** Weight of the last response in the average. */
const weight = 0.3;
/** Share of the slots for webhooks without a response yet, once others have responded: they may all hang. */
const newShare = 0.75;
/**
 * If there are enough slots, a webhook with possibly more deliveries is offered this many: most have one or
 * none.
 */
const leastOffer = 2;
/** After this long without a request a webhook is new again. */
const forgottenMs = 10 * 60_000;

/** Fewest requests in flight first, then longest waiting. */
export const compareRanks = (a: Rank, b: Rank): number => a.busy - b.busy || a.served - b.served;

/**
 * HOW MANY MORE REQUESTS EACH WEBHOOK CAN SEND. Counts requests in flight in two lanes, so that slow webhooks, however
 * many, never occupy the slots that the fast ones need:
 *
 *     new ──(responds)──▶ prompt ──(on average 500 ms, or one that takes longer)──▶ slow ──(on average 250 ms)──▶ prompt
 *
 * Within a lane slots are given out one by one, first to webhooks with the fewest in flight and among these to the one
 * that has waited longest: if there are too few, no webhook is passed over twice. Also remembers which webhooks may have
 * more due deliveries after the last poll: only their slots are worth a poll when they become free.
 */
export function createSlots(limits: SlotLimits) {
  const records = new Map<number, Known>();
  const running = new Set<Taken>();
  const size = { prompt: 0, slow: 0 };
  let unproven = 0;
  let reserves = false;
  let served = 0;
  let promptAfterLook = 0;
  /** Webhooks that may have more deliveries than they were offered slots. */
  const backlog = new Set<number>();
  /** Lanes in which the last poll took as much as it could, or could take nothing. */
  const short: { [pace in Pace]: boolean } = { new: false, prompt: false, slow: false };

  const recordOf = (id: number): Known =>
    records.get(id) ?? { busy: 0, served: 0, servedAt: 0, meanMs: null, slow: false };
  const paceOf = (id: number): Pace => {
    const { slow, meanMs } = recordOf(id);
    if (slow) return 'slow';
    return meanMs === null ? 'new' : 'prompt';
  };
  const free = (): number => limits.concurrency - size.prompt;
  /** One request shows whether a receiver responds at all: if it hangs, few slots wait with it. */
  const widthOf = ({ id, maxInFlight }: Webhook): number =>
    paceOf(id) === 'new' ? Math.min(1, maxInFlight) : maxInFlight;
  const parkingRoom = (): number => limits.slowConcurrency + limits.concurrency - size.slow;
  /** How many more webhooks without a response yet can have a request in flight. */
  const roomToProve = (): number => Math.max(1, Math.floor(newShare * limits.concurrency)) - unproven;
  const room = (pace: Pace): number => {
    if (pace === 'slow') return Math.max(0, limits.slowConcurrency - size.slow);
    if (pace === 'prompt' || !reserves) return free();
    return Math.min(free(), roomToProve());
  };
  const rank = (id: number): Rank => recordOf(id);
  const isWaitedFor = (lane: Lane, id: number): boolean =>
    backlog.has(id) || (lane === 'slow' ? short.slow : short.new || short.prompt);

  const forget = (): void => {
    const limit = limits.elapsed() - forgottenMs;
    for (const [id, { busy, servedAt }] of records) {
      if (busy > 0 || servedAt >= limit) continue;
      records.delete(id);
      backlog.delete(id);
    }
  };

  const shared = <T extends Webhook>(
    webhooks: readonly T[],
    pace: Pace,
    ahead: (webhook: T) => number,
  ): OfferedSlot[] => {
    const members = webhooks.flatMap((webhook) => {
      const { busy } = recordOf(webhook.id);
      const most = Math.max(0, widthOf(webhook) - busy);
      const more = ahead(webhook);
      if (most + more > 0) return [{ webhookId: webhook.id, busy, most, more }];
      backlog.add(webhook.id);
      return [];
    });
    const known = members.filter(({ webhookId }) => backlog.has(webhookId));
    const level = fairLevel(known.length > 0 ? known : members, room(pace));
    const least = known.length > 0 || members.length > room(pace) ? 1 : leastOffer;
    return members
      .sort((a, b) => compareRanks(recordOf(a.webhookId), recordOf(b.webhookId)))
      .map(({ webhookId, busy, most, more }) => ({
        webhookId,
        free: Math.min(most, Math.max(least, level - busy)) + more,
        most: most + more,
      }));
  };

  return {
    /** Free slots of this process for fast webhooks. */
    free,
    room,
    /** Whether a webhook without a response yet can have the next slot that becomes free. */
    mayProve: (): boolean => !reserves || roomToProve() > 0,
    rank,
    paceOf,

    /**
     * What these webhooks may send more, by what is known of them; those that have not answered yet first, since few of
     * them stay so. The others have nothing that is due. `ahead`: how many more a webhook may have besides.
     */
    offer<T extends Webhook>(webhooks: readonly T[], ahead: (webhook: T) => number = () => 0): Offer[] {
      forget();
      const by: { [pace in Pace]: T[] } = { new: [], prompt: [], slow: [] };
      for (const webhook of webhooks) by[paceOf(webhook.id)].push(webhook);
      const ids = new Set(webhooks.map(({ id }) => id));
      for (const id of backlog) if (!ids.has(id)) backlog.delete(id);
      reserves = [...records.values()].some(({ meanMs, slow }) => meanMs !== null && !slow);
      return (['new', 'prompt', 'slow'] as const).flatMap((pace) => {
        const slots = shared(by[pace], pace, ahead);
        // Until the poll is over, a slot that becomes free could have been used by it.
        short[pace] = slots.length > 0;
        return slots.length > 0 ? [{ pace, slots }] : [];
      });
    },

    /**
     * After a poll with the given `limit`: a webhook that got less than offered has no more due deliveries.
     * @returns whether a webhook may have more than its share, while there are free slots
     */
    looked({ pace, slots }: Offer, taken: readonly { webhookId: number }[], limit: number): boolean {
      promptAfterLook = size.prompt;
      const counts = new Map<number, number>();
      for (const { webhookId } of taken) counts.set(webhookId, (counts.get(webhookId) ?? 0) + 1);
      const got = slots.map(({ webhookId }) => counts.get(webhookId) ?? 0);
      const complete = taken.length < limit;
      // The slots are processed in their order: nothing is known behind the last one that got a delivery.
      const known = complete ? slots.length : got.findLastIndex((count) => count > 0);
      short[pace] = !complete;
      slots.forEach(({ webhookId, free: offered }, index) => {
        if (index < known && (got[index] ?? 0) < offered) backlog.delete(webhookId);
        else backlog.add(webhookId);
      });
      const narrowed = slots.some(
        ({ free: offered, most }, index) => (got[index] ?? 0) >= offered && offered < most,
      );
      return complete && narrowed;
    },

    /** Whether one more can begin now. */
    mayStart: (webhook: Webhook): boolean =>
      recordOf(webhook.id).busy < widthOf(webhook) && room(paceOf(webhook.id)) > 0,

    /** Says for each handed-over delivery whether it can begin now, and counts it. */
    admission(webhooks: readonly Webhook[]): (webhookId: number) => boolean {
      const left = new Map(
        webhooks.map((webhook) => [webhook.id, widthOf(webhook) - recordOf(webhook.id).busy]),
      );
      const rooms = { new: room('new'), prompt: room('prompt'), slow: room('slow') };
      return (webhookId) => {
        const pace = paceOf(webhookId);
        const own = left.get(webhookId) ?? 0;
        if (own <= 0 || rooms[pace] <= 0 || (pace === 'new' && rooms.prompt <= 0)) return false;
        left.set(webhookId, own - 1);
        rooms[pace] -= 1;
        if (pace === 'new') rooms.prompt -= 1;
        return true;
      };
    },

    /**
     * @returns a function that returns the slot, once. `parked` is called if the request continues in the
     *   slow lane.
     */
    take(webhookId: number, parked: () => void = () => undefined): () => Freed | null {
      const pace = paceOf(webhookId);
      const lane = pace === 'slow' && room('slow') > 0 ? 'slow' : 'prompt';
      const since = limits.elapsed();
      const one: Taken = { webhookId, lane, unproven: pace === 'new', since, parked };
      const record = recordOf(webhookId);
      served += 1;
      records.set(webhookId, { ...record, busy: record.busy + 1, served, servedAt: since });
      running.add(one);
      size[lane] += 1;
      if (one.unproven) unproven += 1;
      return () => {
        if (!running.delete(one)) return null;
        size[one.lane] -= 1;
        if (one.unproven && one.lane === 'prompt') unproven -= 1;
        const took = limits.elapsed() - since;
        const now = recordOf(webhookId);
        const meanMs = now.meanMs === null ? took : (1 - weight) * now.meanMs + weight * took;
        const slow = meanMs > (now.slow ? promptMs : slowMs);
        records.set(webhookId, { ...now, busy: now.busy - 1, meanMs, slow });
        return { lane: one.lane, waitedFor: isWaitedFor(one.lane, webhookId) };
      };
    },

    /**
     * Called regularly: long requests leave their slot for the slow lane.
     * @returns how many, and whether others may be waiting for one of these slots
     */
    park(): { parked: number; waitedFor: boolean } {
      const limit = limits.elapsed() - slowMs;
      let waitedFor = false;
      let parked = 0;
      for (const one of running) {
        if (one.lane === 'slow' || one.since > limit) continue;
        const record = recordOf(one.webhookId);
        const meanMs = Math.max(record.meanMs ?? 0, limits.elapsed() - one.since);
        records.set(one.webhookId, { ...record, meanMs, slow: true });
        if (parkingRoom() <= 0) continue;
        waitedFor ||= isWaitedFor('prompt', one.webhookId);
        one.lane = 'slow';
        size.prompt -= 1;
        size.slow += 1;
        if (one.unproven) unproven -= 1;
        one.parked();
        parked += 1;
      }
      return { parked, waitedFor };
    },

    /** Requests of a webhook in flight. */
    busy: (webhookId: number): number => recordOf(webhookId).busy,

    mayHaveMore: (webhookId: number): boolean => backlog.has(webhookId) || short[paceOf(webhookId)],

    /** Whether most of the requests in flight after the last poll have ended. */
    mostHaveEnded: (): boolean => size.prompt * 8 <= promptAfterLook,
  };
}

export type Slots = ReturnType<typeof createSlots>;

/** The number in flight up to which each can be filled, so that `total` more are shared evenly. */
function fairLevel(sharing: readonly { busy: number; most: number }[], total: number): number {
  const given = (level: number): number =>
    sharing.reduce((sum, { busy, most }) => sum + Math.min(most, Math.max(0, level - busy)), 0);
  const top = Math.max(0, ...sharing.map(({ busy, most }) => busy + most));
  let low = 0;
  let high = top;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (given(middle) <= total) low = middle;
    else high = middle - 1;
  }
  return low;
}
