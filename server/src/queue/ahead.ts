import type { Claimed } from './contract';

export interface AheadLimits {
  /** Deliveries that wait here at most, over all webhooks. */
  most: number;
  /** What their bodies may take together, in bytes. */
  bytes: number;
  /** Nothing waits here longer: what is changed or paused meanwhile is to be in force. */
  maxAgeMs: number;
  now(): number;
}

/** A webhook has at most so many waiting here for each that it may have in flight. */
const mostPerSlot = 4;

/** What is claimed ahead is expected to be sent within this time, at the pace of the webhook so far. */
const horizonMs = 250;

/** Shorter spells say nothing about a pace. */
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
 * CLAIMED, AND WAITING FOR A FREE SLOT. A claim costs the same few statements and one flush of the disk for ten rows
 * as for a hundred, and while it runs the slots stand empty. So a webhook that answers quickly has some more claimed
 * than it has slots: as many as it sends in a moment, by what it did since the last look. One that hangs, fails, or is
 * limited has none.
 */
export function createAhead(limits: AheadLimits) {
  const lines = new Map<number, Waiting[]>();
  const paces = new Map<number, Pace>();
  let size = 0;
  let sizeAfterLook = 0;
  let bytes = 0;
  let meanBytes = 1;
  let spellBegan = limits.now();

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

    /** How many more may be claimed ahead, over all webhooks. */
    room: (): number =>
      Math.max(0, Math.min(limits.most - size, Math.floor((limits.bytes - bytes) / meanBytes))),

    /** How many more of a webhook may be claimed ahead. */
    roomOf: ({ id, maxInFlight }: { id: number; maxInFlight: number }): number =>
      Math.max(0, Math.min(mostPerSlot * maxInFlight, paces.get(id)?.room ?? 0) - line(id).length),

    add(claims: readonly Claimed[]): void {
      const since = limits.now();
      for (const claimed of claims) {
        const { webhookId } = claimed.delivery;
        lines.set(webhookId, [...line(webhookId), { claimed, since }]);
        size += 1;
        bytes += sizeOf(claimed);
        meanBytes = Math.max(1, 0.9 * meanBytes + 0.1 * sizeOf(claimed));
      }
    },

    /** One of a webhook's ended well. */
    ended(webhookId: number): void {
      const pace = paces.get(webhookId) ?? { ended: 0, room: 0 };
      paces.set(webhookId, { ...pace, ended: pace.ended + 1 });
    },

    has: (webhookId: number): boolean => lines.has(webhookId),

    /** Whether most of what the last look left here has gone; false where it left nothing. */
    runsLow: (): boolean => size * 3 <= sizeAfterLook && sizeAfterLook > 0,

    /** The first of the webhook that `choose` prefers; only of those for which it gives a number, the least first. */
    next(choose: (webhookId: number) => number | null): Claimed | null {
      const limit = limits.now() - limits.maxAgeMs;
      let best: { webhookId: number; rank: number } | null = null;
      for (const [webhookId, [first]] of lines) {
        const rank = first !== undefined && first.since >= limit ? choose(webhookId) : null;
        if (rank !== null && (best === null || rank < best.rank)) best = { webhookId, rank };
      }
      if (best === null) return null;
      const [first] = line(best.webhookId);
      return remove(best.webhookId, (waiting) => waiting === first)[0] ?? null;
    },

    /** Takes out what has waited too long, and what must not be sent now. @returns it */
    outdated(webhooks: readonly { id: number }[]): Claimed[] {
      const open = new Set(webhooks.map(({ id }) => id));
      const limit = limits.now() - limits.maxAgeMs;
      return [...lines.keys()].flatMap((id) => remove(id, ({ since }) => !open.has(id) || since < limit));
    },

    /** Takes out everything of a webhook; of all of them without one. @returns it */
    clear: (webhookId?: number): Claimed[] =>
      (webhookId === undefined ? [...lines.keys()] : [webhookId]).flatMap((id) => remove(id, () => true)),

    /** Called before each look: what ended since the one before says how much may wait here until the next. */
    measure(webhooks: readonly { id: number }[]): void {
      const spellMs = limits.now() - spellBegan;
      if (spellMs < shortestSpellMs) return;
      spellBegan = limits.now();
      const open = new Set(webhooks.map(({ id }) => id));
      for (const [webhookId, { ended, room: before }] of paces) {
        const sent = Math.floor(Math.min(2 * ended, (ended * horizonMs) / spellMs));
        const room = Math.max(sent, Math.floor(before / 2));
        if (open.has(webhookId) && room > 0) paces.set(webhookId, { ended: 0, room });
        else paces.delete(webhookId);
      }
    },

    /** Called after each look. */
    looked(): void {
      sizeAfterLook = size;
    },
  };
}
