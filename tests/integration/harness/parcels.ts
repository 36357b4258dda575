import type { Core } from '@strapi/strapi';

type Schema = Record<string, unknown>;

const relation = (kind: string, target: string, more: Schema = {}): Schema => ({
  type: 'relation',
  relation: kind,
  target,
  ...more,
});
const user = 'plugin::users-permissions.user';

const box: Schema = {
  collectionName: 'components_parcel_boxes',
  info: { displayName: 'Box' },
  options: {},
  attributes: {
    label: { type: 'string' },
    picture: { type: 'media', multiple: false },
    keeper: relation('oneToOne', user),
  },
};

/** A component that holds a component with a file in it. */
const crate: Schema = {
  collectionName: 'components_parcel_crates',
  info: { displayName: 'Crate' },
  options: {},
  attributes: { box: { type: 'component', repeatable: false, component: 'parcel.box' } },
};

const type = (name: string, attributes: Schema, options: Schema): Schema => ({
  kind: 'collectionType',
  collectionName: `${name}s`,
  info: {
    singularName: name,
    pluralName: `${name}s`,
    displayName: name.replace(/^./, (a) => a.toUpperCase()),
  },
  options,
  // As i18n adds it to every type when it registers, which is over by now.
  attributes: { ...attributes, locale: { type: 'string', private: true, configurable: false } },
});

const parcel = type(
  'parcel',
  {
    title: { type: 'text' },
    cover: { type: 'media', multiple: false },
    pictures: { type: 'media', multiple: true },
    customer: relation('manyToOne', user),
    watchers: relation('manyToMany', user),
    box: { type: 'component', repeatable: false, component: 'parcel.box' },
    zone: { type: 'dynamiczone', components: ['parcel.box', 'parcel.crate'] },
    label: relation('morphOne', 'api::note.note', { morphBy: 'about' }),
    remarks: relation('morphMany', 'api::memo.memo', { morphBy: 'about' }),
    pin: relation('morphOne', 'api::note.note', { morphBy: 'places' }),
    pins: relation('morphMany', 'api::note.note', { morphBy: 'places' }),
    parent: relation('manyToOne', 'api::parcel.parcel'),
  },
  { draftAndPublish: true, populateCreatorFields: true },
);

const note = type(
  'note',
  {
    text: { type: 'string' },
    about: { type: 'relation', relation: 'morphToOne' },
    places: { type: 'relation', relation: 'morphToMany' },
  },
  { draftAndPublish: false },
);

/** Of several `morphToOne` in one type Strapi makes the same columns: the second kind of notes is a type of its own. */
const memo = type(
  'memo',
  { text: { type: 'string' }, about: { type: 'relation', relation: 'morphToOne' } },
  { draftAndPublish: false },
);

/**
 * Content types with what the playground has not: accounts and files in every place, relations of each polymorphic kind,
 * creators that are told.
 */
export function addParcels(strapi: Core.Strapi): void {
  const components = strapi.get('components') as { set(uid: string, component: Schema): unknown };
  const component = (uid: string, schema: Schema) =>
    components.set(uid, {
      ...schema,
      uid,
      category: 'parcel',
      modelType: 'component',
      modelName: uid.split('.')[1],
      globalId: `Component${uid.split('.')[1]}`,
    });
  component('parcel.box', box);
  component('parcel.crate', crate);
  const contentTypes = strapi.get('content-types') as {
    add(namespace: string, types: Record<string, { schema: Schema }>): unknown;
  };
  contentTypes.add('api::parcel', { parcel: { schema: parcel } });
  contentTypes.add('api::note', { note: { schema: note } });
  contentTypes.add('api::memo', { memo: { schema: memo } });
}
