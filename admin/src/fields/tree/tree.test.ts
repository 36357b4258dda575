import { fieldTree, type FieldTree } from '../../../../contracts';
import {
  toggleAll,
  toggleComponent,
  toggleField,
  togglePart,
  withLimit,
  withoutGone,
  type Edited,
} from './changes';
import { emptyTree, wholeTree } from './models';
import { attributeOf, models, pageUid } from './models.fixture';
import { goneIn, rowsOf, type TreeRow } from './rows';
import { searched } from './search';
import { countOf, tickOfTree } from './ticks';

const edited = (tree: FieldTree = emptyTree): Edited => ({ models, uid: pageUid, tree });
const blocks = attributeOf(pageUid, 'blocks');
const author = attributeOf(pageUid, 'author');
const inHero = [{ part: 'blocks', on: 'blocks.hero' }];
const inProducts = [{ part: 'blocks', on: 'blocks.products' }];

const row = (tree: FieldTree, key: string): TreeRow | undefined =>
  rowsOf(edited(tree), { isOpen: () => true }).find((each) => each.key === key);

describe('a tick in the tree of fields', () => {
  it('sends a field, and a second one takes it away', () => {
    const ticked = toggleField(edited(), [], 'title');
    expect(ticked).toEqual({ fields: ['title'], parts: {} });
    expect(toggleField(edited(ticked), [], 'title')).toEqual(emptyTree);
  });

  it('far inside ticks what leads there, and gives a tree that the server takes', () => {
    const ticked = toggleField(edited(), [...inProducts, { part: 'products' }], 'name');
    expect(ticked).toEqual({
      fields: [],
      parts: {
        blocks: {
          on: {
            'blocks.products': { fields: [], parts: { products: { tree: { fields: ['name'], parts: {} } } } },
          },
        },
      },
    });
    expect(fieldTree.safeParse(ticked).success).toBe(true);
  });

  it('taken from "all" leaves the other fields by name', () => {
    const tree = { fields: 'all', parts: {} } as const;
    expect(toggleField(edited(tree), [], 'slug')).toEqual({ fields: ['title'], parts: {} });
    expect(toggleAll(edited(toggleAll(edited(tree), [])), [])).toEqual(tree);
    expect(toggleAll(edited(tree), [])).toEqual({ fields: ['title', 'slug'], parts: {} });
  });

  it('on a zone takes all of its components with their fields, and no relations', () => {
    const ticked = togglePart(edited(), [], blocks);
    expect(ticked.parts.blocks).toEqual({
      on: { 'blocks.hero': { fields: 'all', parts: {} }, 'blocks.products': { fields: 'all', parts: {} } },
    });
    expect(togglePart(edited(ticked), [], blocks).parts).toEqual({});
  });

  it('on what is ticked in part completes it and keeps what was ticked beyond', () => {
    const products = toggleField(edited(), [...inProducts, { part: 'products' }], 'name');
    const whole = togglePart(edited(products), [], blocks);
    expect(whole.parts.blocks?.on?.['blocks.products']).toEqual({
      fields: 'all',
      parts: { products: { tree: { fields: ['name'], parts: {} } } },
    });
    expect(togglePart(edited(whole), [], blocks).parts).toEqual({});
  });

  it('on the last component of a zone takes the zone away', () => {
    const hero = toggleComponent(edited(), [], 'blocks', 'blocks.hero');
    expect(hero.parts.blocks).toEqual({ on: { 'blocks.hero': { fields: 'all', parts: {} } } });
    expect(toggleComponent(edited(hero), [], 'blocks', 'blocks.hero')).toEqual(emptyTree);
  });

  it('within a relation to many keeps its limit', () => {
    const place = inProducts;
    const ticked = toggleField(edited(), [...place, { part: 'products' }], 'name');
    const limited = withLimit(ticked, place, 'products', 3);
    const more = toggleField(edited(limited), [...place, { part: 'products' }], 'price');
    expect(more.parts.blocks?.on?.['blocks.products']?.parts.products).toEqual({
      limit: 3,
      tree: { fields: ['name', 'price'], parts: {} },
    });
    expect(withLimit(emptyTree, place, 'products', 3)).toEqual(emptyTree);
    expect(withLimit(more, place, 'products', undefined)).toEqual(
      toggleField(edited(ticked), [...place, { part: 'products' }], 'price'),
    );
  });
});

