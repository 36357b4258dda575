import type { Claimed } from '../contract';
import type { Rank } from '../limits/slots';
import { compareRanks } from '../limits/slots';

export interface AheadLimits {
  /** Maximum number of deliveries claimed ahead, over all webhooks. */
  most: number;
  /** Maximum total size of their bodies, in bytes. */
  bytes: number;
  /** Nothing waits here longer, so that a change or a pause takes effect. */
  maxAgeMs: number;
  /** Milliseconds of a monotonic clock. */
  elapsed(): number;
}

/** Maximum number claimed ahead per slot of a webhook. */
const mostPerSlot = 4;

/**
 * Deliveries claimed ahead are expected to be sent within this time, at the current rate; or until the next poll, if
 * polls take longer.
 */
const horizonMs = 250;

/** Shorter periods are too short to measure a rate. */
const shortestSpellMs = 5;

interface Waiting {
  claimed: Claimed;
  since: number;
}

interface Pace {
  ended: number;
  room: number;
}

/**
 * CLAIMED, AND WAITING FOR A FREE SLOT. A claim costs the same few statements and one flush of the disk for
 * ten rows as for a hundred, and while it runs the slots are empty. So a webhook with fast responses has more
 * claimed than it has slots: as many as it sends in a moment, measured since the last poll. If more webhooks
 * have due deliveries than slots are free, each has one, and all together as many as all send in a moment. One
 * that hangs, fails, or has a rate limit has none.
 */
export function createAhead(limits: AheadLimits) {
  const lines = new Map<number, Waiting[]>();
  const paces = new Map<number, Pace>();
  /** Of all webhooks. */
  let together: Pace = { ended: 0, room: 0 };
  let size = 0;
  let sizeAfterLook = 0;
  let bytes = 0;
  let meanBytes = 1;
  let spellBegan = limits.elapsed();

  const sizeOf = ({ body }: Claimed): number => body?.length ?? 0;
  const line = (webhookId: number): Waiting[] => lines.get(webhookId) ?? [];

  const remove = (webhookId: number, drop: (waiting: Waiting) => boolean): Claimed[] => {
    const gone = line(webhookId).filter(drop);
    if (gone.length === 0) return [];
    const left = line(webhookId).filter((waiting) => !gone.includes(waiting));
    if (left.length > 0) lines.set(webhookId, left);
    else lines.delete(webhookId);
    size -= gone.length;
    for (const { claimed } of gone) bytes -= sizeOf(claimed);
    return gone.map(({ claimed }) => claimed);
  };

  return {
    size: () => size,

    /** How many more can be claimed ahead, over all webhooks: there is room for them, and they are sent in a moment. */
    room: (): number =>
      Math.max(
        0,
        Math.min(limits.most - size, together.room - size, Math.floor((limits.bytes - bytes) / meanBytes)),
      ),

    /** Where webhooks wait for a slot: one for each that has none here. */
    leastOf: ({ id }: { id: number }): number => (line(id).length === 0 ? 1 : 0),

    /** How many more can be claimed ahead for a webhook. */
    roomOf: ({ id, maxInFlight }: { id: number; maxInFlight: number }): number =>
      Math.max(0, Math.min(mostPerSlot * maxInFlight, paces.get(id)?.room ?? 0) - line(id).length),

    add(claims: readonly Claimed[]): void {
      const since = limits.elapsed();
      for (const claimed of claims) {
        const { webhookId } = claimed.delivery;
        lines.set(webhookId, [...line(webhookId), { claimed, since }]);
        size += 1;
        bytes += sizeOf(claimed);
        meanBytes = Math.max(1, 0.9 * meanBytes + 0.1 * sizeOf(claimed));
      }
    },

    /** A delivery of the webhook succeeded. */
    ended(webhookId: number): void {
      const pace = paces.get(webhookId) ?? { ended: 0, room: 0 };
      paces.set(webhookId, { ...pace, ended: pace.ended + 1 });
      together = { ...together, ended: together.ended + 1 };
    },

    has: (webhookId: number): boolean => lines.has(webhookId),

    /** Whether most of the deliveries left here by the last poll are gone; false if it left none. */
    runsLow: (): boolean => size * 3 <= sizeAfterLook && sizeAfterLook > 0,

    /** The first of the webhook that is next; only among those for which `choose` returns a rank. */
    next(choose: (webhookId: number) => Rank | null): Claimed | null {
      const limit = limits.elapsed() - limits.maxAgeMs;
      let best: { webhookId: number; rank: Rank } | null = null;
      for (const [webhookId, [first]] of lines) {
        const rank = first !== undefined && first.since >= limit ? choose(webhookId) : null;
        if (rank !== null && (best === null || compareRanks(rank, best.rank) < 0)) best = { webhookId, rank };
      }
      if (best === null) return null;
      const [first] = line(best.webhookId);
      return remove(best.webhookId, (waiting) => waiting === first)[0] ?? null;
    },

    /** Removes deliveries that have waited too long, or must not be sent now. @returns them */
    outdated(webhooks: readonly { id: number }[]): Claimed[] {
      const open = new Set(webhooks.map(({ id }) => id));
      const limit = limits.elapsed() - limits.maxAgeMs;
      return [...lines.keys()].flatMap((id) => remove(id, ({ since }) => !open.has(id) || since < limit));
    },

    /** Removes everything of a webhook, or of all of them. @returns it */
    clear: (webhookId?: number): Claimed[] =>
      (webhookId === undefined ? [...lines.keys()] : [webhookId]).flatMap((id) => remove(id, () => true)),

    /**
     * Called before each poll: the number completed since the previous one limits how many wait here until
     * the next.
     */
    measure(webhooks: readonly { id: number }[]): void {
      const spellMs = limits.elapsed() - spellBegan;
      if (spellMs < shortestSpellMs) return;
      spellBegan = limits.elapsed();
      const open = new Set(webhooks.map(({ id }) => id));
      const nextMs = Math.min(Math.max(horizonMs, spellMs), limits.maxAgeMs);
      const roomOf = ({ ended, room }: Pace): number => {
        const sent = Math.floor(Math.min(2 * ended, (ended * nextMs) / spellMs));
        return Math.max(sent, Math.floor(room / 2));
      };
      together = { ended: 0, room: roomOf(together) };
      for (const [webhookId, pace] of paces) {
        const room = roomOf(pace);
        if (open.has(webhookId) && room > 0) paces.set(webhookId, { ended: 0, room });
        else paces.delete(webhookId);
      }
    },

    /** Called after each poll. */
    looked(): void {
      sizeAfterLook = size;
    },
  };
}
