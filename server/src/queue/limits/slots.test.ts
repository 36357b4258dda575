import type { Freed, Offer, Pace } from './slots';
import { createSlots } from './slots';

const webhooks = (...ids: number[]) => ids.map((id) => ({ id, maxInFlight: 2 }));
const wide = (...ids: number[]) => ids.map((id) => ({ id, maxInFlight: 10 }));
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const taken = (...ids: number[]) => ids.map((webhookId) => ({ webhookId }));

/** Slots, and a clock that is moved by hand. */
function start(limits: { concurrency: number; slowConcurrency?: number }) {
  let now = 1000;
  const slots = createSlots({ slowConcurrency: 2 * limits.concurrency, ...limits, elapsed: () => now });
  return {
    ...slots,
    pass: (ms: number): void => void (now += ms),
    /** Answers once, after so long. */
    answers(id: number, ms: number): void {
      const free = slots.take(id);
      now += ms;
      free();
    },
    /** The one offer that there is. */
    offerOf(pace: Pace, ...given: Parameters<typeof slots.offer>): Offer {
      return slots.offer(...given).find((offer) => offer.pace === pace) ?? { pace, slots: [] };
    },
  };
}

/**
 * One look: what is due is taken in the order and up to the shares that are offered, as the claim does it.
 * @returns who began, in order, and how to end it
 */
function look(
  slots: ReturnType<typeof start>,
  due: Map<number, number>,
  all: { id: number; maxInFlight: number }[],
) {
  const begun: { id: number; end: () => Freed | null }[] = [];
  for (let again = true; again;) {
    again = false;
    for (const offer of slots.offer(all)) {
      const limit = slots.room(offer.pace);
      if (limit <= 0) continue;
      const ids: number[] = [];
      for (const { webhookId, free } of offer.slots) {
        const count = Math.min(free, due.get(webhookId) ?? 0, limit - ids.length);
        for (let index = 0; index < count; index += 1) ids.push(webhookId);
        due.set(webhookId, (due.get(webhookId) ?? 0) - count);
      }
      for (const id of ids) begun.push({ id, end: slots.take(id) });
      again ||= slots.looked(offer, taken(...ids), limit) && slots.room(offer.pace) > 0;
    }
  }
  return begun;
}

/** The first look knows of nobody how much waits; it offers two to each. */
function firstLook(
  slots: ReturnType<typeof start>,
  due: Map<number, number>,
  all: { id: number; maxInFlight: number }[],
): void {
  for (const { end } of look(slots, due, all)) end();
}

describe('slots', () => {
  it('offers each webhook what it may still have in flight, the least busy first', () => {
    const slots = start({ concurrency: 10 });
    for (const id of [1, 2, 3]) slots.answers(id, 10);
    slots.take(1);
    slots.take(2);
    slots.take(2);
    expect(slots.offer(webhooks(1, 2, 3))).toEqual([
      {
        pace: 'prompt',
        slots: [
          { webhookId: 3, free: 2, most: 2 },
          { webhookId: 1, free: 1, most: 1 },
        ],
      },
    ]);
    expect(slots.free()).toBe(7);
  });

  it('a webhook that is slowed down to one request is not kept behind those that may have many', () => {
    const slots = start({ concurrency: 10 });
    for (const id of [1, 2]) slots.answers(id, 10);
    slots.take(1);
    const offered = slots.offerOf('prompt', [
      { id: 1, maxInFlight: 10 },
      { id: 2, maxInFlight: 1 },
    ]);
    expect(offered.slots.map(({ webhookId }) => webhookId)).toEqual([2, 1]);
  });

  it('a slot is given back once', () => {
    const slots = start({ concurrency: 10 });
    const free = slots.take(1);
    free();
    expect(free()).toBeNull();
    expect(slots.free()).toBe(10);
  });

  it('a slot that becomes free is worth a look only where the last look may have left something behind', () => {
    const slots = start({ concurrency: 10 });
    for (const id of [1, 2]) slots.answers(id, 10);
    const offered = slots.offerOf('prompt', webhooks(1, 2));
    const first = slots.take(1);
    const second = [slots.take(2), slots.take(2)];
    slots.looked(offered, taken(1, 2, 2), 10);
    expect(first()?.waitedFor).toBe(false);
    expect(second[0]?.()?.waitedFor).toBe(true);
    expect([1, 2].map(slots.mayHaveMore)).toEqual([false, true]);
  });

  it('a look that took as much as it could may have left something for everybody', () => {
    const slots = start({ concurrency: 1 });
    const offered = slots.offerOf('new', webhooks(1, 2));
    const first = slots.take(1);
    slots.looked(offered, taken(1), 1);
    expect(slots.mayHaveMore(2)).toBe(true);
    expect(first()?.waitedFor).toBe(true);
  });

  it('a slot that becomes free while a look is under way is not overlooked', () => {
    const slots = start({ concurrency: 10 });
    slots.answers(1, 10);
    const free = [slots.take(1), slots.take(1)];
    const offered = slots.offerOf('prompt', [{ id: 1, maxInFlight: 3 }]);
    expect(free[0]?.()?.waitedFor).toBe(true);
    slots.looked(offered, taken(1), 10);
    expect(slots.mayHaveMore(1)).toBe(true);
  });

  it('tells when most of what was in flight has ended', () => {
    const slots = start({ concurrency: 10 });
    const free = Array.from({ length: 8 }, () => slots.take(1));
    slots.looked({ pace: 'new', slots: [] }, taken(1, 1), 2);
    free.slice(0, 6).forEach((give) => give());
    expect(slots.mostHaveEnded()).toBe(false);
    free[6]?.();
    expect(slots.mostHaveEnded()).toBe(true);
  });
});

