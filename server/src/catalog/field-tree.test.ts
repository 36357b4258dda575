import { fieldTree, fieldTreeLimits } from '../../../contracts';
import type { FieldTree, FieldTreePart } from '../../../contracts';
import { entrySchema } from './entry-schema';
import { isPopulatable, isEntry, populateOf, targetOf } from './entry-shape';
import { everyComponents, everything, everyTypes } from './everything.fixture';
import { visibleAttributes } from './content-model';
import type { Attribute, ContentModel, ContentModels } from './content-model';
import { defaultFieldTree, isWithin, populateOfShape, treeShape, unionOfTrees } from './field-tree';
import { pickedData, pickedEntry } from './picked-entry';
import { playgroundComponents, playgroundTypes } from './playground.fixture';
import { sampleEntry } from './sample';
import type { ContentEventData, Entry } from './types';

const modelsOf = (...all: Record<string, ContentModel>[]): ContentModels => {
  const byUid = Object.assign({}, ...all) as Record<string, ContentModel>;
  return { get: (uid) => byUid[uid], privateAttributes: [] };
};
const models = modelsOf(playgroundTypes, playgroundComponents);
const every = modelsOf(everyTypes, everyComponents);
const model = (uid: string): ContentModel => {
  const found = models.get(uid);
  if (found === undefined) throw new Error(`no model ${uid}`);
  return found;
};

/** mulberry32: the same trees in every run. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A tree with about `share` of everything ticked that can be, as deep as it may be. */
function randomTree(
  of: ContentModel,
  all: ContentModels,
  random: () => number,
  share: number,
  depth = 0,
): FieldTree {
  const visible = visibleAttributes(of, all);
  const own = visible.filter(([, attribute]) => !isPopulatable(attribute)).map(([name]) => name);
  const inner = (uid: string): FieldTree | undefined => {
    const target = all.get(uid);
    return target && randomTree(target, all, random, share, depth + 1);
  };
  const partOf = (attribute: Attribute): FieldTreePart | undefined => {
    if (attribute.type === 'dynamiczone') {
      const chosen = (attribute.components ?? []).filter(() => random() < share);
      return {
        on: Object.fromEntries(chosen.flatMap((uid) => [[uid, inner(uid) ?? { fields: [], parts: {} }]])),
      };
    }
    const tree = inner(attribute.type === 'component' ? (attribute.component ?? '') : targetOf(attribute));
    return tree && { tree };
  };
  const parts =
    depth === fieldTreeLimits.depth
      ? []
      : visible.flatMap(([name, attribute]) => {
          const part = isPopulatable(attribute) && random() < share ? partOf(attribute) : undefined;
          return part ? [[name, part] as const] : [];
        });
  return {
    fields: random() < 0.2 ? 'all' : own.filter(() => random() < share),
    parts: Object.fromEntries(parts),
  };
}

/** The paths that a tree ticks, counted without any code of the catalog's shapes. */
function tickedPaths(tree: FieldTree, of: ContentModel, all: ContentModels, row = 'entry'): Set<string> {
  const own =
    tree.fields === 'all'
      ? visibleAttributes(of, all).flatMap(([name, attribute]) => (isPopulatable(attribute) ? [] : [name]))
      : tree.fields;
  const paths = new Set<string>([...own, 'id', ...(row === 'entry' ? ['documentId'] : [])]);
  for (const [name, { tree: inner, on }] of Object.entries(tree.parts)) {
    const attribute = of.attributes[name];
    if (!attribute) continue;
    paths.add(name);
    const isComponent = attribute.type === 'component';
    const target = all.get(isComponent ? (attribute.component ?? '') : targetOf(attribute));
    if (inner && target)
      for (const path of tickedPaths(inner, target, all, isComponent ? 'component' : 'entry'))
        paths.add(`${name}.${path}`);
    if (!on) continue;
    for (const uid of attribute.components ?? []) {
      const component = all.get(uid);
      if (!component) continue;
      const chosen = on[uid] ?? { fields: [], parts: {} };
      for (const path of ['__component', ...tickedPaths(chosen, component, all, 'component')])
        paths.add(`${name}.${uid}.${path}`);
    }
  }
  return paths;
}

/** The paths of an entry: what stands in its plain attributes is not gone into. */
function pathsOf(entry: Entry, of: ContentModel, all: ContentModels): Set<string> {
  const paths = new Set<string>();
  for (const [name, value] of Object.entries(entry)) {
    paths.add(name);
    const attribute = of.attributes[name];
    if (!attribute || !isPopulatable(attribute)) continue;
    for (const item of [value].flat()) {
      if (!isEntry(item)) continue;
      const isZone = attribute.type === 'dynamiczone';
      const uid = isZone
        ? String(item['__component'])
        : attribute.type === 'component'
          ? (attribute.component ?? '')
          : targetOf(attribute);
      const target = all.get(uid);
      if (target)
        for (const path of pathsOf(item, target, all)) paths.add(`${name}.${isZone ? `${uid}.` : ''}${path}`);
    }
  }
  return paths;
}

