import { createCatalog } from './catalog';
import { contentEventData } from './content-events';
import { everyComponents, everyTypes } from './everything.fixture';
import { playgroundComponents, playgroundTypes } from './playground.fixture';
import { emptyValues, misfits } from './schema-check.fixture';
import type { ContentEventData, EventType } from './types';

const every = createCatalog({ contentTypes: everyTypes, components: everyComponents, config: {} });
const playground = createCatalog({
  contentTypes: playgroundTypes,
  components: playgroundComponents,
  config: {},
});

const get = (type: string, catalog = every): EventType => {
  const found = catalog.get(type);
  if (!found) throw new Error(`no ${type}`);
  return found;
};
const sample = (type: string, catalog = every) => get(type, catalog).sample as unknown as ContentEventData;

describe('the events that content types give by themselves', () => {
  it('three for every type, three more with draft & publish', () => {
    expect(
      every
        .list()
        .filter(({ uid }) => uid === 'api::thing.thing')
        .map(({ type }) => type),
    ).toEqual([
      'thing.created',
      'thing.updated',
      'thing.deleted',
      'thing.published',
      'thing.unpublished',
      'thing.draft_discarded',
      'thing.affected',
    ]);
    expect(
      every
        .list()
        .filter(({ uid }) => uid === 'api::other.other')
        .map(({ type }) => type),
    ).toEqual(['other.created', 'other.updated', 'other.deleted', 'other.affected']);
  });

  it('tells an editor what happens, and where it belongs', () => {
    expect(get('article.published', playground)).toMatchObject({
      displayName: 'Article Published',
      description:
        'An article goes live, or is published again with its changes. Each language gives an event of its own.',
      group: 'content',
      source: 'content',
      guarantee: 'same_transaction',
      uid: 'api::article.article',
      contentTypeName: 'Article',
      sensitive: false,
      replacesContentEvent: false,
    });
    expect(get('homepage.updated', playground).description).toMatch(/the homepage/);
    expect(get('media.created', playground)).toMatchObject({
      displayName: 'Media Created',
      group: 'media',
      guarantee: 'late',
    });
    expect(get('media_folder.deleted', playground)).toMatchObject({
      displayName: 'Media Folder Deleted',
      group: 'media',
    });
    expect(get('user.created', playground)).toMatchObject({
      displayName: 'User Created',
      group: 'users',
      sensitive: true,
    });
    for (const { description, displayName } of playground.list()) {
      expect(description).toMatch(/^[A-Z].*\.$/);
      expect(displayName).toMatch(/^[A-Z]/);
    }
  });

  it('administrators only when the configuration asks for them', () => {
    expect(playground.get('admin_user.created')).toBeUndefined();
    const asked = createCatalog({
      contentTypes: playgroundTypes,
      components: playgroundComponents,
      config: { contentTypes: { include: ['admin::user'] } },
    });
    expect(asked.get('admin_user.created')).toMatchObject({
      sensitive: true,
      group: 'users',
      displayName: 'Admin User Created',
    });
  });

  it.each([
    ['one of everything', every],
    ['the playground', playground],
  ])('every sample fits its schema and leaves nothing empty: %s', (_name, catalog) => {
    for (const { type, schema, sample: data } of catalog.list()) {
      expect([type, ...misfits(schema, data)]).toEqual([type]);
      expect([type, ...emptyValues(data)]).toEqual([type]);
      expect([type, JSON.parse(JSON.stringify(data))]).toEqual([type, data]);
    }
  });

  it('the schema refuses an entry that lacks a key or has another type', () => {
    const { schema } = get('thing.published');
    const data = sample('thing.published');
    const { price: _price, ...rest } = data.entry;
    expect(misfits(schema, { ...data, entry: rest })).toEqual([
      "/entry: must have required property 'price'",
    ]);
    expect(misfits(schema, { ...data, entry: { ...data.entry, price: '49' } })).toEqual([
      '/entry/price: must be number,null',
    ]);
    expect(misfits(schema, { ...data, entry: { ...data.entry, kind: 'third' } })).toHaveLength(1);
    expect(
      misfits(schema, { ...data, entry: { ...data.entry, one: null, cover: null, price: null } }),
    ).toEqual([]);
  });

  it('passwords and private fields are in no schema, no sample and no list of compared fields', () => {
    const all = JSON.stringify([every.list(), every.plan('api::thing.thing'), playground.list()]);
    for (const name of [
      'password',
      'secret',
      'margin',
      'hiddenOnes',
      'resetPasswordToken',
      'internalNotes',
      'portalPassword',
    ]) {
      expect(all).not.toContain(`"${name}"`);
    }
  });

  it('a sample is realistic, within its limits, and the same each time', () => {
    const { entry, documentId } = sample('thing.published');
    expect(entry).toMatchObject({
      documentId,
      name: 'Blue stone',
      contact: 'olena@example.com',
      amount: 60,
      big: '12',
      ratio: 0.5,
      price: 49,
      active: true,
      blocked: false,
      kind: 'first',
      birthday: '1991-05-17',
      colour: '#ff0000',
      validUntil: '2027-11-03T09:15:00.000Z',
      publishedAt: '2026-11-03T09:15:00.000Z',
      one: { title: 'Blue stoneware mug' },
      boxes: [
        {
          label: 'Blue stoneware mug',
          note: { body: expect.any(String) },
          target: { title: expect.any(String) },
        },
      ],
      zone: [{ __component: 'shared.box' }, { __component: 'shared.note' }],
    });
    expect(documentId).toMatch(/^[a-z][a-z0-9]{23}$/);
    const again = createCatalog({ contentTypes: everyTypes, components: everyComponents, config: {} });
    expect(again.list()).toEqual(every.list());
  });

  it('relations are told one level deep, as Strapi’s own webhooks do', () => {
    const { one } = sample('thing.published').entry as { one: Record<string, unknown> };
    expect(Object.keys(one)).toEqual(['id', 'documentId', 'title', 'createdAt', 'updatedAt', 'publishedAt']);
  });

  it('status, locale and what changed fit the action', () => {
    expect(sample('thing.created')).toMatchObject({
      status: 'draft',
      locale: 'en',
      changedFields: null,
      previous: null,
      entry: { publishedAt: null },
    });
    expect(sample('thing.updated')).toMatchObject({
      status: 'draft',
      changedFields: ['name'],
      previous: { name: expect.any(String) },
    });
    expect(sample('thing.published')).toMatchObject({ status: 'published', changedFields: ['name'] });
    expect(sample('thing.deleted')).toMatchObject({ status: 'published', changedFields: null });
    expect(sample('media.created')).toMatchObject({
      uid: 'plugin::upload.file',
      model: 'media',
      status: 'published',
      locale: null,
    });
  });

  it('every content event has the same keys; the thin form says why', () => {
    const keys = ['uid', 'model', 'documentId', 'locale', 'status', 'entry', 'changedFields', 'previous'];
    for (const { source, derived, sample: data } of every.list()) {
      if (source === 'content')
        expect(Object.keys(data)).toEqual(derived === true ? [...keys, 'because'] : keys);
    }
    const told = sample('thing.deleted');
    expect(Object.keys(contentEventData(told))).toEqual(keys);
    expect(contentEventData({ ...told, thin: 'too_large' })).toEqual({ ...told, thin: 'too_large' });
  });
});

