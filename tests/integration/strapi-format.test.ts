import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Core, UID } from '@strapi/strapi';
import { databases } from './harness/databases';
import { addParcels } from './harness/parcels';
import { addWebhook, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import type { Received } from './harness/receiver';
import { quiet, until } from './harness/wait';

type Data = Record<string, unknown>;
interface Doc {
  id: number;
  documentId: string;
}

const coreEvents = [
  ...['entry.create', 'entry.update', 'entry.delete', 'entry.publish', 'entry.unpublish'],
  ...['entry.draft-discard', 'media.create', 'media.update', 'media.delete'],
];

/** Every scalar that Strapi has, private ones among them. */
const dossier = {
  kind: 'collectionType',
  collectionName: 'dossiers',
  info: { singularName: 'dossier', pluralName: 'dossiers', displayName: 'Dossier' },
  options: { draftAndPublish: true },
  pluginOptions: { i18n: { localized: true } },
  attributes: {
    title: { type: 'string', pluginOptions: { i18n: { localized: true } } },
    slug: { type: 'uid', targetField: 'title' },
    words: { type: 'richtext' },
    rich: { type: 'blocks' },
    kind: { type: 'enumeration', enum: ['open', 'closed'] },
    pin: { type: 'password' },
    remark: { type: 'text', private: true },
    mail: { type: 'email' },
    day: { type: 'date' },
    clock: { type: 'time' },
    moment: { type: 'datetime' },
    price: { type: 'decimal' },
    weight: { type: 'float' },
    big: { type: 'biginteger' },
    count: { type: 'integer' },
    urgent: { type: 'boolean' },
    facts: { type: 'json' },
    cover: { type: 'media', multiple: false },
    article: { type: 'relation', relation: 'manyToOne', target: 'api::article.article' },
    articles: { type: 'relation', relation: 'manyToMany', target: 'api::article.article' },
    author: { type: 'relation', relation: 'oneToOne', target: 'api::author.author' },
    secretAuthor: { type: 'relation', relation: 'oneToOne', target: 'api::author.author', private: true },
    crates: { type: 'component', repeatable: true, component: 'parcel.crate' },
    // As i18n adds them to every localized type when it registers, which is over by now.
    locale: { type: 'string', writable: true, visible: false, configurable: false },
    localizations: {
      ...{ type: 'relation', relation: 'oneToMany', target: 'api::dossier.dossier' },
      ...{ unstable_virtual: true, configurable: false, writable: false, visible: false },
    },
  },
};

/** Accounts and files in every place, and creators that are told. */
const shipment = {
  kind: 'collectionType',
  collectionName: 'shipments',
  info: { singularName: 'shipment', pluralName: 'shipments', displayName: 'Shipment' },
  options: { draftAndPublish: true, populateCreatorFields: true },
  attributes: {
    title: { type: 'string' },
    cover: { type: 'media', multiple: false },
    pictures: { type: 'media', multiple: true },
    customer: { type: 'relation', relation: 'manyToOne', target: 'plugin::users-permissions.user' },
    watchers: { type: 'relation', relation: 'manyToMany', target: 'plugin::users-permissions.user' },
    parent: { type: 'relation', relation: 'manyToOne', target: 'api::shipment.shipment' },
    box: { type: 'component', repeatable: false, component: 'parcel.box' },
    zone: { type: 'dynamiczone', components: ['parcel.box', 'parcel.crate'] },
    locale: { type: 'string', private: true, visible: false, configurable: false },
  },
};

const everything = {
  title: 'Перша: "quoted" \\ \u2028 🥣',
  slug: 'first',
  words: '# A\n\tB',
  rich: [{ type: 'paragraph', children: [{ type: 'text', text: 'Soup' }] }],
  kind: 'open',
  pin: 'never told',
  remark: 'never told either',
  mail: 'a@example.com',
  day: '2026-11-24',
  clock: '14:02:07.418',
  moment: '2026-11-24T14:02:07.418Z',
  price: 12.5,
  weight: 0.1,
  big: '9007199254740993',
  count: 0,
  urgent: false,
  facts: { z: 1, a: [null, { deep: 'value' }], ü: '\u0001' },
};

/** The bytes, but for the time stamp. */
const masked = ({ body }: Received): string =>
  body.toString('utf8').replace(/"createdAt":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/, '"createdAt":"…"');

/** With scalars in the order of their keys, and after them all that is populated, by name. */
const inOneOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOneOrder);
  if (typeof value !== 'object' || value === null) return value;
  const all = Object.entries(value).map(([key, of]): [string, unknown] => [key, inOneOrder(of)]);
  const scalars = all.filter(([, of]) => typeof of !== 'object');
  const others = all.filter(([, of]) => typeof of === 'object');
  return Object.fromEntries([...scalars, ...others.sort(([one], [other]) => (one < other ? -1 : 1))]);
};

