import { createAhead } from './ahead';
import type { Claimed } from '../contract';

const claimed = (id: number, webhookId: number, body = '{}') =>
  ({ delivery: { id, webhookId }, body, webhook: { id: webhookId } }) as unknown as Claimed;
const webhooks = (...ids: number[]) => ids.map((id) => ({ id, maxInFlight: 10 }));
const rank = (busy: number | undefined, served = 0) => (busy === undefined ? null : { busy, served });
const ids = (claims: readonly Claimed[]) => claims.map(({ delivery }) => delivery.id);

describe('claimed ahead of a free slot', () => {
  let now = 0;
  const start = (bytes = 1_000_000) => {
    now = 0;
    return createAhead({ most: 100, bytes, maxAgeMs: 1000, elapsed: () => now });
  };
  const send = (ahead: ReturnType<typeof start>, webhookId: number, count: number) => {
    for (let sent = 0; sent < count; sent += 1) ahead.ended(webhookId);
  };

  it('a webhook that has not answered yet has nothing claimed ahead', () => {
    const ahead = start();
    now = 50;
    ahead.measure(webhooks(1));
    expect(ahead.roomOf({ id: 1, maxInFlight: 10 })).toBe(0);
  });

  it('a quick one has about what it sends in a moment, a slow one nothing', () => {
    const ahead = start();
    send(ahead, 1, 10);
    now = 200;
    ahead.measure(webhooks(1, 2));
    expect(ahead.roomOf({ id: 1, maxInFlight: 10 })).toBe(12);
    expect(ahead.roomOf({ id: 2, maxInFlight: 10 })).toBe(0);
    send(ahead, 1, 10);
    now = 220;
    ahead.measure(webhooks(1, 2));
    expect(ahead.roomOf({ id: 1, maxInFlight: 10 })).toBe(20);
    expect(ahead.roomOf({ id: 1, maxInFlight: 2 })).toBe(8);
  });

  it('one that stops answering has less with each look', () => {
    const ahead = start();
    send(ahead, 1, 20);
    const rooms = [20, 40, 60].map((at) => {
      now = at;
      ahead.measure(webhooks(1));
      return ahead.roomOf({ id: 1, maxInFlight: 10 });
    });
    expect(rooms).toEqual([40, 20, 10]);
  });

  it('gives out first in, first out, of the webhook that is preferred, and none of one that may not', () => {
    const ahead = start();
    ahead.add([claimed(1, 1), claimed(2, 1), claimed(3, 2), claimed(4, 3)]);
    const busy = new Map([
      [1, 5],
      [2, 3],
    ]);
    const next = () => ahead.next((webhookId) => rank(busy.get(webhookId)))?.delivery.id;
    expect([next(), next(), next(), next()]).toEqual([3, 1, 2, undefined]);
    expect(ahead.size()).toBe(1);
  });

  it('of those with as many in flight whoever has been waiting for longest is next', () => {
    const ahead = start();
    ahead.add([claimed(1, 1), claimed(2, 1), claimed(3, 2), claimed(4, 2)]);
    const served = new Map<number, number>();
    const order = [1, 2, 3, 4].map((turn) => {
      const next = ahead.next((webhookId) => rank(0, served.get(webhookId)));
      served.set(next?.delivery.webhookId ?? 0, turn);
      return next?.delivery.id;
    });
    expect(order).toEqual([1, 3, 2, 4]);
  });

  it('what waited too long, and what must not be sent any more, comes back and is not given out', () => {
    const ahead = start();
    ahead.add([claimed(1, 1)]);
    now = 600;
    ahead.add([claimed(2, 1), claimed(3, 2)]);
    now = 1100;
    expect(ahead.next((webhookId) => rank(webhookId === 1 ? 0 : undefined))).toBeNull();
    expect(ids(ahead.outdated(webhooks(1)))).toEqual([1, 3]);
    expect(ahead.next(() => rank(0))?.delivery.id).toBe(2);
    expect(ahead.size()).toBe(0);
  });

  it('everything of one webhook, and everything, can be taken out', () => {
    const ahead = start();
    ahead.add([claimed(1, 1), claimed(2, 2), claimed(3, 3)]);
    expect(ids(ahead.clear(2))).toEqual([2]);
    expect(ids(ahead.clear())).toEqual([1, 3]);
  });

  it('between two looks that take long it has as many as it sends until the next, and never more than are given back', () => {
    const ahead = start();
    send(ahead, 1, 3);
    now = 600;
    ahead.measure(webhooks(1));
    expect(ahead.roomOf({ id: 1, maxInFlight: 10 })).toBe(3);
    send(ahead, 1, 8);
    now = 4600;
    ahead.measure(webhooks(1));
    expect(ahead.roomOf({ id: 1, maxInFlight: 10 })).toBe(2);
  });

  it('webhooks that send one now and then have one each, and together as many as all of them send', () => {
    const ahead = start();
    expect(ahead.room()).toBe(0);
    for (const id of [1, 2, 3, 4, 5, 6]) send(ahead, id, 1);
    now = 500;
    ahead.measure(webhooks(1, 2, 3, 4, 5, 6, 7));
    expect(ahead.room()).toBe(6);
    expect(ahead.leastOf({ id: 7 })).toBe(1);
    ahead.add([claimed(1, 7)]);
    expect(ahead.leastOf({ id: 7 })).toBe(0);
    expect(ahead.room()).toBe(5);
  });

  it('large bodies leave less room', () => {
    const ahead = start(100_000);
    send(ahead, 1, 1000);
    now = 250;
    ahead.measure(webhooks(1));
    expect(ahead.room()).toBe(100);
    ahead.add([claimed(1, 1, 'x'.repeat(60_000)), claimed(2, 1, 'x'.repeat(30_000))]);
    expect(ahead.room()).toBeLessThan(3);
    ahead.clear();
    expect(ahead.room()).toBeLessThan(20);
  });

  it('runs low when two thirds of what the look left have gone', () => {
    const ahead = start();
    expect(ahead.runsLow()).toBe(false);
    ahead.add([1, 2, 3].map((id) => claimed(id, 1)));
    ahead.looked();
    ahead.next(() => rank(0));
    expect(ahead.runsLow()).toBe(false);
    ahead.next(() => rank(0));
    expect(ahead.runsLow()).toBe(true);
  });
});
