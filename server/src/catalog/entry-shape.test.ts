import { createCatalog } from './catalog';
import type { Attribute, ContentModel } from './content-model';
import { byUid, loaded, pluginTypes } from './playground.fixture';

const component = (uid: string, attributes: Record<string, Attribute>): ContentModel => ({
  uid,
  modelName: uid,
  info: { displayName: uid },
  attributes,
});
const text: Attribute = { type: 'string' };
const of = (name: string): Attribute => ({ type: 'component', component: name });

const page = loaded('api::page.page', {
  info: { singularName: 'page', displayName: 'Page' },
  attributes: {
    title: text,
    tree: of('part.branch'),
    lost: of('part.lost'),
    zone: { type: 'dynamiczone', components: ['part.branch', 'part.lost'] },
    gone: { type: 'relation', relation: 'manyToOne', target: 'api::gone.gone' },
    note: { type: 'relation', relation: 'morphOne', target: 'api::note.note' },
    notes: { type: 'relation', relation: 'morphMany', target: 'api::note.note' },
    anything: { type: 'relation', relation: 'morphToOne' },
    things: { type: 'relation', relation: 'morphToMany' },
  },
});
const note = loaded('api::note.note', {
  info: { singularName: 'note', displayName: 'Note' },
  attributes: { text, about: { type: 'relation', relation: 'morphToOne' } },
});
const catalog = createCatalog({
  contentTypes: byUid([...pluginTypes, page, note]),
  components: byUid([
    component('part.branch', { label: text, leaf: of('part.leaf') }),
    component('part.leaf', { label: text, branches: { ...of('part.branch'), repeatable: true } }),
  ]),
  config: {
    events: [
      {
        ...{ type: 'page.seen', displayName: 'Seen', description: 'A page.', contentType: 'api::page.page' },
        on: [{ on: 'created' }],
        payload: { lost: 'lost', tree: 'tree.leaf.label', note: 'note.text', notes: 'notes.text' },
      },
    ],
  },
});
const plan = catalog.plan('api::page.page');

describe('the shape of an entry', () => {
  it('ends where components hold each other, and leaves out what leads to nothing that is there', () => {
    expect(plan?.populate).toMatchObject({
      tree: { populate: { leaf: { populate: { branches: true } } } },
      zone: { on: { 'part.branch': { populate: { leaf: expect.anything() } } } },
    });
    for (const name of ['lost', 'gone', 'anything', 'things']) {
      expect(plan?.populate).not.toHaveProperty(name);
      expect(plan?.comparable.map((one) => one.name)).not.toContain(name);
      expect(catalog.get('page.updated')?.sample['entry']).not.toHaveProperty(name);
    }
    expect(catalog.get('page.seen')?.sample).toMatchObject({ lost: null, notes: [expect.any(String)] });
  });

  it('has polymorphic relations with a target, one or many, and says that an empty one is empty', () => {
    expect(plan?.comparable).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'note', kind: 'relation' }),
        expect.objectContaining({ name: 'notes', kind: 'relation' }),
      ]),
    );
    expect(plan?.trim({ id: 1, documentId: 'p' })).toEqual({ id: 1, documentId: 'p', note: null, notes: [] });
  });
});