/**
 * What is compared. Strapi reads all that it populates at once, and adds each to the entry when its answer is there
 * (`@strapi/database` query/helpers/populate/apply.js): with SQLite's one connection always in the same order, with a
 * pool of connections in any. There it is the bytes but for that order, and how many they are.
 */
const comparedOn = (database: string) => (request: Received) => {
  const text = masked(request);
  if (database === 'sqlite') return text;
  return `${Buffer.byteLength(text)} bytes: ${JSON.stringify(inOneOrder(JSON.parse(text)))}`;
};
const nameOf = ({ headers }: Received): string => String(headers['x-strapi-event']);

describe.each(databases.filter(({ client }) => client === 'sqlite'))(
  'the format strapi and Strapi’s own webhook ($client)',
  (database) => {
    let playground: Playground;
    let strapi: Core.Strapi;
    let receiver: Receiver;
    const compared = comparedOn(database.client);

    const sentTo = (route: string): Received[] => receiver.requests.filter(({ path: to }) => to === route);
    const documents = (uid: string) => strapi.documents(uid as UID.ContentType) as unknown as Documents;
    const create = (uid: string, data: Data, more: Data = {}) =>
      documents(uid).create({ data, ...more }) as Promise<Doc>;
    const settled = async () => {
      for (let before = -1; before !== receiver.requests.length;) {
        before = receiver.requests.length;
        await quiet(300);
      }
      receiver.requests.length = 0;
    };

    /**
     * Makes a change: both webhooks send these events, with the same bytes; `alone` is what only one of them sends. Returns
     * the bodies.
     */
    const same = async (
      events: readonly string[],
      change: () => Promise<unknown>,
      alone: { core?: string[]; ours?: string[] } = {},
    ): Promise<Data[]> => {
      const [onlyCore, onlyOurs] = [alone.core ?? [], alone.ours ?? []];
      receiver.requests.length = 0;
      await change();
      await until(
        `${events.join()} from both`,
        () =>
          sentTo('/core').length >= events.length + onlyCore.length &&
          sentTo('/ours').length >= events.length + onlyOurs.length,
      );
      const [core, ours] = [sentTo('/core'), sentTo('/ours')];
      const without = (all: readonly Received[], others: readonly Received[]) => {
        const known = new Set(others.map(compared));
        return all.filter((one) => !known.has(compared(one)));
      };
      const [restOfCore, restOfOurs] = [without(core, ours), without(ours, core)];
      if (onlyCore.length + onlyOurs.length === 0)
        expect(restOfOurs.map(compared)).toEqual(restOfCore.map(compared));
      expect([restOfCore.map(nameOf), restOfOurs.map(nameOf)]).toEqual([onlyCore, onlyOurs]);
      const both = ours.filter((one) => !restOfOurs.includes(one));
      expect(both.map(nameOf).sort()).toEqual([...events].sort());
      for (const one of both) expect(one.headers['content-type']).toBe('application/json');
      return both.map(({ body }) => JSON.parse(body.toString('utf8')) as Data);
    };

    /** Deletes: Strapi sends one event for each row, ours is that of one of them. */
    const sameOfOne = async (rows: number, change: () => Promise<unknown>): Promise<Data> => {
      receiver.requests.length = 0;
      await change();
      await until('both', () => sentTo('/core').length >= rows && sentTo('/ours').length >= 1);
      const core = sentTo('/core').map((one) => [nameOf(one), compared(one)]);
      const ours = sentTo('/ours');
      expect(core).toContainEqual(ours.map((one) => [nameOf(one), compared(one)])[0]);
      expect([ours.length, core.length]).toEqual([1, rows]);
      return (JSON.parse(String(ours[0]?.body)) as { entry: Data }).entry;
    };

    let uploaded = 0;
    const upload = async (): Promise<Doc> => {
      const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-'));
      const filepath = path.join(folder, 'mug.txt');
      uploaded += 1;
      writeFileSync(filepath, `mug ${uploaded}`);
      const service = strapi.plugin('upload').service('upload') as {
        upload(of: Data): Promise<Doc[]>;
      };
      const size = readFileSync(filepath).length;
      const files = { filepath, originalFilename: `mug ${uploaded}.txt`, mimetype: 'text/plain', size };
      const [file] = await service.upload({ data: { fileInfo: { caption: 'A mug' } }, files });
      rmSync(folder, { recursive: true, force: true });
      if (!file) throw new Error('nothing was uploaded');
      return file;
    };
    const uploads = () =>
      strapi.plugin('upload').service('upload') as {
        updateFileInfo(id: number, info: Data): Promise<unknown>;
        remove(file: unknown): Promise<unknown>;
        findOne(id: number): Promise<unknown>;
      };

    beforeAll(async () => {
      receiver = await new Receiver().start();
      playground = await startPlayground({
        database,
        register: (app) => {
          addParcels(app);
          const types = app.get('content-types') as {
            add(namespace: string, types: Record<string, { schema: unknown }>): void;
          };
          types.add('api::dossier', { dossier: { schema: dossier } });
          types.add('api::shipment', { shipment: { schema: shipment } });
        },
      });
      strapi = playground.strapi;
      await strapi
        .plugin('i18n')
        .service('locales')
        .create({ code: 'uk', name: 'Ukrainian' })
        .catch(() => null);
      const core = await strapi.get('webhookStore').createWebhook({
        name: 'Core',
        url: receiver.url('/core'),
        headers: {},
        events: coreEvents,
        isEnabled: true,
      });
      strapi.get('webhookRunner').add(core);
      await addWebhook(playground, {
        url: receiver.url('/ours'),
        format: 'strapi',
        events: ['dossier.*', 'shipment.*', 'parcel.*', 'article.*', 'author.*', 'media.*', 'user.*'],
      });
    });
    afterAll(async () => {
      await playground?.stop();
      await receiver?.stop();
    });

    it('a file: uploaded, changed and deleted', async () => {
      let file: Doc | undefined;
      const [created] = await same(['media.create'], async () => {
        file = await upload();
      });
      expect(created).toMatchObject({ event: 'media.create', media: { caption: 'A mug' } });
      const { id = 0 } = file ?? {};
      await same(['media.update'], () =>
        uploads().updateFileInfo(id, { name: 'cup.txt', alternativeText: 'A cup' }),
      );
      await same(['media.delete'], async () => uploads().remove(await uploads().findOne(id)));
    });

    it('an entry with every kind of field, in two locales, from its creation to its deletion', async () => {
      const [cover, picture] = [await upload(), await upload()];
      const author = await create('api::author.author', { name: 'Olena', email: 'olena@example.com' });
      const one = await create('api::article.article', { title: 'One', author: author.id, cover: cover.id });
      await documents('api::article.article').publish({ documentId: one.documentId });
      const two = await create('api::article.article', { title: 'Two' });
      await settled();

      const uid = 'api::dossier.dossier';
      let documentId = '';
      const [created] = await same(['entry.create'], async () => {
        ({ documentId } = await create(uid, {
          ...everything,
          ...{ cover: cover.id, article: one.id, articles: [two.id, one.id] },
          ...{ author: author.id, secretAuthor: author.id },
          crates: [{ box: { label: 'A', picture: picture.id } }, { box: { label: 'B' } }],
        }));
      });
      const { entry } = created as { entry: Data };
      expect(entry).toMatchObject({ kind: 'open', articles: [{ title: 'Two' }, { title: 'One' }] });
      for (const name of ['pin', 'remark', 'secretAuthor']) expect(entry).not.toHaveProperty(name);
      await same(['entry.update'], () =>
        documents(uid).update({ documentId, data: { title: 'Changed', crates: [{ box: { label: 'C' } }] } }),
      );
      // A translation that does not exist yet, whose shared fields are copied from the other.
      await same(['entry.create'], () =>
        documents(uid).update({ documentId, locale: 'uk', data: { title: 'Українською' } }),
      );
      await same(['entry.publish'], () => documents(uid).publish({ documentId }));
      // Afterwards i18n copies the shared fields to the other locale: a change, of which Strapi tells nobody.
      await same(
        ['entry.publish', 'entry.publish'],
        () => documents(uid).publish({ documentId, locale: '*' }),
        { ours: ['entry.publish'] },
      );
      await same(
        ['entry.update', 'entry.publish'],
        () => documents(uid).update({ documentId, data: { title: 'Live' }, status: 'published' }),
        { ours: ['entry.publish'] },
      );
      await documents(uid).update({ documentId, data: { title: 'Draft only' } });
      await settled();
      await same(['entry.draft-discard'], () => documents(uid).discardDraft({ documentId }));
      await same(['entry.unpublish'], () => documents(uid).unpublish({ documentId }));
      // What is told depends on what the caller selects.
      await documents(uid).publish({ documentId });
      await settled();
      await same(['entry.unpublish'], () =>
        documents(uid).unpublish({ documentId, populate: { articles: { fields: ['title'] }, crates: true } }),
      );
      await sameOfOne(2, () => documents(uid).delete({ documentId, locale: 'uk' }));
      const gone = await sameOfOne(1, () =>
        documents(uid).delete({ documentId, fields: ['title', 'pin'], populate: ['author', 'articles'] }),
      );
      expect(gone).toMatchObject({ author: { name: 'Olena' }, title: 'Live' });
      expect(gone).not.toHaveProperty('pin');
    });

    it('by the content manager, with accounts, zones and creators', async () => {
      const users = strapi.plugin('users-permissions').service('user') as { add(values: Data): Promise<Doc> };
      const account = {
        username: 'olena',
        email: 'olena@example.com',
        password: 'Very-secret-1',
        provider: 'local',
      };
      let user: Doc | undefined;
      const [added] = await same(['entry.create'], async () => {
        user = await users.add(account);
      });
      expect(JSON.stringify(added)).not.toContain('password');
      const [cover, picture] = [await upload(), await upload()];
      await settled();

      const route = '/content-manager/collection-types/api::shipment.shipment';
      const call = async (method: string, target: string, body?: unknown): Promise<Data> => {
        const response = await playground.admin<{ data: Data }>(method, target, body);
        if (response.status >= 300) throw new Error(JSON.stringify(response.body));
        return response.body.data;
      };
      let documentId = '';
      const [created] = await same(['entry.create'], async () => {
        const made = await call('POST', route, {
          title: 'One',
          ...{ cover: cover.id, pictures: [picture.id, cover.id] },
          customer: { connect: [{ id: user?.id, documentId: user?.documentId }] },
          watchers: { connect: [{ id: user?.id, documentId: user?.documentId }] },
          box: { label: 'Box', picture: picture.id, keeper: { connect: [{ id: user?.id }] } },
          zone: [
            { __component: 'parcel.crate', box: { label: 'In', picture: cover.id } },
            { __component: 'parcel.box', keeper: { connect: [{ id: user?.id }] } },
          ],
        });
        documentId = String(made['documentId']);
      });
      expect(created).toMatchObject({
        entry: { customer: { username: 'olena' }, createdBy: { firstname: 'Anna' }, pictures: [{}, {}] },
      });
      await same(['entry.update'], () => call('PUT', `${route}/${documentId}`, { title: 'Two' }));
      // It saves first, which changes nothing here.
      await same(
        ['entry.publish'],
        () => call('POST', `${route}/${documentId}/actions/publish`, { title: 'Two' }),
        { core: ['entry.update'] },
      );
      await same(['entry.update', 'entry.publish'], () =>
        call('POST', `${route}/${documentId}/actions/publish`, { title: 'Three' }),
      );
      await call('PUT', `${route}/${documentId}`, { title: 'Draft' });
      await settled();
      await same(['entry.draft-discard'], () => call('POST', `${route}/${documentId}/actions/discard`, {}));
      await same(['entry.unpublish'], () => call('POST', `${route}/${documentId}/actions/unpublish`, {}));
      await call('POST', `${route}/${documentId}/actions/publish`, {});
      await settled();
      await sameOfOne(2, () => playground.admin('DELETE', `${route}/${documentId}`));
    });

    it('what polymorphic relations lead to', async () => {
      const [{ id, documentId }] = [await create('api::parcel.parcel', { title: 'One' })];
      const about = { __type: 'api::parcel.parcel', id };
      await create('api::note.note', { text: 'N', about, places: [about] });
      await create('api::memo.memo', { text: 'M', about });
      await settled();
      const [updated] = await same(['entry.update'], () =>
        documents('api::parcel.parcel').update({ documentId, data: { title: 'Two' } }),
      );
      expect(updated).toMatchObject({ entry: { label: { text: 'N' }, remarks: [{ text: 'M' }] } });
      await sameOfOne(1, () => documents('api::parcel.parcel').delete({ documentId }));
    });
  },
);

interface Documents {
  create(params: Data): Promise<unknown>;
  update(params: Data): Promise<unknown>;
  publish(params: Data): Promise<unknown>;
  unpublish(params: Data): Promise<unknown>;
  discardDraft(params: Data): Promise<unknown>;
  delete(params: Data): Promise<unknown>;
}