describe('where slots are short (guarantee 19)', () => {
  it('everybody has one before anybody has two, whatever their ids', () => {
    const slots = start({ concurrency: 20 });
    const all = wide(...range(1, 30));
    for (const { id } of all) slots.answers(id, 10);
    const due = new Map(all.map(({ id }) => [id, 1000]));
    firstLook(slots, due, all);
    const next = look(slots, due, all).map(({ id }) => id);
    expect(new Set(next).size).toBe(20);
  });

  it('the one that has been waiting for longest is next: in rounds nobody is passed over twice', () => {
    const slots = start({ concurrency: 8 });
    const all = wide(...range(1, 100));
    for (const { id } of all) slots.answers(id, 10);
    const due = new Map(all.map(({ id }) => [id, 1000]));
    firstLook(slots, due, all);
    const served: number[] = [];
    let running = look(slots, due, all);
    while (served.length < 400) {
      for (const { id, end } of running) {
        served.push(id);
        end();
      }
      slots.pass(10);
      running = look(slots, due, all);
    }
    const counts = all.map(({ id }) => served.slice(0, 400).filter((each) => each === id).length);
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([4, 4]);
  });

  it('one that newly has something is served with the next free slot, also with the last id', () => {
    const slots = start({ concurrency: 4 });
    const all = wide(...range(1, 60), 61);
    for (const { id } of all) slots.answers(id, 10);
    const due = new Map(range(1, 60).map((id) => [id, 1000]));
    firstLook(slots, due, all);
    const [first] = look(slots, due, all);
    due.set(61, 1);
    // It answered last, so the 57 that have nothing in flight have been waiting for longer: but once each.
    const order: number[] = [];
    let next = first;
    for (let turn = 0; turn < 58 && next; turn += 1) {
      next.end();
      [next] = look(slots, due, all);
      if (next) order.push(next.id);
    }
    expect(order).toContain(61);
    expect(new Set(order).size).toBe(order.length);
  });

  it('where nobody else has anything one webhook may have all that it may have', () => {
    const slots = start({ concurrency: 64 });
    const all = wide(...range(1, 300));
    const due = new Map([[250, 1000]]);
    const [first] = look(slots, due, all);
    first?.end();
    expect(look(slots, due, all)).toHaveLength(10);
  });
});

