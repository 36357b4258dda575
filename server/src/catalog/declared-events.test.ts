import { z as strapiZod } from '@strapi/utils';
import { z } from 'zod';
import { z as zod3 } from 'zod/v3';
import { emptyTriggerType } from '../../../contracts';
import { CatalogError } from './catalog-error';
import { createCatalog } from './catalog';
import type { CatalogInput } from './catalog';
import { everyComponents, everyTypes } from './everything.fixture';
import { operationalEvents } from './operational-events';
import { emptyValues, misfits } from './schema-check.fixture';
import type { Catalog, Entry, Links } from './types';

const make = (events: unknown[], more: Partial<CatalogInput> = {}): Catalog =>
  createCatalog({ contentTypes: everyTypes, components: everyComponents, config: { events }, ...more });
const links: Links = { serverUrl: 'https://strapi.test', adminUrl: 'https://strapi.test/admin' };

const base = {
  type: 'thing.sold',
  displayName: 'Thing Sold',
  description: 'A thing is sold.',
  contentType: 'api::thing.thing',
  on: [{ on: 'created' }],
};
const mapped = (catalog: Catalog, type: string, uid = 'api::thing.thing') => {
  const found = catalog.plan(uid)?.mapped.find((one) => one.type === type);
  if (!found) throw new Error(`${type} is not mapped`);
  return found;
};
const problems = (work: () => unknown): readonly string[] => {
  try {
    const made = work();
    return isCatalog(made) ? made.refused().flatMap((refused) => refused.problems) : [];
  } catch (error) {
    if (error instanceof CatalogError) return error.problems;
    throw error;
  }
};
const isCatalog = (made: unknown): made is Catalog =>
  typeof made === 'object' && made !== null && 'refused' in made;

