import { createCatalog } from './catalog';
import type { ContentModel, ContentModels } from './content-model';
import { liveChanges } from './affected-events';
import { playgroundComponents, playgroundTypes } from './playground.fixture';
import { matches } from './subscription';
import { goesBack, waysBetween } from './ways';

const catalog = createCatalog({
  contentTypes: playgroundTypes,
  components: playgroundComponents,
  config: {},
} as never);
const { ways } = catalog;
const planOf = (uid: string) => {
  const plan = catalog.plan(uid);
  if (plan === undefined) throw new Error(`${uid} gives no events`);
  return plan;
};

describe('which content types show which', () => {
  it('through zones and nested components, and through one other entry', () => {
    expect([...ways.showing('api::product.product')]).toEqual(
      expect.arrayContaining(['api::page.page', 'api::payment.payment', 'api::membership.membership']),
    );
    // A page quotes authors, and lists articles that name one.
    expect([...ways.showing('api::author.author')].sort()).toEqual([
      'api::article.article',
      'api::page.page',
    ]);
    // A page shows pictures, and products that have one.
    expect(ways.showing('plugin::upload.file').has('api::page.page')).toBe(true);
    expect(ways.into('api::product.product').map(({ holder, name }) => `${holder} ${name}`)).toEqual(
      expect.arrayContaining(['blocks.product-list products', 'blocks.comparison-row product']),
    );
  });

  it('not through private attributes: whoever saved an entry is not shown by it', () => {
    expect([...ways.showing('admin::user')]).toEqual([]);
  });

  it('accounts have no label, so that nobody is named beside what shows them', () => {
    expect(ways.labels('plugin::users-permissions.user')).toEqual({ title: null, slug: null });
    expect(ways.labels('api::page.page')).toEqual({ title: 'title', slug: 'slug' });
  });

  it('a relation is not followed back to where it came from', () => {
    const [forth] = ways.into('api::author.author').filter(({ holder }) => holder === 'api::article.article');
    const [back] = ways.into('api::article.article').filter(({ holder }) => holder === 'api::author.author');
    if (!forth || !back) throw new Error('the relation of articles and authors is gone');
    expect([goesBack(back, forth), goesBack(forth, back), goesBack(forth, null)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('components that contain each other end the search', () => {
    const component = (uid: string, other: string): ContentModel => ({
      ...{ uid, modelName: uid, info: { displayName: uid } },
      attributes: {
        inner: { type: 'component', component: other },
        thing: { type: 'relation', relation: 'oneToOne', target: 'api::thing.thing' },
      },
    });
    const type = (name: string, attributes: ContentModel['attributes']): ContentModel => ({
      ...{ uid: `api::${name}.${name}`, modelName: name, info: { displayName: name } },
      attributes,
    });
    const thing = type('thing', {});
    const place = type('place', { a: { type: 'component', component: 'c.a' } });
    const all = new Map(
      [component('c.a', 'c.b'), component('c.b', 'c.a'), thing, place].map((one) => [one.uid, one]),
    );
    const models: ContentModels = { get: (uid) => all.get(uid), privateAttributes: [] };
    expect([...waysBetween([thing, place], models).showing(thing.uid)]).toEqual([place.uid]);
  });

  it('names an entry by its title, and by what stands in its URL', () => {
    expect(ways.labels('api::page.page')).toEqual({ title: 'title', slug: 'slug' });
    expect(ways.labels('api::author.author')).toEqual({ title: 'name', slug: null });
  });
});

describe('the events of what is affected', () => {
  it('each content type that shows something has one; a product is live without being published', () => {
    expect(catalog.affected('api::page.page')).toBe('page.affected');
    expect(catalog.affected('plugin::upload.file')).toBeUndefined();
    expect(catalog.affected('plugin::users-permissions.user')).toBeUndefined();
    expect(liveChanges(planOf('api::product.product'), ways)).toEqual(['product.deleted', 'product.updated']);
    expect(liveChanges(planOf('api::article.article'), ways)).toEqual([
      'article.published',
      'article.unpublished',
      'article.deleted',
    ]);
  });

  it('follow from a business event that has the place of one of the changes', () => {
    const replaced = createCatalog({
      contentTypes: playgroundTypes,
      components: playgroundComponents,
      config: {
        events: ['article.published', 'article.archived'].map((type) => ({
          ...{ type, displayName: 'Article', description: 'An article.' },
          ...{ contentType: 'api::article.article', on: [{ on: 'published' }] },
        })),
      },
    } as never);
    const plan = replaced.plan('api::article.article');
    expect(replaced.get('article.published')?.replacesContentEvent).toBe(true);
    expect(plan && liveChanges(plan, replaced.ways)).toEqual([
      'article.published',
      'article.unpublished',
      'article.deleted',
    ]);
  });

  it('is chosen by its name or by *.affected, and by no other wildcard', () => {
    const event = catalog.get('page.affected');
    if (event === undefined) throw new Error('there is no page.affected');
    const wanted = ['*', 'page.*', '*.affected', 'page.affected', '*.published'].filter((one) =>
      matches(one, event),
    );
    expect(wanted).toEqual(['*.affected', 'page.affected']);
  });

  it('its sample has the page and the change', () => {
    expect(catalog.get('page.affected')?.sample).toMatchObject({
      model: 'page',
      status: 'published',
      changedFields: null,
      because: [
        { type: expect.stringMatching(/^\w+\.updated$/) as string, eventId: expect.any(String) as string },
      ],
    });
  });
});