describe('webhooks that are slow to answer (guarantee 19)', () => {
  it('sixty of them, with the lower or the higher ids, leave a prompt one all its slots', () => {
    for (const prompt of [0, 100]) {
      const slots = start({ concurrency: 64 });
      const slow = wide(...range(1, 60));
      const all = [...slow, ...wide(prompt)].sort((a, b) => a.id - b.id);
      for (const { id } of all) slots.answers(id, id === prompt ? 10 : 1000);
      const due = new Map(slow.map(({ id }) => [id, 200]));
      const begun = look(slots, due, all);
      expect(begun).toHaveLength(128);
      const counts = slow.map(({ id }) => begun.filter((one) => one.id === id).length);
      expect([Math.min(...counts), Math.max(...counts)]).toEqual([2, 3]);
      due.set(prompt, 10);
      expect(look(slots, due, all).map(({ id }) => id)).toEqual(Array.from({ length: 10 }, () => prompt));
    }
  });

  it('of what has never answered some may begin, while those that have answered keep a quarter', () => {
    const slots = start({ concurrency: 64 });
    slots.answers(100, 10);
    const all = wide(...range(1, 60), 100);
    const due = new Map(range(1, 60).map((id) => [id, 200]));
    expect(look(slots, due, all)).toHaveLength(48);
    due.set(100, 100);
    expect(look(slots, due, all).map(({ id }) => id)).toEqual(Array.from({ length: 10 }, () => 100));
  });

  it('a request that hangs leaves its slot after half a second, and what follows it begins in the slow lane', () => {
    const slots = start({ concurrency: 4 });
    const parked: number[] = [];
    for (const id of [1, 1, 2, 2]) slots.take(id, () => parked.push(id));
    slots.offer(wide(1, 2, 3));
    slots.pass(400);
    expect(slots.park()).toEqual({ parked: 0, waitedFor: false });
    slots.pass(100);
    expect(slots.park()).toEqual({ parked: 4, waitedFor: true });
    expect([parked, slots.free(), slots.room('slow')]).toEqual([[1, 1, 2, 2], 4, 4]);
    expect([1, 2, 3].map(slots.paceOf)).toEqual(['slow', 'slow', 'new']);
    slots.take(1);
    expect([slots.free(), slots.room('slow')]).toEqual([4, 3]);
  });

  it('one without a response yet may have the next slot, also while prompt ones keep all of them busy', () => {
    const slots = start({ concurrency: 4 });
    slots.answers(1, 10);
    slots.offer(wide(1, 2, 3, 4, 5));
    for (let taken = 0; taken < 4; taken += 1) slots.take(1);
    expect([slots.room('new'), slots.mayProve()]).toEqual([0, true]);
    const unproven = start({ concurrency: 4 });
    unproven.answers(1, 10);
    unproven.offer(wide(1, 2, 3, 4, 5));
    for (const id of [2, 3, 4]) unproven.take(id);
    expect([unproven.free(), unproven.mayProve()]).toEqual([1, false]);
  });

  it('until it has answered a webhook has one request in flight', () => {
    const slots = start({ concurrency: 10 });
    const due = new Map([[1, 100]]);
    const begun = look(slots, due, wide(1));
    expect(begun).toHaveLength(1);
    expect(slots.mayStart({ id: 1, maxInFlight: 10 })).toBe(false);
    expect(slots.admission(wide(1))(1)).toBe(false);
    slots.pass(10);
    expect(begun[0]?.end()?.waitedFor).toBe(true);
    expect(look(slots, due, wide(1))).toHaveLength(10);
  });

  it('what hangs leaves its slot also where those that are known to be slow fill their lane', () => {
    const slots = start({ concurrency: 4, slowConcurrency: 2 });
    slots.answers(9, 1000);
    for (const id of [9, 9, 1, 2, 3, 4]) slots.take(id);
    expect([slots.free(), slots.room('slow')]).toEqual([0, 0]);
    slots.pass(500);
    slots.park();
    expect([slots.free(), slots.room('slow')]).toEqual([4, 0]);
    expect(slots.mayStart({ id: 1, maxInFlight: 10 })).toBe(false);
  });

  it('where there is no room to leave to it keeps its slot, and nothing of its webhook follows', () => {
    const slots = start({ concurrency: 2, slowConcurrency: 1 });
    for (const id of [1, 2]) slots.take(id);
    slots.pass(500);
    slots.park();
    const ends = [3, 4].map((id) => slots.take(id));
    slots.pass(500);
    slots.park();
    expect([slots.free(), slots.room('slow')]).toEqual([1, 0]);
    expect(slots.mayStart({ id: 4, maxInFlight: 10 })).toBe(false);
    expect(ends.map((end) => end()?.lane)).toEqual(['slow', 'prompt']);
  });

  it('after a start a hundred that hang do not stop two hundred that answer', () => {
    const slots = start({ concurrency: 64 });
    const all = wide(...range(1, 300));
    const hangs = ({ id }: { id: number }) => id % 3 === 0;
    const due = new Map(all.map(({ id }) => [id, 5]));
    const waits = new Set(all.filter((one) => !hangs(one)).map(({ id }) => id));
    let passed = 0;
    while (waits.size > 0 && passed < 60_000) {
      for (const one of look(slots, due, all)) {
        if (hangs(one)) continue;
        if (due.get(one.id) === 0) waits.delete(one.id);
        one.end();
      }
      slots.pass(50);
      passed += 50;
      slots.park();
    }
    expect(passed).toBeLessThanOrEqual(2500); // 800 without those that hang
  });

  it('one that answers promptly again is prompt again; one slow answer among many makes none slow', () => {
    const slots = start({ concurrency: 4 });
    slots.answers(1, 1000);
    expect(slots.paceOf(1)).toBe('slow');
    for (let turn = 0; turn < 4; turn += 1) slots.answers(1, 10);
    expect(slots.paceOf(1)).toBe('prompt');
    for (let turn = 0; turn < 10; turn += 1) slots.answers(1, 10);
    slots.answers(1, 1200);
    expect(slots.paceOf(1)).toBe('prompt');
  });

  it('what was handed over is admitted by the same rules', () => {
    const slots = start({ concurrency: 4, slowConcurrency: 2 });
    slots.answers(1, 1000);
    slots.answers(2, 10);
    const admits = slots.admission(wide(1, 2, 3));
    expect([1, 1, 1].map(admits)).toEqual([true, true, false]);
    expect([2, 2, 3, 3, 2, 2].map(admits)).toEqual([true, true, true, false, true, false]);
    expect(admits(9)).toBe(false);
  });
});