describe('the state of what is above', () => {
  it('is mixed while something below it is not ticked', () => {
    expect(tickOfTree(models, pageUid, undefined, 0)).toBe('unchecked');
    const hero = toggleField(edited(), inHero, 'heading');
    expect(row(hero, 'blocks[blocks.hero]')).toMatchObject({ tick: 'mixed', count: { ticked: 1, total: 2 } });
    const both = toggleField(edited(hero), inHero, 'text');
    expect(row(both, 'blocks[blocks.hero]')).toMatchObject({ tick: 'checked' });
    expect(row(both, 'blocks')).toMatchObject({ tick: 'mixed' });
  });

  it('is not kept from being checked by what lies deeper than a tree may be', () => {
    let tree = emptyTree;
    const place = [];
    for (const part of ['author', 'pages', 'author', 'pages']) {
      place.push({ part });
      tree = toggleAll(edited(tree), place);
    }
    expect(fieldTree.safeParse(tree).success).toBe(true);
    expect(row(tree, 'author.pages.author.pages')).toMatchObject({ tick: 'checked' });
    expect(row(tree, 'author.pages.author.pages.author')).toMatchObject({ kind: 'too_deep' });
  });

  it('ticks no deeper than a tree may be', () => {
    const place = ['author', 'pages', 'author'].map((part) => ({ part }));
    const tree = togglePart(edited(), place, attributeOf('api::author.author', 'pages'));
    expect(fieldTree.safeParse(tree).success).toBe(true);
  });
});

describe('the count', () => {
  it('counts fields of the entry and of what is ticked', () => {
    // Two of its own, 2 of the file, 1 of the component, 2 + 1 + 2 of the zone, 1 of the author.
    expect(countOf(models, pageUid, emptyTree)).toEqual({ ticked: 0, total: 11 });
    expect(countOf(models, pageUid, wholeTree(models, pageUid, 0))).toEqual({ ticked: 8, total: 11 });
    const ticked = togglePart(edited(), [], author);
    expect(countOf(models, pageUid, ticked).ticked).toBe(1);
  });
});

describe('what is no longer there', () => {
  const stored: FieldTree = {
    fields: ['title', 'subtitle', 'constructor'],
    parts: {
      editor: { tree: emptyTree },
      cover: { on: {} },
      blocks: {
        on: { 'blocks.gone': { fields: 'all', parts: {} }, 'blocks.hero': { fields: ['text'], parts: {} } },
      },
    },
  };

  it('is shown, and can be taken away one by one', () => {
    const gone = goneIn(models, models[pageUid], stored);
    expect(gone).toEqual([
      { name: 'subtitle', kind: 'field' },
      { name: 'constructor', kind: 'field' },
      { name: 'editor', kind: 'part' },
      { name: 'cover', kind: 'part' },
      { name: 'blocks.gone', kind: 'component', zone: 'blocks' },
    ]);
    expect(
      rowsOf(edited(stored), { isOpen: () => false }).filter(({ kind }) => kind === 'gone'),
    ).toHaveLength(5);
    const left = gone.reduce((tree, one) => withoutGone(tree, [], one), stored);
    expect(left).toEqual({
      fields: ['title'],
      parts: { blocks: { on: { 'blocks.hero': { fields: ['text'], parts: {} } } } },
    });
  });
});

describe('the search', () => {
  it('shows what it finds with what leads there', () => {
    const { shown, opened, isCut } = searched(models, pageUid, 'price');
    expect(isCut).toBe(false);
    expect(shown.has('blocks[blocks.products].products.price')).toBe(true);
    expect(opened.has('blocks[blocks.products]')).toBe(true);
    expect(shown.has('title')).toBe(false);
  });

  it('takes words of what leads there too', () => {
    const { shown } = searched(models, pageUid, 'hero head');
    expect([...shown].filter((key) => !key.startsWith('author'))).toEqual([
      'blocks[blocks.hero].heading',
      'blocks',
      'blocks[blocks.hero]',
    ]);
  });

  it('finds nothing for a word that no name has', () => {
    expect(searched(models, pageUid, 'nowhere')).toEqual({
      shown: new Set(),
      opened: new Set(),
      isCut: false,
    });
  });
});
