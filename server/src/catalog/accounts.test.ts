import { createCatalog } from './catalog';
import type { Attribute, ContentModel } from './content-model';
import { byUid, loaded, pluginTypes } from './playground.fixture';

const user: Attribute = {
  type: 'relation',
  relation: 'manyToOne',
  target: 'plugin::users-permissions.user',
};
const creator: Attribute = { type: 'relation', relation: 'oneToOne', target: 'admin::user' };
const withCreators = (model: ContentModel): ContentModel => ({
  ...model,
  attributes: { ...model.attributes, createdBy: creator, updatedBy: creator },
});

const order = withCreators(
  loaded('api::order.order', {
    info: { singularName: 'order', displayName: 'Order' },
    attributes: {
      title: { type: 'string' },
      customer: user,
      watchers: { ...user, relation: 'manyToMany' },
      box: { type: 'component', component: 'shop.box' },
      boxes: { type: 'component', component: 'shop.box', repeatable: true },
      zone: { type: 'dynamiczone', components: ['shop.box', 'shop.note'] },
      parent: { type: 'relation', relation: 'manyToOne', target: 'api::order.order' },
    },
  }),
);
const note = loaded('api::note.note', {
  info: { singularName: 'note', displayName: 'Note' },
  attributes: { text: { type: 'string' } },
});
const comment = loaded('api::comment.comment', {
  info: { singularName: 'comment', displayName: 'Comment' },
  attributes: {
    order: { type: 'relation', relation: 'manyToOne', target: 'api::order.order' },
    orders: { type: 'relation', relation: 'manyToMany', target: 'api::order.order' },
    about: { type: 'relation', relation: 'morphToMany' },
    photo: { type: 'media' },
  },
});
const component = (uid: string, attributes: Record<string, Attribute>): ContentModel => ({
  uid,
  modelName: uid,
  info: { displayName: uid },
  attributes,
});
const mapped = {
  displayName: 'X',
  description: 'X.',
  contentType: 'api::order.order',
  on: [{ on: 'created' }],
};

const catalog = createCatalog({
  contentTypes: byUid([...pluginTypes, order, note, comment]),
  components: byUid([
    component('shop.box', { keeper: user, label: { type: 'string' } }),
    component('shop.note', { text: { type: 'string' } }),
  ]),
  config: {
    events: [
      { ...mapped, type: 'order.placed', populate: { parent: { populate: { customer: true } } } },
      { ...mapped, type: 'order.told', payload: { customer: 'customer' } },
    ],
  },
});

const olena = { id: 1, documentId: 'u1', email: 'olena@example.com' };
const bare = { id: 1, documentId: 'u1' };
const entry = {
  id: 5,
  documentId: 'o1',
  title: 'Order',
  customer: olena,
  watchers: [olena, olena],
  box: { id: 1, keeper: olena, label: 'A' },
  boxes: [{ id: 2, keeper: null, label: 'B' }],
  zone: [
    { __component: 'shop.box', id: 3, keeper: olena, label: 'C' },
    { __component: 'shop.note', id: 4, text: 'olena@example.com' },
  ],
  parent: { id: 6, documentId: 'o2', title: 'Parent', customer: olena },
  createdBy: { id: 9, documentId: 'a1', firstname: 'Anna' },
  updatedBy: null,
};
const reduced = {
  ...entry,
  customer: bare,
  watchers: [bare, bare],
  box: { id: 1, keeper: bare, label: 'A' },
  zone: [{ __component: 'shop.box', id: 3, keeper: bare, label: 'C' }, entry.zone[1]],
  createdBy: { id: 9, documentId: 'a1' },
};
/** The data of a content event ends at the parent, but what Strapi itself tells may lead further. */
const reducedThrough = { ...reduced, parent: { ...entry.parent, customer: bare } };

describe('an event without its accounts', () => {
  it('tells of each relation to an account which one it is: in components, zones, and of the past too', () => {
    const data = { uid: 'api::order.order', entry, changedFields: ['box'], previous: { box: entry.box } };
    expect(catalog.withoutAccounts('order.updated', data)).toEqual({
      ...data,
      entry: reduced,
      previous: { box: reduced.box },
    });
    expect(Object.keys(catalog.withoutAccounts('order.updated', data) ?? {})).toEqual(Object.keys(data));
  });

  it('is the same of an entry as Strapi’s own webhooks tell it, and of relations to any type', () => {
    expect(catalog.coreEntryWithoutAccounts('api::order.order', entry)).toEqual(reducedThrough);
    expect(Object.keys(catalog.coreEntryWithoutAccounts('api::order.order', entry) ?? {})).toEqual(
      Object.keys(entry),
    );
    const nobody = { id: 5, title: 'Order', customer: null, watchers: [] };
    expect(catalog.coreEntryWithoutAccounts('api::order.order', nobody)).toBeNull();
  });

  it('is the same of whatever the caller has populated, at any depth', () => {
    const posted = {
      id: 7,
      documentId: 'c1',
      order: entry,
      orders: [entry, { ...entry, parent: entry }],
      about: [
        { __type: 'api::order.order', ...entry },
        { __type: 'plugin::users-permissions.user', ...olena },
        { __type: 'api::note.note', id: 4, text: 'olena@example.com' },
      ],
      photo: { id: 8, name: 'a.png', createdBy: { id: 9, firstname: 'Anna' } },
    };
    expect(catalog.coreEntryWithoutAccounts('api::comment.comment', posted)).toEqual({
      ...posted,
      order: reducedThrough,
      orders: [reducedThrough, { ...reduced, parent: reducedThrough }],
      about: [{ __type: 'api::order.order', ...reducedThrough }, bare, posted.about[2]],
      photo: { ...posted.photo, createdBy: { id: 9 } },
    });
    const nobody = { ...posted, order: null, orders: [], about: [posted.about[2]], photo: null };
    expect(catalog.coreEntryWithoutAccounts('api::comment.comment', nobody)).toBeNull();
  });

  it('goes as far as a mapped event without a payload reads', () => {
    expect(catalog.withoutAccounts('order.placed', { entry, previous: null })).toEqual({
      entry: reducedThrough,
      previous: null,
    });
  });

  it('is none where nothing of it is an account, and where the site builder names the fields', () => {
    const nobody = { id: 5, documentId: 'o1', title: 'Order', customer: null, watchers: [], createdBy: bare };
    expect(catalog.withoutAccounts('order.updated', { entry: nobody, previous: null })).toBeNull();
    expect(catalog.withoutAccounts('note.updated', { entry: { id: 1 }, previous: null })).toBeNull();
    expect(catalog.withoutAccounts('order.told', { customer: olena })).toBeNull();
    expect(catalog.withoutAccounts('nothing.known', { entry })).toBeNull();
  });
});
