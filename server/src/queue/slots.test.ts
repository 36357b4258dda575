import { createSlots } from './slots';

const webhooks = (...ids: number[]) => ids.map((id) => ({ id, maxInFlight: 2 }));
const taken = (...ids: number[]) => ids.map((webhookId) => ({ webhookId }));

describe('slots', () => {
  it('offers each webhook what it may still have in flight, the least busy first', () => {
    const slots = createSlots({ concurrency: 10 });
    slots.take(1);
    slots.take(2);
    slots.take(2);
    expect(slots.offer(webhooks(1, 2, 3))).toEqual([
      { webhookId: 3, free: 2 },
      { webhookId: 1, free: 1 },
    ]);
    expect(slots.free()).toBe(7);
  });

  it('a webhook that is slowed down to one request is not kept behind those that may have many', () => {
    const slots = createSlots({ concurrency: 10 });
    slots.take(1);
    const offered = slots.offer([
      { id: 1, maxInFlight: 10 },
      { id: 2, maxInFlight: 1 },
    ]);
    expect(offered.map(({ webhookId }) => webhookId)).toEqual([2, 1]);
  });

  it('a slot is given back once', () => {
    const slots = createSlots({ concurrency: 10 });
    const free = slots.take(1);
    free();
    free();
    expect(slots.free()).toBe(10);
  });

  it('a slot that becomes free is worth a look only where the last look may have left something behind', () => {
    const slots = createSlots({ concurrency: 10 });
    const offered = slots.offer(webhooks(1, 2));
    const first = slots.take(1);
    const second = [slots.take(2), slots.take(2)];
    slots.looked(offered, taken(1, 2, 2), 10);
    expect(first()).toBe(false);
    expect(second[0]?.()).toBe(true);
    expect([1, 2].map(slots.mayHaveMore)).toEqual([false, true]);
  });

  it('a look that took as much as it could may have left something for everybody', () => {
    const slots = createSlots({ concurrency: 1 });
    const offered = slots.offer(webhooks(1, 2));
    const first = slots.take(1);
    slots.looked(offered, taken(1), 1);
    expect(slots.mayHaveMore(2)).toBe(true);
    expect(first()).toBe(true);
  });

  it('a slot that becomes free while a look is under way is not overlooked', () => {
    const slots = createSlots({ concurrency: 10 });
    const free = [slots.take(1), slots.take(1)];
    const offered = slots.offer(webhooks(1));
    expect(free[0]?.()).toBe(true);
    slots.looked(offered, [], 10);
    expect(slots.mayHaveMore(1)).toBe(true);
  });

  it('tells when most of what was in flight has ended', () => {
    const slots = createSlots({ concurrency: 10 });
    const free = Array.from({ length: 8 }, () => slots.take(1));
    slots.looked([], taken(1, 1), 2);
    free.slice(0, 6).forEach((give) => give());
    expect(slots.mostHaveEnded()).toBe(false);
    free[6]?.();
    expect(slots.mostHaveEnded()).toBe(true);
  });
});
