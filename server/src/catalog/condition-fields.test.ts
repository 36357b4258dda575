import { facts } from '../conditions';
import { conditionProblems } from '../../../contracts';
import { comparableAt, conditionSubject, labelOf, populateFor } from './condition-fields';
import type { ContentModel, ContentModels } from './content-model';
import { everyComponents, everyTypes } from './everything.fixture';
import { loaded, playgroundComponents, playgroundTypes } from './playground.fixture';

const modelsOf = (...all: Record<string, ContentModel>[]): ContentModels => {
  const byUid = new Map(all.flatMap((models) => Object.entries(models)));
  return { get: (uid) => byUid.get(uid), privateAttributes: [] };
};
const models = modelsOf(everyTypes, everyComponents);
const thing = everyTypes['api::thing.thing'] as ContentModel;
const subject = conditionSubject(thing, models, ['en', 'uk']);
const field = (path: string) => subject.fields.find((one) => one.path === path);

describe('what conditions can compare', () => {
  it('are the attributes of every type', () => {
    expect(
      Object.fromEntries(
        subject.fields.filter(({ path }) => !path.includes('.')).map((one) => [one.path, one.type]),
      ),
    ).toEqual({
      ...{ name: 'text', text: 'text', rich: 'other', slug: 'text', contact: 'text' },
      ...{ amount: 'number', big: 'number', ratio: 'number', price: 'number', active: 'boolean' },
      ...{ blocked: 'boolean', kind: 'enumeration', birthday: 'date', opensAt: 'time' },
      ...{ validUntil: 'datetime', stamp: 'number', data: 'other', story: 'other', colour: 'text' },
      ...{ whatever: 'other', cover: 'media', gallery: 'other', one: 'relation', many: 'relation' },
      ...{ box: 'other', boxes: 'other', zone: 'other' },
      ...{ createdAt: 'datetime', updatedAt: 'datetime', publishedAt: 'datetime' },
    });
    expect(field('kind')?.options).toEqual(['first', 'second']);
    expect(field('one')?.target).toBe('api::other.other');
  });

  it('are found behind single relations, components and files, and not behind lists', () => {
    const behind = subject.fields.map(({ path }) => path).filter((path) => path.includes('.'));
    expect(behind).toEqual(
      expect.arrayContaining([
        ...['one.title', 'one.picture', 'one.picture.mime', 'box.label', 'box.note.body', 'box.target.title'],
        ...['cover.mime', 'cover.size', 'cover.name'],
      ]),
    );
    expect(behind.filter((path) => /^(many|gallery|boxes|zone)\./.test(path))).toEqual([]);
    expect(field('one.picture.mime')?.labels).toEqual(['One', 'Picture', 'Mime']);
  });

  it('are never private, nor passwords', () => {
    const last = subject.fields.map(({ path }) => path.split('.').at(-1));
    for (const hidden of [
      'secret',
      'password',
      'margin',
      'hiddenOnes',
      'createdBy',
      'localizations',
      'locale',
      'folder',
    ])
      expect(last).not.toContain(hidden);
  });

  it('go two relations far, and round in no circle', () => {
    const to = (name: string, target: string) =>
      loaded(`api::${name}.${name}`, {
        info: { singularName: name, displayName: name },
        attributes: {
          title: { type: 'string' },
          next: { type: 'relation', relation: 'manyToOne', target: `api::${target}.${target}` },
          part: { type: 'component', component: 'shared.part' },
        },
      });
    const part: ContentModel = {
      uid: 'shared.part',
      modelName: 'part',
      info: { displayName: 'Part' },
      attributes: { label: { type: 'string' }, part: { type: 'component', component: 'shared.part' } },
    };
    const circle = { 'api::a.a': to('a', 'b'), 'api::b.b': to('b', 'a'), 'shared.part': part };
    const paths = conditionSubject(circle['api::a.a'], modelsOf(circle)).fields.map(({ path }) => path);
    expect(paths).toContain('next.next.title');
    expect(paths).toContain('next.next.part.label');
    expect(paths).not.toContain('next.next.next.title');
    expect(paths).not.toContain('part.part.label');
  });

  it('has the locales of a localised type, and drafts where there are any', () => {
    expect(subject).toMatchObject({
      uid: 'api::thing.thing',
      name: 'Thing',
      draftAndPublish: true,
      locales: ['en', 'uk'],
    });
    const other = conditionSubject(everyTypes['api::other.other'] as ContentModel, models, ['en']);
    expect(other).toMatchObject({ draftAndPublish: false, locales: [] });
    expect(other.fields.map(({ path }) => path)).not.toContain('publishedAt');
  });

  it.each(Object.values(playgroundTypes).map((model) => [model.uid, model] as const))(
    'all of %s can be read',
    (_uid, model) => {
      const playground = modelsOf(playgroundTypes, playgroundComponents);
      const found = conditionSubject(model, playground, ['en']);
      for (const { path } of found.fields)
        expect(comparableAt(path, model, playground)).toMatchObject({ name: path });
      expect(new Set(found.fields.map(({ path }) => path)).size).toBe(found.fields.length);
      const all = found.fields.map(({ path }) => ({ field: path, changed: true as const }));
      expect(conditionProblems({ all }, [found])).toEqual([]);
    },
  );

  it.each([
    ['customerName', 'Customer Name'],
    ['vat_id', 'Vat Id'],
    ['HTMLBody', 'HTML Body'],
    ['paidOn2', 'Paid On2'],
    ['назваТовару', 'Назва Товару'],
  ])('%s is called %s', (name, label) => {
    expect(labelOf(name)).toBe(label);
  });
});

describe('the values at paths', () => {
  const paths = ['name', 'one', 'one.title', 'one.picture', 'one.picture.mime', 'box.note', 'box.note.body'];

  it('are read with what they need, and no more', () => {
    expect(populateFor([...paths, 'gone', 'one.margin'], thing, models)).toEqual({
      one: { populate: { picture: { populate: {} } } },
      box: { populate: { note: { populate: {} } } },
    });
  });

  it('are found in a row, and are of one kind with those of the entry itself', () => {
    const judged = paths.flatMap((path) => comparableAt(path, thing, models) ?? []);
    const row = (body: string) => ({
      name: 'Mug',
      one: {
        id: 1,
        documentId: 'o1',
        title: 'Shop',
        picture: { id: 5, documentId: 'f1', mime: 'image/png' },
      },
      box: { id: 3, note: { id: Math.random(), body } },
    });
    const read = facts(judged, paths, row('a'));
    expect(read).toMatchObject({
      ...{ name: 'Mug', one: ['o1'], 'one.title': 'Shop', 'one.picture': ['f1'] },
      ...{ 'one.picture.mime': 'image/png', 'box.note.body': 'a' },
    });
    // Row ids are no difference.
    expect(facts(judged, paths, row('a'))?.['box.note']).toBe(read?.['box.note']);
    expect(facts(judged, paths, row('b'))?.['box.note']).not.toBe(read?.['box.note']);
  });

  it.each([
    'gone',
    'secret',
    'one.margin',
    'many.title',
    'boxes.label',
    'zone.label',
    'name.length',
    'box.note.password',
  ])('%s is none', (path) => {
    expect(comparableAt(path, thing, models)).toBeUndefined();
  });
});
