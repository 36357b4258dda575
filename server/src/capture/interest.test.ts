import type { Catalog } from '../catalog/types';
import { createInterest } from './interest';
import type { Subscription } from './interest';

const of = (event: string): Subscription[] => [{ events: [event], conditions: null, fields: null }];

describe('what webhooks want, kept in memory', () => {
  it('an older read that ends later does not stand in the place of a newer one', async () => {
    const answers: ((subscriptions: Subscription[]) => void)[] = [];
    const interest = createInterest({
      catalog: () => ({ list: () => [{ type: 'a' }, { type: 'b' }] }) as unknown as Catalog,
      subscriptions: () => new Promise((resolve) => answers.push(resolve)),
    });
    const reads = [interest.refresh(), interest.refresh(), interest.refresh()];
    answers[1]?.(of('b'));
    await reads[1];
    answers[0]?.(of('a'));
    await reads[0];
    expect([interest.wants('a'), interest.wants('b')]).toEqual([false, true]);
    answers[2]?.(of('a'));
    await reads[2];
    expect([interest.wants('a'), interest.wants('b')]).toEqual([true, false]);
  });
});
