import { createCatalog } from '../catalog/catalog';
import { playgroundComponents, playgroundTypes } from '../catalog/playground.fixture';
import type { Catalog } from '../catalog/types';
import { createInterest } from './interest';
import type { Subscription } from './interest';

const of = (event: string, format: Subscription['format'] = 'standard'): Subscription[] => [
  { events: [event], conditions: null, fields: null, format, shownBy: false },
];

describe('what webhooks want, kept in memory', () => {
  it('changes of what a wanted page shows are captured, although nobody is subscribed to them; and only then', async () => {
    const catalog = createCatalog({
      contentTypes: playgroundTypes,
      components: playgroundComponents,
      config: {},
    } as never);
    let events = ['page.affected'];
    const interest = createInterest({
      catalog: () => catalog,
      subscriptions: async () => [{ ...of('')[0], events } as Subscription],
    });
    await interest.refresh();
    const asked = ['product.updated', 'article.published', 'article.updated', 'site.updated', 'page.updated'];
    expect(asked.filter(interest.wants)).toEqual(['product.updated', 'article.published']);
    expect(interest.plan('api::product.product')).not.toBeNull();
    expect([interest.keepsShowing('api::product.product'), interest.keepsShowing('api::site.site')]).toEqual([
      true,
      false,
    ]);
    events = ['page.published'];
    await interest.refresh();
    expect(asked.filter(interest.wants)).toEqual([]);
    expect(interest.plan('api::product.product')).toBeNull();
    expect(interest.keepsShowing('api::product.product')).toBe(false);
  });

  it('an older read that ends later does not stand in the place of a newer one', async () => {
    const answers: ((subscriptions: Subscription[]) => void)[] = [];
    const interest = createInterest({
      catalog: () =>
        ({
          list: () => [{ type: 'a' }, { type: 'b' }],
          ways: { showing: () => new Set() },
        }) as unknown as Catalog,
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

  it('the entry as Strapi sends it is wanted only for what a webhook of that format is subscribed to', async () => {
    const interest = createInterest({
      catalog: () => ({ list: () => [{ type: 'a' }, { type: 'b' }] }) as unknown as Catalog,
      subscriptions: () => Promise.resolve([...of('a', 'strapi'), ...of('b'), ...of('a', 'flat')]),
    });
    await interest.refresh();
    expect(['a', 'b', 'c'].map(interest.wantsCoreEntry)).toEqual([true, false, false]);
    expect(['a', 'b', 'c'].map(interest.wants)).toEqual([true, true, false]);
  });
});