describe('business events of the configuration, mapped from content', () => {
  it('a field that is gone is named, stops nobody from starting, and is null in the payload', () => {
    const on = [{ on: 'updated', when: { field: 'state', is: 1 } }];
    const catalog = make([{ ...base, on, payload: { a: 'one.nothing', name: 'name', b: 'lost' } }]);
    const event = catalog.get('thing.sold');
    expect(event?.gone).toEqual(['state', 'one.nothing', 'lost']);
    expect(event?.sample).toMatchObject({ a: null, b: null, name: expect.any(String) });
    expect(misfits(event?.schema ?? {}, event?.sample)).toEqual([]);
    expect(make([base]).get('thing.sold')?.gone).toBeUndefined();
  });

  it('a rule may look through relations, files and components, which are read before and after, and not told', () => {
    const when = {
      all: [
        { field: 'one.picture.mime', beginsWith: 'image/' },
        { field: 'box.note.body', changed: true },
        { field: 'amount', greaterThan: 5 },
      ],
    };
    const catalog = make([{ ...base, on: [{ on: 'updated', when }] }]);
    const plan = catalog.plan('api::thing.thing');
    expect(mapped(catalog, 'thing.sold').fields).toEqual([
      ...['one.picture.mime', 'one', 'box.note.body', 'box', 'amount'],
    ]);
    for (const populate of [plan?.populate, plan?.contentPopulate])
      expect(populate).toMatchObject({ one: { populate: { picture: true } } });
    expect(plan?.judged.map(({ name }) => name)).toContain('one.picture.mime');
    const entry = { one: { id: 1, documentId: 'o', title: 'Shop', picture: { id: 2, mime: 'image/png' } } };
    expect(plan?.trim(entry)['one']).toEqual({ id: 1, documentId: 'o', title: 'Shop' });
    const built = mapped(catalog, 'thing.sold').build(entry, links)['entry'];
    expect(built).toMatchObject({ one: { title: 'Shop' } });
    expect(JSON.stringify(built)).not.toContain('image/png');
    expect(make([base]).plan('api::thing.thing')?.contentPopulate).toMatchObject({ one: true });
  });

  it('a rule cannot look through a list, or at what is private there', () => {
    const rule = (field: string) => [{ ...base, on: [{ on: 'updated', when: { field, changed: true } }] }];
    for (const field of ['many.title', 'one.margin', 'boxes.label'])
      expect(problems(() => make(rule(field)))).toEqual([
        `config.events[0].on: "${field}" of Thing (api::thing.thing) is private or has no value to compare`,
      ]);
    expect(make(rule('one.lost')).get('thing.sold')?.gone).toEqual(['one.lost']);
  });

  it('without a payload: the data of a content event', () => {
    const catalog = make([base]);
    const { schema, sample, ...event } = catalog.get('thing.sold') ?? {};
    expect(event).toMatchObject({
      source: 'config',
      group: 'business',
      uid: 'api::thing.thing',
      contentTypeName: 'Thing',
    });
    expect(misfits(schema ?? {}, sample)).toEqual([]);
    expect(Object.keys(sample ?? {})).toEqual(Object.keys(catalog.get('thing.created')?.sample ?? {}));
    const built = mapped(catalog, 'thing.sold').build(
      { documentId: 'd', publishedAt: null, locale: 'uk', name: 'Mug' },
      links,
    );
    expect(built).toMatchObject({
      documentId: 'd',
      status: 'draft',
      locale: 'uk',
      entry: { name: 'Mug' },
      changedFields: null,
    });
    expect(mapped(catalog, 'thing.sold').deferred).toBe(false);
  });

  it('with paths: types are those of the content type, and what they lead to is read', () => {
    const payload = {
      title: 'name',
      buyer: 'one.title',
      picture: 'one.picture.url',
      titles: 'many.title',
      label: 'box.note.body',
      ref: 'documentId',
      whole: 'one',
    };
    const catalog = make([{ ...base, payload }]);
    const event = catalog.get('thing.sold');
    expect(misfits(event?.schema ?? {}, event?.sample)).toEqual([]);
    expect(emptyValues(event?.sample)).toEqual([]);
    expect(Object.keys(event?.sample ?? {})).toEqual(Object.keys(payload));
    expect(event?.sample).toMatchObject({
      title: 'Blue stone',
      picture: '/uploads/blue_mug_4f2c9a.jpg',
      titles: ['Blue stoneware mug'],
    });
    expect(catalog.plan('api::thing.thing')?.populate).toMatchObject({
      one: { populate: { picture: true } },
    });
    const built = mapped(catalog, 'thing.sold').build(
      { documentId: 'd', name: null, one: null, many: [] },
      links,
    );
    expect(built).toEqual({
      title: null,
      buyer: null,
      picture: null,
      titles: [],
      label: null,
      ref: 'd',
      whole: null,
    });
    expect(misfits(event?.schema ?? {}, built)).toEqual([]);
  });

  it('with a function: called with its own part of the entry, after the save; the schema is read off the sample', () => {
    const seen: Entry[] = [];
    const payload = (entry: Entry, to: Links) => {
      seen.push(entry);
      return {
        name: entry['name'],
        url: `${to.serverUrl}/things/${String(entry['slug'])}`,
        price: entry['price'],
        tags: [1],
      };
    };
    const catalog = make([
      { ...base, payload },
      { ...base, type: 'thing.other', populate: { one: { populate: ['picture'] } } },
    ]);
    const event = catalog.get('thing.sold');
    expect(event?.sample).toEqual({
      name: 'Blue stone',
      url: 'https://cms.example.com/things/blue-stoneware-mug',
      price: 49,
      tags: [1],
    });
    expect(misfits(event?.schema ?? {}, event?.sample)).toEqual([]);
    expect(misfits(event?.schema ?? {}, { ...event?.sample, price: 'x' })).toHaveLength(1);
    expect(mapped(catalog, 'thing.sold').deferred).toBe(true);
    mapped(catalog, 'thing.sold').build({ name: 'x', one: { title: 'a', picture: { url: '/x' } } }, links);
    expect(seen.at(-1)).toEqual({ name: 'x', one: { title: 'a' } });
  });

  it('with a schema: it describes the payload, and the sample must fit it', () => {
    const schema = z.object({ name: z.string(), price: z.number().nullable() });
    const payload = ({ name, price }: Entry) => ({ name, price });
    expect(make([{ ...base, payload, schema }]).get('thing.sold')?.schema).toMatchObject({
      properties: { name: { type: 'string' } },
    });
    const strict = { ...base, payload, schema: z.object({ name: z.literal('Vase') }) };
    expect(problems(() => make([strict]))[0]).toMatch(
      /^config\.events\[0\]\.schema: the payload of the sample entry does not fit it \(payload\.name: /,
    );
    expect(make([{ ...strict, sampleEntry: { name: 'Vase' } }]).get('thing.sold')?.sample).toEqual({
      name: 'Vase',
      price: 49,
    });
  });

  it('takes the place of the content event of the same name', () => {
    const catalog = make([{ ...base, type: 'thing.created' }]);
    expect(catalog.get('thing.created')).toMatchObject({ source: 'config', replacesContentEvent: true });
    expect(catalog.plan('api::thing.thing')?.content.created).toBeUndefined();
    expect(catalog.list().filter(({ type }) => type === 'thing.created')).toHaveLength(1);
  });

  it('may be made of a type that gives no events by itself; of accounts it is as sensitive as theirs', () => {
    const role = { ...base, type: 'role.granted', contentType: 'plugin::users-permissions.role' };
    const user = { ...base, type: 'signup.done', contentType: 'plugin::users-permissions.user' };
    const catalog = make([role, user], {
      config: { events: [role, user], contentTypes: { exclude: ['plugin::users-permissions.user'] } },
    });
    expect(catalog.plan('plugin::users-permissions.role')).toMatchObject({
      content: {},
      mapped: [{ type: 'role.granted' }],
    });
    expect(catalog.plan('plugin::users-permissions.user')?.content).toEqual({});
    expect(catalog.get('signup.done')).toMatchObject({ sensitive: true, guarantee: 'late' });
  });

  it('names the fields that its rule looks at', () => {
    const on = [
      {
        on: 'updated',
        when: {
          all: [
            { field: 'kind', becomes: 'second' },
            { field: 'one', present: true },
            { field: 'publishedAt', present: true },
          ],
        },
      },
    ];
    expect(mapped(make([{ ...base, on }]), 'thing.sold').fields).toEqual(['kind', 'one', 'publishedAt']);
  });

  it.each<[string, object, string]>([
    [
      'type',
      { type: 'Thing Sold' },
      'config.events[0].type: must be lower case with dots, like payment.received',
    ],
    [
      'no dot',
      { type: 'sold' },
      'config.events[0].type: must be lower case with dots, like payment.received',
    ],
    ['no type', { type: undefined }, 'config.events[0].type: is required'],
    ['long type', { type: `a.${'b'.repeat(200)}` }, 'config.events[0].type: must be at most 120 characters'],
    ['empty name', { displayName: ' ' }, 'config.events[0].displayName: is required'],
    ['no description', { description: undefined }, 'config.events[0].description: is required'],
    [
      'content type',
      { contentType: 'api::thin.thin' },
      'config.events[0].contentType: "api::thin.thin" is not a content type of this Strapi',
    ],
    [
      'component',
      { contentType: 'shared.box' },
      'config.events[0].contentType: "shared.box" is not a content type of this Strapi',
    ],
    [
      'inner type',
      { contentType: 'plugin::i18n.locale' },
      'config.events[0].contentType: "plugin::i18n.locale" is part of Strapi itself and gives no events',
    ],
    ['unknown option', { payloads: {} }, 'config.events[0].payloads: is not an option here'],
    ['rule', { on: 'created' }, 'config.events[0].on: must be a list of clauses, like [{ on: "created" }]'],
    ['action', { on: [{ on: 'paid' }] }, 'config.events[0].on[0].on: must be one of created'],
    [
      'condition',
      { on: [{ on: 'updated', when: { field: 'kind', equals: 1 } }] },
      'config.events[0].on[0].when: must hold exactly one of',
    ],
    [
      'private field',
      { on: [{ on: 'updated', when: { field: 'secret', is: 1 } }] },
      'config.events[0].on: "secret" of Thing (api::thing.thing) is private',
    ],
    ['payload', { payload: 5 }, 'config.events[0].payload: must be a function, or an object of paths'],
    [
      'private path',
      { payload: { a: 'one.margin' } },
      'config.events[0].payload.a: "margin" of Other (api::other.other) is private and cannot be sent',
    ],
    [
      'path into a scalar',
      { payload: { a: 'name.x' } },
      'config.events[0].payload.a: "name" of Thing (api::thing.thing) has no fields of its own',
    ],
    [
      'populate',
      { populate: ['name'] },
      'config.events[0].populate[0]: "name" is not a relation, file, component or dynamic zone',
    ],
    [
      'populate option',
      { populate: { one: { fields: ['title'] } } },
      'config.events[0].populate.one: must be true or { populate: … }',
    ],
    [
      'nested populate',
      { populate: { one: { populate: { x: true } } } },
      'config.events[0].populate.one.populate.x: is not a relation',
    ],
    ['populate kind', { populate: 5 }, 'config.events[0].populate: must be a list of names'],
    ['schema', { payload: () => ({}), schema: {} }, 'config.events[0].schema: must be a zod schema'],
    [
      'throwing function',
      {
        payload: () => {
          throw new Error('no total');
        },
      },
      'config.events[0].payload: fails on the sample entry: no total',
    ],
    ['function without object', { payload: () => 'sold' }, 'config.events[0].payload: must give an object'],
    [
      'circular payload',
      {
        payload: () => {
          const a: Record<string, unknown> = {};
          a['a'] = a;
          return a;
        },
      },
      'config.events[0].payload.a: leads back to itself',
    ],
    [
      'async function',
      { payload: async () => ({ a: 1 }) },
      'config.events[0].payload: is a promise: it must be given at once, a promise cannot be waited for',
    ],
    [
      'promises inside',
      { payload: () => ({ a: Promise.reject(new Error('x')), b: { c: [Promise.resolve(1)] } }) },
      'config.events[0].payload.b.c[0]: is a promise',
    ],
    ['BigInt', { payload: () => ({ total: 5n }) }, 'config.events[0].payload.total: is a BigInt'],
    ['Map', { payload: () => ({ all: new Map() }) }, 'config.events[0].payload.all: is a Map'],
    [
      'async check',
      { payload: () => ({ a: 1 }), schema: z.object({}).refine(async () => true) },
      'config.events[0].schema: cannot be checked',
    ],
  ])('says what is wrong: %s', (_what, change, expected) => {
    expect(problems(() => make([{ ...base, ...change }])).join('\n')).toContain(expected);
  });

  it('names the problems of all events at once', () => {
    expect(
      problems(() => make([{ ...base, type: 'X' }, base, { ...base, contentType: 'x' }, 'nonsense'])),
    ).toEqual([
      'config.events[0].type: must be lower case with dots, like payment.received',
      'config.events[2].contentType: "x" is not a content type of this Strapi',
      'config.events[3]: must be an object that declares an event',
    ]);
  });

  it('leaves out what is wrong, and takes the others', () => {
    const taken = { ...base, type: 'other.created' };
    const later = { ...base, type: 'thing.gone', on: [{ on: 'deleted' }] };
    const catalog = make([{ ...base, type: 'X' }, base, taken, base, later], {
      declared: [{ ...base, on: 5 }],
    });
    expect(catalog.refused().map(({ origin, type }) => [origin, type])).toEqual([
      ['config.events[0]', 'X'],
      ['config.events[2]', 'other.created'],
      ['config.events[3]', 'thing.sold'],
      ['declare("thing.sold")', 'thing.sold'],
    ]);
    expect(mapped(catalog, 'thing.sold').rule).toEqual(base.on);
    expect(mapped(catalog, 'thing.gone')).toBeDefined();
    expect(catalog.get('other.created')?.source).toBe('content');
    catalog.register(shipped);
    expect(catalog.get('order.shipped')).toBeDefined();
    expect(make([base]).refused()).toEqual([]);
  });

  it.each<[string, unknown, string[]]>([
    [
      'a value that an enumeration lacks',
      [{ on: 'created' }, { on: 'updated', when: { any: [{ field: 'kind', becomes: ['first', 'third'] }] } }],
      ['on[1].when.any[0].becomes[1]: must be one of first, second'],
    ],
    [
      'a comparison that its field does not have',
      [{ on: 'updated', when: { field: 'name', greaterThan: 5 } }],
      ['on[0].when.greaterThan: "greater than" cannot be asked of a text'],
    ],
    [
      'two that contradict each other',
      [
        {
          on: 'updated',
          when: {
            all: [
              { field: 'amount', lessThan: 1 },
              { field: 'amount', greaterThan: 2 },
            ],
          },
        },
      ],
      ['on[0].when.all[1]: cannot be true together with what is said of amount above'],
    ],
  ])('what can never hold is named: %s', (_what, on, expected) => {
    expect(problems(() => make([{ ...base, on }]))).toEqual(
      expected.map((line) => `config.events[0].${line}`),
    );
  });

  it('an action that its content type does not have can never hold; with others beside it, it may', () => {
    const plain = { ...base, contentType: 'api::other.other' };
    expect(problems(() => make([{ ...plain, on: [{ on: ['published', 'draft_discarded'] }] }]))).toEqual([
      'config.events[0].on[0].on: Other has no drafts, so that it is never published or reset to its published version',
    ]);
    expect(problems(() => make([{ ...plain, on: [{ on: ['created', 'published'] }] }]))).toEqual([]);
    expect(problems(() => make([{ ...plain, on: [{ on: 'created', when: { status: 'draft' } }] }]))).toEqual([
      'config.events[0].on[0].when.status: Other has no drafts',
    ]);
  });

  it('a language is not: which there are stands in the database', () => {
    const on = [{ on: 'created', when: { locale: ['uk'] } }];
    expect(problems(() => make([{ ...base, on }]))).toEqual([]);
  });

  it('refuses a second event of the same type, naming both', () => {
    expect(problems(() => make([base, { ...base, on: [{ on: 'deleted' }] }]))).toEqual([
      'config.events[1]: thing.sold is declared already, by config.events[0]',
    ]);
    expect(problems(() => make([{ ...base, type: 'other.created' }]))[0]).toContain(
      'config.events[0]: other.created is an event of the content type Other (api::other.other) already',
    );
  });

  it.each([...operationalEvents.map(({ type }) => type), emptyTriggerType])(
    'refuses the name of an event of the plugin itself, however it is declared: %s',
    (type) => {
      const said = `${type} is an event of the plugin event-webhooks itself; choose another name`;
      const before = make([]).get(type);
      for (const event of [
        { ...base, type },
        { ...shipped, type },
      ]) {
        const inConfig = make([event]);
        expect(problems(() => inConfig)).toEqual([`config.events[0]: ${said}`]);
        expect(inConfig.get(type)).toEqual(before);
        expect(inConfig.code(type)).toBeUndefined();
        expect(problems(() => make([], { declared: [event] }))).toEqual([said]);
        expect(problems(() => make([]).register(event))).toEqual([said]);
      }
    },
  );
});

const shipped = {
  type: 'order.shipped',
  displayName: 'Order Shipped',
  description: 'An order leaves the house.',
  schema: z.object({
    orderId: z.string(),
    tracking: z.object({ code: z.string() }),
    at: z.date().optional(),
  }),
  sample: { orderId: 'KC-2026-0417', tracking: { code: '1Z999' }, at: new Date(0) },
};

describe('events that code declares and emits', () => {
  it('stand in the catalog with schema and sample', () => {
    const catalog = make([shipped]);
    expect(catalog.get('order.shipped')).toMatchObject({
      source: 'config',
      group: 'business',
      uid: null,
      schema: {
        type: 'object',
        properties: { tracking: { type: 'object' }, at: { type: 'string', format: 'date-time' } },
      },
      sample: { orderId: 'KC-2026-0417', tracking: { code: '1Z999' }, at: '1970-01-01T00:00:00.000Z' },
    });
    expect(catalog.code('order.shipped')?.parse(shipped.sample)).toEqual({
      ...shipped.sample,
      at: '1970-01-01T00:00:00.000Z',
    });
    expect(catalog.code('thing.created')).toBeUndefined();
  });

  it('refuse data that does not fit with an error that names every field', () => {
    const code = make([shipped]).code('order.shipped');
    const refuse = (data: unknown) => {
      try {
        code?.parse(data);
      } catch (error) {
        return error as Error & { details: unknown };
      }
      throw new Error('was not refused');
    };
    const error = refuse({ orderId: 5, tracking: {} });
    expect(error.name).toBe('ValidationError');
    expect(error.message).toMatch(/^order\.shipped: data\.orderId: .*; data\.tracking\.code: /);
    expect(error.details).toEqual({
      errors: [
        { path: ['orderId'], message: expect.any(String), name: 'ValidationError' },
        { path: ['tracking', 'code'], message: expect.any(String), name: 'ValidationError' },
      ],
    });
    expect(refuse(null).message).toMatch(/^order\.shipped: data: /);
  });

  it('refuse what JSON cannot hold, by name, also where the schema lets it pass', () => {
    const any = make([{ ...shipped, schema: z.object({ a: z.any(), b: z.any() }), sample: { a: 1, b: 1 } }]);
    const code = any.code('order.shipped');
    const circle: Record<string, unknown> = {};
    circle['in'] = circle;
    for (const [a, said] of [
      [1n, 'data.a: is a BigInt'],
      [{ x: [() => 1] }, 'data.a.x[0]: is a function'],
      [circle, 'data.a.in: leads back to itself'],
      [new Map(), 'data.a: is a Map'],
      [[undefined], 'data.a[0]: is undefined'],
      [new Date(Number.NaN), 'data.a: is no valid date'],
      [Promise.reject(new Error('x')), 'data.a: is a promise'],
    ] as const) {
      expect(() => code?.parse({ a, b: 1 })).toThrow(
        expect.objectContaining({ name: 'ValidationError', message: expect.stringContaining(said) }),
      );
    }
    expect(code?.parse({ a: undefined, b: new Date(0) })).toEqual({ b: '1970-01-01T00:00:00.000Z' });
  });

  it('refuse data that a check of the schema throws at', () => {
    const schema = z.object({ a: z.string() }).refine((data) => {
      if (data.a !== 'x') throw new Error('no connection');
      return true;
    });
    const code = make([{ ...shipped, schema, sample: { a: 'x' } }]).code('order.shipped');
    expect(() => code?.parse({ a: 'y' })).toThrow(
      expect.objectContaining({ name: 'ValidationError', message: expect.stringContaining('no connection') }),
    );
  });

  it('give what the schema makes of the data: defaults, and no keys that it does not know', () => {
    const schema = z.object({ a: z.string(), b: z.number().default(3) });
    const code = make([{ ...shipped, schema, sample: { a: 'x' } }]).code('order.shipped');
    expect(code?.parse({ a: 'x', c: 1 })).toEqual({ a: 'x', b: 3 });
  });

  it.each([
    [
      'another copy of zod 4',
      strapiZod.object({ a: strapiZod.string() }),
      { properties: { a: { type: 'string' } } },
    ],
    ['zod 3', zod3.object({ a: zod3.string() }), { type: 'object' }],
    [
      'something that only parses',
      { safeParse: (data: unknown) => ({ success: true, data }) },
      { type: 'object' },
    ],
  ])('take a schema of %s', (_name, schema, expected) => {
    const catalog = make([{ ...shipped, schema, sample: { a: 'x' } }]);
    expect(catalog.get('order.shipped')?.schema).toMatchObject(expected);
    expect(catalog.code('order.shipped')?.parse({ a: 'y' })).toEqual({ a: 'y' });
  });

  it.each<[string, object, string]>([
    [
      'sample',
      { sample: { orderId: 'a', tracking: { code: 1 } } },
      'config.events[0].sample.tracking.code: ',
    ],
    ['no sample', { sample: undefined }, 'config.events[0].sample: must be an object'],
    ['no schema', { schema: undefined }, 'config.events[0].schema: must be a zod schema'],
    ['no object', { schema: z.string(), sample: {} }, 'config.events[0].sample: '],
    [
      'async check',
      { schema: z.object({}).refine(async () => true), sample: {} },
      'config.events[0].sample: cannot be checked',
    ],
    ['unknown option', { uid: 'x' }, 'config.events[0].uid: is not an option here'],
  ])('are refused: %s', (_what, change, expected) => {
    expect(problems(() => make([{ ...shipped, ...change }])).join('\n')).toContain(expected);
  });

  it('may not take the name of a content event', () => {
    expect(problems(() => make([{ ...shipped, type: 'thing.created' }]))[0]).toContain(
      'thing.created is an event of the content type Thing',
    );
  });
});

describe('events that the app declares later, in its register()', () => {
  it('are added with their plan', () => {
    const catalog = make([]);
    catalog.register(base);
    catalog.register(shipped);
    expect(catalog.get('order.shipped')?.source).toBe('code');
    expect(catalog.code('order.shipped')).toBeDefined();
    expect(mapped(catalog, 'thing.sold')).toBeDefined();
    expect(make([], { declared: [shipped] }).get('order.shipped')?.source).toBe('code');
  });

  it('leave the catalog as it was when they are refused', () => {
    const catalog = make([shipped]);
    const before = catalog.list();
    expect(problems(() => catalog.register({ ...base, type: 'x' }))).toEqual([
      'x: type: must be lower case with dots, like payment.received',
    ]);
    expect(problems(() => catalog.register(shipped))).toEqual([
      'order.shipped is declared already, by config.events[0]',
    ]);
    expect(catalog.list()).toBe(before);
    catalog.register(base);
    expect(catalog.list()).toHaveLength(before.length + 1);
  });

  it.each<[string, unknown, string[]]>([
    [
      'order.shipped',
      { ...shipped, sample: { orderId: 'a', tracking: { code: 1 } } },
      ['order.shipped: sample.tracking.code: Invalid input: expected string, received number'],
    ],
    ['order.shipped', { ...shipped, uid: 'x' }, ['order.shipped: uid: is not an option here']],
    [
      'thing.sold',
      { ...base, payload: { a: 'secret' } },
      [expect.stringMatching(/^thing\.sold: payload\.a: /)],
    ],
    ['thing.sold', { ...base, payload: () => 'sold' }, ['thing.sold: payload: must give an object']],
    ['X', { ...base, type: 'X' }, ['X: type: must be lower case with dots, like payment.received']],
    ['no type', { ...shipped, type: undefined }, ['declare().type: is required']],
    ['nothing', null, ['declare(): must be an object that declares an event']],
    [
      'a type of the wrong length',
      { ...base, type: `a.${'b'.repeat(200)}` },
      [`a.${'b'.repeat(118)}: type: must be at most 120 characters`],
    ],
  ])('are known by their type in errors, whenever they are declared: %s', (_name, event, expected) => {
    expect(problems(() => make([], { declared: [event] }))).toEqual(expected);
    expect(problems(() => make([]).register(event))).toEqual(expected);
  });

  it('are known by it in the error of another of the same name', () => {
    const catalog = make([], { declared: [shipped, shipped] });
    expect(catalog.refused()).toEqual([
      {
        origin: 'declare("order.shipped")',
        type: 'order.shipped',
        problems: ['order.shipped is declared already, by declare("order.shipped")'],
      },
    ]);
  });
});