const sorted = (paths: Iterable<string>): string[] => [...paths].sort();
const everythingOf = (of: ContentModel, all: ContentModels): FieldTree => randomTree(of, all, () => 0, 1);

describe('an entry of which only ticked fields are sent', () => {
  const roots: [ContentModel, ContentModels][] = [
    [model('api::page.page'), models],
    [model('api::article.article'), models],
    [model('api::customer.customer'), models],
    [model('api::product.product'), models],
    [everything, every],
  ];

  it.each(roots.map(([of, all]) => [of.uid, of, all] as const))(
    'has exactly what random trees of %s tick, in sample, schema and sending',
    (_uid, of, all) => {
      const whole = sampleEntry(treeShape(of, everythingOf(of, all), all));
      for (let seed = 1; seed <= 25; seed += 1) {
        const tree = randomTree(of, all, randomOf(seed), 0.15 + (seed % 4) * 0.2);
        const shape = treeShape(of, tree, all);
        const ticked = sorted(tickedPaths(tree, of, all));
        const { entry } = pickedEntry(whole, shape, 100);
        expect(sorted(pathsOf(entry, of, all))).toEqual(ticked);
        expect(sorted(pathsOf(sampleEntry(shape), of, all))).toEqual(ticked);
        expect(Object.keys(entrySchema(shape)['properties'] as object)).toEqual(Object.keys(entry));
        // What is read is enough, and picking twice changes nothing.
        expect(isWithin(shape, treeShape(of, everythingOf(of, all), all))).toBe(true);
        expect(pickedEntry(entry, shape, 100).entry).toEqual(entry);
      }
    },
  );

  it('tells of a union what each of its trees tells', () => {
    const page = model('api::page.page');
    const whole = sampleEntry(treeShape(page, everythingOf(page, models), models));
    for (let seed = 1; seed <= 20; seed += 1) {
      const trees = [0, 1, 2].map((add) => randomTree(page, models, randomOf(seed * 7 + add), 0.3));
      const union = pickedEntry(whole, treeShape(page, unionOfTrees(trees), models), 100).entry;
      for (const tree of trees) {
        const shape = treeShape(page, tree, models);
        expect(pickedEntry(union, shape, 100).entry).toEqual(pickedEntry(whole, shape, 100).entry);
      }
    }
  });

  it('never tells passwords, private fields, or what has gone', () => {
    const tree: FieldTree = {
      fields: ['name', 'internalNotes', 'portalPassword', 'gone'],
      parts: {
        gone: { tree: { fields: 'all', parts: {} } },
        createdBy: { tree: { fields: 'all', parts: {} } },
      },
    };
    const shape = treeShape(model('api::customer.customer'), tree, models);
    const given = {
      id: 1,
      documentId: 'c',
      name: 'Ann',
      internalNotes: 'x',
      portalPassword: 'y',
      gone: 1,
      createdBy: {},
    };
    expect(pickedEntry(given, shape, 100).entry).toEqual({ id: 1, documentId: 'c', name: 'Ann' });
  });

  it('tells a component that is not named with its name alone', () => {
    const tree: FieldTree = {
      fields: [],
      parts: { blocks: { on: { 'blocks.hero': { fields: ['heading'], parts: {} } } } },
    };
    const blocks = [
      { __component: 'blocks.hero', id: 3, heading: 'Hi', link: { id: 1 } },
      { __component: 'blocks.author-quote', id: 4, text: 'Secret' },
    ];
    expect(
      pickedEntry({ id: 1, documentId: 'p', blocks }, treeShape(model('api::page.page'), tree, models), 9)
        .entry,
    ).toEqual({
      ...{ id: 1, documentId: 'p' },
      blocks: [
        { __component: 'blocks.hero', id: 3, heading: 'Hi' },
        { __component: 'blocks.author-quote', id: 4 },
      ],
    });
  });
});