describe('the plan of a content type', () => {
  const plan = every.plan('api::thing.thing');

  it('reads relations, files, components and zones, and nothing private', () => {
    const box = { populate: { note: true, target: true } };
    expect(plan?.populate).toEqual({
      cover: true,
      gallery: true,
      one: true,
      many: true,
      box,
      boxes: box,
      zone: { on: { 'shared.box': box, 'shared.note': {} } },
    });
  });

  it('compares all that may be told, but not what Strapi writes itself', () => {
    const names = (kind: string) =>
      plan?.comparable.filter((one) => one.kind === kind).map(({ name }) => name);
    expect(names('relation')).toEqual(['cover', 'gallery', 'one', 'many']);
    expect(names('component')).toEqual(['box', 'boxes', 'zone']);
    expect(names('scalar')).toEqual(expect.arrayContaining(['name', 'data', 'story']));
    expect(names('scalar')).not.toEqual(expect.arrayContaining(['updatedAt']));
    for (const name of [
      'createdAt',
      'updatedAt',
      'publishedAt',
      'locale',
      'createdBy',
      'secret',
      'password',
    ]) {
      expect(names('scalar')).not.toContain(name);
    }
  });

  it('trims an entry to what its sample shows', () => {
    const { entry } = sample('thing.published');
    const deeper = {
      ...entry,
      one: { ...(entry['one'] as object), things: [{ id: 1 }], picture: { url: '/x' } },
      box: { ...(entry['box'] as object), target: { ...(entry['one'] as object), things: [] } },
      localizations: [],
    };
    expect(plan?.trim(deeper)).toEqual({
      ...entry,
      box: { ...(entry['box'] as object), target: entry['one'] },
    });
    expect(plan?.trim({ ...entry, one: null, many: [], zone: null })).toEqual({
      ...entry,
      one: null,
      many: [],
      zone: null,
    });
    expect(plan?.trim({ documentId: 'd' })).toEqual({ documentId: 'd' });
  });

  it('there is none for types that give no events', () => {
    expect(every.plan('plugin::event-webhooks.webhook')).toBeUndefined();
    expect(every.plan('plugin::users-permissions.role')).toBeUndefined();
    expect(every.list().some(({ uid }) => uid?.startsWith('plugin::event-webhooks'))).toBe(false);
  });

  it('components that hold each other in a circle end the walk', () => {
    const loop = {
      uid: 'shared.loop',
      modelName: 'loop',
      info: { displayName: 'Loop' },
      attributes: { again: { type: 'component', component: 'shared.loop' } },
    };
    const model = {
      ...everyTypes['api::other.other'],
      attributes: { loop: { type: 'component', component: 'shared.loop' } },
    };
    const catalog = createCatalog({
      contentTypes: { 'api::other.other': model as never },
      components: { 'shared.loop': loop },
      config: {},
    });
    expect(catalog.plan('api::other.other')?.populate).toEqual({ loop: { populate: { again: true } } });
  });
});
