import type { Core, UID } from '@strapi/strapi';
import type { EventTypeList, TestResult } from '../../contracts';
import { databases } from './harness/databases';
import type { TestDatabase } from './harness/databases';
import { addParcels } from './harness/parcels';
import { addWebhook, forgetEvents, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { until } from './harness/wait';

type Data = Record<string, unknown>;
interface Doc {
  id: number;
  documentId: string;
}
interface Told {
  type: string;
  data: Data & { entry: Data; previous: Data | null };
}

let playground: Playground;
let strapi: Core.Strapi;
let receiver: Receiver;

const event = (type: string, payload: unknown) => ({
  ...{ type, displayName: type, description: 'A parcel.', contentType: 'api::parcel.parcel' },
  on: [{ on: 'created' }],
  payload,
});
const boot = async (settings: Data = {}, database?: TestDatabase) => {
  receiver = await new Receiver().start();
  playground = await startPlayground({
    settings,
    ...(database && { database }),
    register: (app) => {
      addParcels(app);
      app.config.set('plugin::event-webhooks.events', [
        event('parcel.paths', { cover: 'cover.url', picture: 'box.picture.url' }),
        event('parcel.told', (entry: { cover?: Data }) => ({ cover: entry.cover?.['url'] ?? null })),
      ]);
    },
  });
  strapi = playground.strapi;
};
const stop = async () => {
  await playground?.stop();
  await receiver?.stop();
};

const documents = (uid: string) => strapi.documents(uid as UID.ContentType);
const create = async (data: Data): Promise<Doc> =>
  (await documents('api::parcel.parcel').create({ data } as never)) as unknown as Doc;
let count = 0;
const file = (more: Data = {}): Promise<Doc> => {
  count += 1;
  return strapi.db.query('plugin::upload.file').create({
    data: {
      ...{
        name: 'mug.png',
        hash: `mug_${count}`,
        ext: '.png',
        mime: 'image/png',
        size: 12.5,
        folderPath: '/1',
      },
      ...{ url: `/uploads/mug_${count}.png`, previewUrl: '/uploads/preview.png', provider: 'local' },
      formats: { small: { url: `/uploads/small_${count}.png`, width: 50 } },
      ...more,
    },
  }) as Promise<Doc>;
};
const rename = (id: number, name: string): Promise<unknown> =>
  (
    strapi.plugin('upload').service('upload') as {
      updateFileInfo(id: number, info: Data): Promise<unknown>;
    }
  ).updateFileInfo(id, { name });
const told = (type: string) => (receiver.bodies() as unknown as Told[]).filter((body) => body.type === type);
const one = async (type: string): Promise<Told> => {
  await until(type, () => told(type).length > 0);
  const [first] = told(type);
  if (!first) throw new Error(`no ${type}`);
  return first;
};
const fresh = async () => {
  await forgetEvents(playground);
  receiver.requests.length = 0;
};

describe.each(databases)('addresses of files, where the app has said its own ($client)', (database) => {
  beforeAll(async () => {
    await boot({ 'server.url': 'https://cms.example.com/' }, database);
    await addWebhook(playground, { url: receiver.url(), events: ['parcel.*', 'media.*'] });
  });
  afterAll(stop);
  beforeEach(fresh);

  const cms = 'https://cms.example.com/uploads';

  it('are whole in every place of an entry, in payloads of paths and functions, and in the past', async () => {
    const [cover, picture] = [await file(), await file()];
    const bucket = await file({ url: 'https://bucket.example.com/a.png', previewUrl: null, formats: null });
    const { documentId } = await create({
      title: 'One',
      cover: cover.id,
      pictures: [picture.id, bucket.id],
      box: { picture: picture.id },
      zone: [{ __component: 'parcel.crate', box: { picture: picture.id } }],
    });
    const { data } = await one('parcel.created');
    const whole = { url: expect.stringMatching(`^${cms}/mug_`) as unknown };
    expect(data.entry).toMatchObject({
      cover: {
        ...whole,
        previewUrl: `${cms}/preview.png`,
        formats: { small: { url: expect.stringMatching(`^${cms}/small_`), width: 50 } },
      },
      pictures: [whole, { url: 'https://bucket.example.com/a.png', previewUrl: null, formats: null }],
      box: { picture: whole },
      zone: [{ box: { picture: whole } }],
    });
    expect((await one('parcel.paths')).data).toEqual({ cover: whole.url, picture: whole.url });
    expect((await one('parcel.told')).data).toEqual({ cover: whole.url });
    await documents('api::parcel.parcel').update({ documentId, data: { box: { label: 'B' } } } as never);
    expect((await one('parcel.updated')).data.previous).toMatchObject({ box: { picture: whole } });
  });

  it('are whole in the events of files, in what is tested by hand, and in the samples', async () => {
    const cover = await file();
    const { documentId } = await create({ title: 'One', cover: cover.id });
    expect((await one('media.created')).data.entry['url']).toContain(`${cms}/mug_`);
    const test = await playground.admin<TestResult>('POST', '/event-webhooks/webhooks/actions/test', {
      webhook: { name: 'X', url: receiver.url(), events: ['parcel.*'] },
      eventType: 'parcel.updated',
      entry: { uid: 'api::parcel.parcel', documentId },
    });
    expect(JSON.stringify(test.body)).toContain(`${cms}/mug_`);
    const types = await playground.admin<EventTypeList>('GET', '/event-webhooks/event-types');
    const sample = (type: string) =>
      JSON.stringify(types.body.results.find((found) => found.type === type)?.sample);
    for (const type of ['parcel.created', 'parcel.paths', 'parcel.told', 'media.updated']) {
      expect(sample(type)).not.toMatch(/":"\/uploads/);
      expect(sample(type)).toContain(`${cms}/`);
    }
  });

  it('a file tells which entries use it: each version and locale, through components to the entry', async () => {
    const cover = await file();
    const { documentId } = await create({
      title: 'One',
      cover: cover.id,
      zone: [{ __component: 'parcel.crate', box: { picture: cover.id } }],
    });
    const article = (await documents('api::article.article').create({
      data: { title: 'News', cover: cover.id },
    } as never)) as unknown as Doc;
    await documents('api::article.article').publish({ documentId: article.documentId } as never);
    await fresh();
    await rename(cover.id, 'cup.png');
    const { data } = await one('media.updated');
    const parcel = { uid: 'api::parcel.parcel', documentId, locale: null, status: 'draft' };
    const news = {
      uid: 'api::article.article',
      documentId: article.documentId,
      locale: 'en',
      field: 'cover',
    };
    expect(data.entry['related']).toHaveLength(4);
    expect(data.entry['related']).toEqual(
      expect.arrayContaining([
        { ...parcel, field: 'cover' },
        { ...parcel, field: 'zone.box.picture' },
        { ...news, status: 'draft' },
        { ...news, status: 'published' },
      ]),
    );
    expect(data).not.toHaveProperty('truncated');
    await strapi.db.query('plugin::upload.file').delete({ where: { id: cover.id } });
    expect((await one('media.deleted')).data.entry['related']).toHaveLength(4);
  });

  it('of more than 100 entries the first are named, and how many there are', async () => {
    const cover = await file();
    for (let at = 0; at < 103; at += 1) await create({ title: `${at}`, cover: cover.id });
    await fresh();
    await rename(cover.id, 'cup.png');
    const { data } = await one('media.updated');
    expect(data.entry['related']).toHaveLength(100);
    expect(data['truncated']).toEqual({ related: 103 });
  });
});

describe('files of a private provider', () => {
  let signed = 0;
  let answer: (file: Data) => unknown = () => null;
  /** Whether a transaction was open where the provider's code ran. */
  const inTransaction: boolean[] = [];
  const warnings: string[] = [];
  const sign = (one: Data) => {
    signed += 1;
    inTransaction.push(strapi.db.inTransaction());
    return { url: `https://bucket.example.com${String(one['url'])}?signature=${signed}` };
  };

  beforeAll(async () => {
    await boot();
    const upload = strapi.plugin('upload') as unknown as { provider: Data };
    upload.provider = {
      ...upload.provider,
      isPrivate: () => Promise.resolve(true),
      getSignedUrl: (one: Data) => answer(one),
    };
    // The loop hears of the new provider with its next turn.
    await addWebhook(playground, {
      url: receiver.url(),
      events: ['parcel.*', 'media.*'],
      retryScheduleSeconds: [1, 1],
    });
    await create({ title: 'First' });
    await one('parcel.told');
    strapi.log.warn = ((message: string) => void warnings.push(message)) as never;
  });
  afterAll(stop);
  beforeEach(async () => {
    await fresh();
    answer = sign;
    receiver.answer = () => ({});
    warnings.length = 0;
  });

  it('are signed before the body is fixed: each try sends the same bytes; nothing is signed in a transaction', async () => {
    receiver.answer = (request) => ({
      status: receiver.requests.filter(({ body }) => body.equals(request.body)).length === 1 ? 500 : 200,
    });
    const cover = await file();
    await create({ title: 'One', cover: cover.id, box: { picture: cover.id } });
    const tries = () => receiver.requests.filter(({ body }) => body.includes('"parcel.created"'));
    await until('two tries', () => tries().length === 2);
    expect(new Set(tries().map(({ body }) => body.toString())).size).toBe(1);
    const { data } = await one('parcel.created');
    const url = expect.stringMatching(
      /^https:\/\/bucket\.example\.com\/uploads\/.*\?signature=\d+$/,
    ) as unknown;
    expect(data.entry).toMatchObject({
      cover: { url, isUrlSigned: true, formats: { small: { url } } },
      box: { picture: { url, isUrlSigned: true } },
    });
    expect((await one('parcel.paths')).data).toEqual({ cover: url, picture: url });
    expect((await one('parcel.told')).data).toEqual({ cover: url });
    expect((await one('media.created')).data.entry).toMatchObject({ url, isUrlSigned: true });
    expect(inTransaction).not.toContain(true);
  });

  it('of another provider are told as they are', async () => {
    const cover = await file({ provider: 'elsewhere' });
    await create({ title: 'One', cover: cover.id });
    const { data } = await one('parcel.created');
    expect(data.entry['cover']).toMatchObject({ url: expect.stringMatching(/^\/uploads/) });
    expect(data.entry['cover']).not.toHaveProperty('isUrlSigned');
  });

  it('are signed in a test with real data', async () => {
    const cover = await file();
    const { documentId } = await create({ title: 'One', cover: cover.id });
    for (const eventType of ['parcel.updated', 'parcel.paths', 'parcel.told']) {
      const test = await playground.admin<TestResult>('POST', '/event-webhooks/webhooks/actions/test', {
        webhook: { name: 'X', url: receiver.url(), events: ['parcel.*'] },
        eventType,
        entry: { uid: 'api::parcel.parcel', documentId },
      });
      expect(JSON.stringify(test.body)).toContain('?signature=');
    }
  });

  it('that cannot be signed, or not in time, are told unsigned, once with a warning; the others go on', async () => {
    answer = () => Promise.reject(new Error('no credentials'));
    for (const title of ['One', 'Two']) await create({ title, cover: (await file()).id });
    await until('both', () => told('parcel.created').length === 2);
    for (const { data } of told('parcel.created')) {
      expect(data.entry['cover']).toMatchObject({
        url: expect.stringMatching(/^\/uploads/),
        isUrlSigned: false,
      });
    }
    expect(warnings.filter((line) => line.includes('cannot be signed'))).toEqual([
      expect.stringContaining('no credentials'),
    ]);
    await fresh();
    answer = () => new Promise(() => undefined);
    await create({ title: 'Hangs', cover: (await file()).id });
    await create({ title: 'Without' });
    await until('both', () => told('parcel.created').length === 2, { timeoutMs: 9000 });
    const began = Date.now();
    await create({ title: 'Later', cover: (await file()).id });
    await until('the next', () => told('parcel.created').length === 3);
    // Nothing is asked for a while.
    expect(Date.now() - began).toBeLessThan(4000);
  });
});
