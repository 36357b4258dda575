import type { ContentModel } from './content-model';
import { byUid, loaded, pluginTypes } from './playground.fixture';

/** A content type with an attribute of each kind, for tests. */
export const everything = loaded('api::thing.thing', {
  kind: 'collectionType',
  info: { singularName: 'thing', displayName: 'Thing' },
  options: { draftAndPublish: true },
  pluginOptions: { i18n: { localized: true } },
  attributes: {
    name: { type: 'string', minLength: 3, maxLength: 10 },
    text: { type: 'text' },
    rich: { type: 'richtext' },
    slug: { type: 'uid' },
    contact: { type: 'email' },
    amount: { type: 'integer', min: 60 },
    big: { type: 'biginteger' },
    ratio: { type: 'float', max: 0.5 },
    price: { type: 'decimal' },
    active: { type: 'boolean' },
    blocked: { type: 'boolean' },
    kind: { type: 'enumeration', enum: ['first', 'second'] },
    birthday: { type: 'date' },
    opensAt: { type: 'time' },
    validUntil: { type: 'datetime' },
    stamp: { type: 'timestamp' },
    data: { type: 'json' },
    story: { type: 'blocks' },
    colour: { type: 'string', default: '#ff0000' },
    whatever: { type: 'customField' },
    secret: { type: 'string', private: true },
    password: { type: 'password' },
    cover: { type: 'media' },
    gallery: { type: 'media', multiple: true },
    one: { type: 'relation', relation: 'manyToOne', target: 'api::other.other' },
    many: { type: 'relation', relation: 'manyToMany', target: 'api::other.other' },
    hiddenOnes: { type: 'relation', relation: 'oneToMany', target: 'api::other.other', private: true },
    anything: { type: 'relation', relation: 'morphToOne' },
    box: { type: 'component', component: 'shared.box' },
    boxes: { type: 'component', component: 'shared.box', repeatable: true },
    zone: { type: 'dynamiczone', components: ['shared.box', 'shared.note'] },
  },
});

const other = loaded('api::other.other', {
  info: { singularName: 'other', displayName: 'Other' },
  attributes: {
    title: { type: 'string' },
    margin: { type: 'decimal', private: true },
    things: { type: 'relation', relation: 'oneToMany', target: 'api::thing.thing' },
    picture: { type: 'media' },
  },
});

const box: ContentModel = {
  uid: 'shared.box',
  modelName: 'box',
  info: { displayName: 'Box' },
  attributes: {
    label: { type: 'string' },
    note: { type: 'component', component: 'shared.note' },
    target: { type: 'relation', relation: 'oneToOne', target: 'api::other.other' },
  },
};
const note: ContentModel = {
  uid: 'shared.note',
  modelName: 'note',
  info: { displayName: 'Note' },
  attributes: { body: { type: 'text' }, password: { type: 'password' } },
};

export const everyTypes = byUid([everything, other, ...pluginTypes]);
export const everyComponents = byUid([box, note]);
