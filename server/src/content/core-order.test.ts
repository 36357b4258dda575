import { inCoreOrder } from './core-order';
import type { PopulatedAttribute } from './core-order';

const relation: PopulatedAttribute = { type: 'relation' };
const creator: PopulatedAttribute = { type: 'relation', useJoinTable: false };
const types: Record<string, [string, PopulatedAttribute][]> = {
  parcel: [
    ['cover', { type: 'media' }],
    ['box', { type: 'component', component: 'box' }],
    ['zone', { type: 'dynamiczone' }],
    ['label', relation],
    ['parent', relation],
    ['createdBy', creator],
  ],
  box: [
    ['picture', { type: 'media' }],
    ['keeper', creator],
  ],
  crate: [['box', { type: 'component', component: 'box' }]],
};
const keys = (row: Record<string, unknown>): string =>
  Object.keys(inCoreOrder([row], 'parcel', (uid) => types[uid] ?? [])[0] ?? {}).join();

describe('the order in which Strapi tells what it populates', () => {
  it('what needs no query comes first, then what needs one, as in the schema', () => {
    const row = {
      id: 1,
      title: 'One',
      createdBy: null,
      label: { id: 1 },
      parent: null,
      cover: null,
      box: null,
      zone: [],
    };
    expect(keys(row)).toBe('id,title,createdBy,cover,box,zone,label,parent');
  });

  it('what leads on comes later, the deepest last', () => {
    const zone = [{ id: 2, box: { id: 3, picture: null, keeper: null }, __component: 'crate' }];
    const row = {
      id: 1,
      zone,
      box: { id: 1, picture: null, keeper: { id: 1 } },
      cover: null,
      createdBy: { id: 1 },
    };
    expect(keys(row)).toBe('id,cover,createdBy,box,zone');
  });

  it('inside components too, by all of them together; values and other keys stay', () => {
    const zone = [
      { id: 1, picture: { id: 1 }, keeper: null, __component: 'box' },
      { id: 2, picture: null, keeper: { id: 1 }, __component: 'box' },
    ];
    const box = { id: 3, label: 'A', picture: { id: 1 }, keeper: null };
    const [told] = inCoreOrder([{ id: 1, zone, box }], 'parcel', (uid) => types[uid] ?? []);
    expect(told).toEqual({ id: 1, zone, box });
    expect(JSON.stringify(told)).toBe(
      '{"id":1,"box":{"id":3,"label":"A","keeper":null,"picture":{"id":1}},"zone":[{"id":1,"picture":{"id":1},"keeper":null,"__component":"box"},{"id":2,"picture":null,"keeper":{"id":1},"__component":"box"}]}',
    );
  });
});
