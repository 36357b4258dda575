import type { FieldTree } from '../../../contracts';
import type { ContentModel, ContentModels } from './content-model';
import { fieldModels } from './field-models';
import { defaultFieldTree } from './field-tree';
import { fieldTreesProblems } from './field-tree-problems';
import { playgroundComponents, playgroundTypes } from './playground.fixture';

const byUid: Record<string, ContentModel> = { ...playgroundTypes, ...playgroundComponents };
const models: ContentModels = { get: (uid) => byUid[uid], privateAttributes: [] };
const all: FieldTree = { fields: 'all', parts: {} };
const pageUid = 'api::page.page';
const ofPage = (tree: FieldTree) =>
  fieldTreesProblems({ [pageUid]: tree }, models).map(({ path, message, place }) => [
    path.join('.'),
    message,
    place,
  ]);

describe('what cannot be ticked', () => {
  it.each<[string, FieldTree, string, string, string]>([
    [
      'an unknown field',
      { fields: ['title', 'lost'], parts: {} },
      'fields.1',
      '"lost" is not a field of Page (api::page.page)',
      'Page › lost',
    ],
    [
      'a relation as a plain field',
      { fields: ['blocks'], parts: {} },
      'fields.0',
      '"blocks" of Page (api::page.page) leads further: choose its fields in parts',
      'Page › blocks',
    ],
    [
      'an unknown part',
      { fields: [], parts: { lost: { tree: all } } },
      'parts.lost',
      '"lost" is not a field of Page (api::page.page)',
      'Page › lost',
    ],
    [
      'a plain field as a part',
      { fields: [], parts: { title: { tree: all } } },
      'parts.title',
      '"title" of Page (api::page.page) has no fields of its own',
      'Page › title',
    ],
    [
      'a zone without components',
      { fields: [], parts: { blocks: { tree: all } } },
      'parts.blocks',
      '"blocks" is a dynamic zone: choose fields of its components in on',
      'Page › blocks',
    ],
    [
      'components of what is no zone',
      { fields: [], parts: { seo: { on: {} } } },
      'parts.seo',
      '"seo" is no dynamic zone: choose its fields in tree',
      'Page › seo',
    ],
    [
      'a component of another zone',
      { fields: [], parts: { blocks: { on: { 'shared.seo': all } } } },
      'parts.blocks.on.shared.seo',
      '"shared.seo" is not a component of "blocks"',
      'Page › blocks › shared.seo',
    ],
    [
      'a limit of a component',
      { fields: [], parts: { seo: { tree: all, limit: 3 } } },
      'parts.seo.limit',
      '"seo" is no relation to many, and has no limit',
      'Page › seo',
    ],
    [
      'a field of a component in a zone',
      {
        fields: [],
        parts: { blocks: { on: { 'blocks.hero': { fields: ['heading', 'gone'], parts: {} } } } },
      },
      'parts.blocks.on.blocks.hero.fields.1',
      '"gone" is not a field of Hero (blocks.hero)',
      'Page › blocks › Hero › gone',
    ],
  ])('%s', (_name, tree, path, message, place) => {
    expect(ofPage(tree)).toEqual([[`${pageUid}.${path}`, message, place]]);
  });

  it('private fields and passwords, wherever they are', () => {
    const tree: FieldTree = {
      fields: ['name', 'internalNotes', 'portalPassword'],
      parts: { createdBy: { tree: all } },
    };
    const messages = fieldTreesProblems({ 'api::customer.customer': tree }, models).map(
      ({ message }) => message,
    );
    expect(messages).toEqual(
      ['internalNotes', 'portalPassword', 'createdBy'].map(
        (name) => `"${name}" of Customer (api::customer.customer) is private and cannot be sent`,
      ),
    );
  });

  it('a content type that is not there, and a component in its place', () => {
    const problems = fieldTreesProblems({ 'api::gone.gone': all, 'blocks.hero': all }, models);
    expect(problems.map(({ message }) => message)).toEqual([
      '"api::gone.gone" is not a content type of this Strapi',
      '"blocks.hero" is not a content type of this Strapi',
    ]);
  });

  it('nothing of what the models offer, nor of the defaults', () => {
    for (const model of Object.values(playgroundTypes))
      expect(fieldTreesProblems({ [model.uid]: defaultFieldTree(model, models) }, models)).toEqual([]);
  });
});

describe('models for the tree', () => {
  const found = fieldModels([pageUid, 'api::gone.gone'], models);

  it('has all that a page leads to within the depth, without private attributes', () => {
    expect(Object.keys(found.models)).toEqual(
      expect.arrayContaining([
        pageUid,
        'blocks.hero',
        'blocks.comparison-row',
        'api::product.product',
        'plugin::upload.file',
      ]),
    );
    const names = (uid: string) => found.models[uid]?.attributes.map(({ name }) => name);
    expect(names('plugin::upload.file')).not.toContain('folder');
    expect(names(pageUid)).not.toContain('localizations');
    expect(found.models[pageUid]?.attributes.find(({ name }) => name === 'blocks')).toMatchObject({
      kind: 'zone',
      components: expect.arrayContaining(['blocks.hero']),
    });
    expect(found.models['blocks.product-list']?.attributes.find(({ name }) => name === 'products')).toEqual({
      ...{ name: 'products', label: 'Products', type: 'relation' },
      ...{ kind: 'many', target: 'api::product.product', limited: true },
    });
    expect(
      found.models['blocks.comparison-table']?.attributes.find(({ name }) => name === 'rows'),
    ).toMatchObject({
      kind: 'many',
      limited: false,
    });
  });

  it('has a default tree of each content type that was asked for', () => {
    expect(Object.keys(found.defaults)).toEqual([pageUid]);
  });
});
