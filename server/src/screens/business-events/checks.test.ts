import { createCatalog } from '../../catalog';
import type { CatalogInput } from '../../catalog';
import { byUid, loaded, pluginTypes } from '../../catalog/playground.fixture';
import type { BusinessEventRow } from '../../store';
import { createBusinessEventChecks } from './checks';

const type = (name: string) =>
  loaded(`api::${name}.${name}`, {
    info: { singularName: name, displayName: name },
    attributes: { title: { type: 'string' } },
  });
const inner = (uid: string) =>
  loaded(uid, {
    info: { singularName: uid.replace(/.*\./, ''), displayName: uid },
    attributes: { firstname: { type: 'string' } },
  });
const contentTypes = byUid([
  ...pluginTypes,
  ...[type('order'), type('note')],
  ...[inner('admin::user'), inner('plugin::shop.cart')],
  { ...inner('plugin::shop.hidden'), pluginOptions: { 'content-manager': { visible: false } } },
]);
const endUser = 'plugin::users-permissions.user';

const made = (config: CatalogInput['config'] = {}) => {
  const catalog = createCatalog({ contentTypes, components: {}, config });
  return {
    catalog,
    checks: createBusinessEventChecks({ catalog: () => catalog, subjectsOfTypes: async () => [] }),
  };
};
const event = (contentType: string) => ({
  ...{ displayName: 'Something', type: 'something.happened', description: '', contentType },
  on: [{ on: ['created' as const], when: null }],
  payload: { kind: 'entry' as const, fields: null },
});
const told = async (uid: string, config?: CatalogInput['config'], old: BusinessEventRow | null = null) =>
  (await made(config).checks.tried(event(uid), old)).problems.map(({ path, message }) => [
    path.join('.'),
    message,
  ]);
const refused = (uid: string) => [['contentType', `${uid} gives no business events`]];

describe('the content type of a business event', () => {
  it.each(['api::order.order', 'plugin::shop.cart', endUser])('may be %s', async (uid) => {
    expect(await told(uid)).toEqual([]);
  });

  it.each(['admin::user', 'plugin::shop.hidden'])('is not %s unless the site includes it', async (uid) => {
    expect(await told(uid)).toEqual(refused(uid));
    expect(await told(uid, { contentTypes: { include: [uid] } })).toEqual([]);
  });

  it.each(['api::order.order', 'plugin::shop.cart', endUser])(
    'is not %s where the site excludes it',
    async (uid) => {
      const config = { contentTypes: { exclude: [uid] } };
      expect(await told(uid, config)).toEqual(refused(uid));
      const offered = made(config).catalog.subjects();
      expect(offered.map((subject) => subject.uid)).not.toContain(uid);
      expect(offered.map((subject) => subject.uid)).toContain('api::note.note');
    },
  );

  it('is said to be wrong once', async () => {
    expect(await told('api::gone.gone')).toEqual([
      ['contentType', '"api::gone.gone" is not a content type of this Strapi'],
    ]);
  });

  it('stays what it was in a stored one, so that the rest of it can be saved', async () => {
    const config = { contentTypes: { exclude: ['api::order.order'] } };
    const old = { id: 1, ...event('api::order.order') } as BusinessEventRow;
    expect(await told('api::order.order', config, old)).toEqual([]);
    const other = { id: 1, ...event('api::note.note') } as BusinessEventRow;
    expect(await told('api::order.order', config, other)).toEqual(refused('api::order.order'));
  });
});