describe('limits of relations to many', () => {
  const product = (id: number) => ({ id, documentId: `d${id}`, name: `P${id}`, price: 1 });
  const blocks = [{ __component: 'blocks.product-list', id: 1, products: [1, 2, 3, 4].map(product) }];
  const page = { id: 1, documentId: 'p', blocks };
  const tree = (limit?: number): FieldTree => ({
    fields: [],
    parts: {
      blocks: {
        on: {
          'blocks.product-list': {
            fields: [],
            parts: { products: { tree: { fields: ['name'], parts: {} }, ...(limit && { limit }) } },
          },
        },
      },
    },
  });
  const shape = (limit?: number) => treeShape(model('api::page.page'), tree(limit), models);

  it('tells the first, and how many there are in truth', () => {
    const { entry, truncated } = pickedEntry(page, shape(2), 100);
    expect(entry).toMatchObject({ blocks: [{ products: [{ name: 'P1' }, { name: 'P2' }] }] });
    expect((entry['blocks'] as { products: unknown[] }[])[0]?.products).toHaveLength(2);
    expect(truncated).toEqual({ 'blocks.0.products': 4 });
    expect(pickedEntry(page, shape(), 100)).not.toHaveProperty('truncated');
  });

  it('keeps the true count of what was cut before, and never tells more than may be', () => {
    const first = pickedEntry(page, shape(), 3);
    expect(first.truncated).toEqual({ 'blocks.0.products': 4 });
    expect(pickedEntry(first.entry, shape(2), 100, first.truncated).truncated).toEqual({
      'blocks.0.products': 4,
    });
    expect(pickedEntry(first.entry, shape(), 100, first.truncated).truncated).toEqual({
      'blocks.0.products': 4,
    });
    expect(pickedEntry(page, shape(50), 3).truncated).toEqual({ 'blocks.0.products': 4 });
  });

  it('is the largest in a union, and none where one of the trees has none', () => {
    expect(unionOfTrees([tree(2), tree(5)])).toEqual(tree(5));
    expect(unionOfTrees([tree(2), tree()])).toEqual(tree());
  });
});

describe('the default tree', () => {
  it.each(['api::article.article', 'api::customer.customer', 'api::product.product'])(
    'tells what is sent of %s without one',
    (uid) => {
      const tree = defaultFieldTree(model(uid), models);
      expect(fieldTree.parse(tree)).toEqual(tree);
      expect(Object.keys(populateOf(populateOfShape(treeShape(model(uid), tree, models)))).sort()).toEqual(
        Object.keys(tree.parts).sort(),
      );
    },
  );
});

describe('data of an event by a tree', () => {
  const page = model('api::page.page');
  const whole = treeShape(page, defaultFieldTree(page, models), models);
  const three: FieldTree = { fields: ['title', 'slug'], parts: {} };
  const data: ContentEventData = {
    ...{ uid: page.uid, model: 'page', documentId: 'p', locale: 'en', status: 'published' },
    entry: { id: 1, documentId: 'p', title: 'T', slug: 's', blocks: [], seo: { id: 1, title: 'x' } },
    changedFields: ['title', 'seo'],
    previous: { title: 'Old', seo: { id: 1, title: 'hidden' } },
  };
  const of = (
    tree: FieldTree,
    more: Partial<ContentEventData> = {},
    selected: Parameters<typeof pickedData>[1]['selected'] = null,
  ) => pickedData({ ...data, ...more }, { shape: treeShape(page, tree, models), whole, selected });

  it('tells nothing of fields that are not ticked, nor that they changed', () => {
    expect(of(three)).toEqual({
      ...data,
      entry: { id: 1, documentId: 'p', title: 'T', slug: 's' },
      changedFields: ['title'],
      previous: { title: 'Old' },
    });
  });

  const deep: FieldTree = {
    fields: ['title'],
    parts: {
      blocks: {
        on: {
          'blocks.product-list': {
            fields: [],
            parts: {
              products: { tree: { fields: [], parts: { image: { tree: { fields: ['url'], parts: {} } } } } },
            },
          },
        },
      },
    },
  };

  it('takes what was read for trees, whole even where the body is thin', () => {
    const selected = { entry: { id: 1, documentId: 'p', title: 'T', blocks: [] } };
    expect(of(deep, { entry: { documentId: 'p' }, thin: 'too_large: 9' }, selected)).toMatchObject({
      entry: { id: 1, documentId: 'p', title: 'T', blocks: [] },
    });
    expect(of(deep, { thin: 'too_large: 9' }, selected)).not.toHaveProperty('thin');
  });

  it('says so where it is not complete', () => {
    expect(of(deep)).toMatchObject({
      thin: expect.stringContaining('fields_not_read'),
      entry: { title: 'T' },
    });
    expect(of(deep, {}, { thin: 'too_large: 9' })).toMatchObject({ thin: 'too_large: 9' });
    expect(of(three, {}, { thin: 'too_large: 9' })).not.toHaveProperty('thin');
    expect(of(three, { entry: { documentId: 'p' }, thin: 'not_found', previous: null })).toMatchObject({
      thin: 'not_found',
      entry: { documentId: 'p' },
    });
  });
});
