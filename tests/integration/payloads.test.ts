import type { Core, UID } from '@strapi/strapi';
import { z } from 'zod';
import type { DeliveryDetail, DeliveryPage, TestResult } from '../../contracts';
import { addParcels } from './harness/parcels';
import { addWebhook, forgetEvents, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { quiet, until } from './harness/wait';

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
/** What runs of the site builder's code, and whether a transaction was open around it. */
const ran: { name: string; saving: boolean }[] = [];
let saving = false;
let answer: () => unknown = () => ({ a: 1 });

const parcelEvent = (type: string, more: Data) => ({
  type,
  displayName: type,
  description: 'A parcel.',
  contentType: 'api::parcel.parcel',
  on: [{ on: 'created', when: { field: 'title', isNot: 'quiet' } }],
  ...more,
});
const events = [
  parcelEvent('parcel.told', {
    payload: (entry: Data) => {
      ran.push({ name: 'parcel.told', saving });
      return { title: String(entry['title']).slice(0, 20) };
    },
  }),
  parcelEvent('parcel.later', { payload: () => answer() }),
  parcelEvent('parcel.whole', { populate: { parent: { populate: { customer: true } } } }),
  parcelEvent('parcel.paths', { payload: { title: 'title', customer: 'customer', cover: 'cover.url' } }),
  {
    type: 'parcel.sent',
    displayName: 'Sent',
    description: 'By code.',
    schema: z.object({ any: z.any() }),
    sample: { any: 1 },
  },
];
/** The functions of `config/plugins` cannot come from the environment: they are set before the plugin reads them. */
const boot = (settings: Data = {}) =>
  startPlayground({
    settings,
    register: (app) => {
      addParcels(app);
      app.config.set('plugin::event-webhooks.events', events);
      app.config.set('plugin::event-webhooks.capture.maxBodyBytes', 65_536);
    },
  });

const documents = (uid: string) => strapi.documents(uid as UID.ContentType);
const create = async (uid: string, data: Data): Promise<Doc> => {
  saving = true;
  try {
    return (await documents(uid).create({ data } as never)) as unknown as Doc;
  } finally {
    saving = false;
  }
};
const account = (name: string): Promise<Doc> =>
  strapi.db.query('plugin::users-permissions.user').create({
    data: { username: name, email: `${name}@example.com`, provider: 'local', confirmed: true },
  }) as Promise<Doc>;
const service = () =>
  strapi.plugin('event-webhooks').service('events') as {
    emit(type: string, data: unknown): Promise<string | null>;
    declare(declaration: unknown): Promise<void>;
  };
const told = (receiver: Receiver, type: string) =>
  (receiver.bodies() as unknown as Told[]).filter((body) => body.type === type);
const one = async (receiver: Receiver, type: string): Promise<Told> => {
  await until(type, () => told(receiver, type).length > 0);
  const [first] = told(receiver, type);
  if (!first) throw new Error(`no ${type}`);
  return first;
};

describe('what the site builder’s code gives', () => {
  let receiver: Receiver;
  const unhandled: unknown[] = [];
  const heard = (reason: unknown) => void unhandled.push(reason);

  beforeAll(async () => {
    process.on('unhandledRejection', heard);
    receiver = await new Receiver().start();
    playground = await boot();
    strapi = playground.strapi;
    await addWebhook(playground, {
      url: receiver.url(),
      events: ['parcel.told', 'parcel.later', 'parcel.sent'],
    });
  });
  afterAll(async () => {
    await playground?.stop();
    await receiver?.stop();
    process.off('unhandledRejection', heard);
  });
  beforeEach(async () => {
    await forgetEvents(playground);
    receiver.requests.length = 0;
    ran.length = 0;
    answer = () => ({ a: 1 });
  });

  it('an async payload function is refused when it is declared, and so is a promise within', async () => {
    for (const payload of [async () => ({}), () => ({ a: { b: Promise.reject(new Error('x')) } })]) {
      await expect(service().declare(parcelEvent('parcel.async', { payload }))).rejects.toThrow(
        /payload(\.a\.b)?: is a promise: it must be given at once/,
      );
    }
  });

  it('one that gives a promise later is told in the thin form with the reason, and nothing stays unhandled', async () => {
    answer = () => Promise.reject(new Error('gone'));
    const { documentId } = await create('api::parcel.parcel', { title: 'One' });
    const { data } = await one(receiver, 'parcel.later');
    expect(data).toMatchObject({
      model: 'parcel',
      entry: { documentId, title: 'One' },
      thin: expect.stringContaining('payload: is a promise'),
    });
    await quiet(50);
    expect(unhandled).toEqual([]);
  });

  it('what JSON cannot hold, and what is no object, is the thin form with the reason', async () => {
    for (const [given, reason] of [
      [{ total: 1n }, 'payload.total: is a BigInt'],
      [{ all: new Map() }, 'payload.all: is a Map'],
      ['text', 'payload: must give an object'],
    ] as const) {
      answer = () => given;
      receiver.requests.length = 0;
      await create('api::parcel.parcel', { title: 'One' });
      expect((await one(receiver, 'parcel.later')).data['thin']).toContain(reason);
    }
  });

  it('never runs while an entry is saved: not for one larger than a body, which is told by its function', async () => {
    await create('api::parcel.parcel', { title: 'x'.repeat(100_000) });
    expect(ran).toEqual([]);
    expect((await one(receiver, 'parcel.told')).data).toEqual({ title: 'x'.repeat(20) });
    expect(ran).toEqual([{ name: 'parcel.told', saving: false }]);
  });

  it('never runs for one beyond eight bodies either: that is thin, with the reason', async () => {
    await create('api::parcel.parcel', { title: 'x'.repeat(600_000) });
    expect((await one(receiver, 'parcel.told')).data['thin']).toMatch(
      /^too_large: .* the limit .* is 524288$/,
    );
    expect(ran).toEqual([]);
  });

  it('a test with real data whose function fails says so', async () => {
    const { documentId } = await create('api::parcel.parcel', { title: 'quiet' });
    answer = () => {
      throw new Error('no total');
    };
    const { status, body } = await playground.admin('POST', '/event-webhooks/webhooks/actions/test', {
      webhook: { name: 'X', url: receiver.url(), events: ['*'] },
      eventType: 'parcel.later',
      entry: { uid: 'api::parcel.parcel', documentId },
    });
    expect({ status, body }).toMatchObject({
      status: 400,
      body: {
        error: {
          message: expect.stringContaining(
            'its payload cannot be built: its payload function failed, see the log',
          ),
        },
      },
    });
  });

  it('events.emit refuses by name what JSON cannot hold; nothing is saved', async () => {
    const circle: Data = {};
    circle['in'] = circle;
    for (const [any, said] of [
      [1n, 'data.any: is a BigInt'],
      [circle, 'data.any.in: leads back to itself'],
      [{ f: () => 1 }, 'data.any.f: is a function'],
      [new Map(), 'data.any: is a Map'],
      [[undefined], 'data.any[0]: is undefined'],
      [new Date(Number.NaN), 'data.any: is no valid date'],
      [Promise.reject(new Error('x')), 'data.any: is a promise'],
    ] as const) {
      await expect(service().emit('parcel.sent', { any })).rejects.toMatchObject({
        name: 'ValidationError',
        message: expect.stringContaining(said),
      });
    }
    await expect(service().emit('parcel.sent', undefined)).rejects.toMatchObject({ name: 'ValidationError' });
    expect(await playground.rows('event_webhooks_events')).toEqual([]);
    await service().emit('parcel.sent', { any: new Date(0) });
    expect((await one(receiver, 'parcel.sent')).data).toEqual({ any: '1970-01-01T00:00:00.000Z' });
    expect(unhandled).toEqual([]);
  });
});

describe('accounts, for whoever wants everything', () => {
  let all: Receiver;
  let named: Receiver;
  let webhook: { id: number };
  let olena: Doc;

  beforeAll(async () => {
    [all, named] = [await new Receiver().start(), await new Receiver().start()];
    playground = await boot();
    strapi = playground.strapi;
    webhook = await addWebhook(playground, { url: all.url(), name: 'All', events: ['*', '*.updated'] });
    await addWebhook(playground, { url: named.url(), name: 'Named', events: ['*', 'parcel.*'] });
    olena = await account('olena');
  });
  afterAll(async () => {
    await playground?.stop();
    await all?.stop();
    await named?.stop();
  });
  beforeEach(async () => {
    await forgetEvents(playground);
    all.requests.length = 0;
    named.requests.length = 0;
  });

  const full = () => {
    const bare = { id: olena.id, documentId: olena.documentId };
    return { bare, whole: expect.objectContaining({ ...bare, email: 'olena@example.com' }) as unknown };
  };
  const filled = (title = 'One'): Data => ({
    title,
    customer: olena.documentId,
    watchers: [olena.documentId],
    box: { label: 'A', keeper: olena.documentId },
    zone: [{ __component: 'parcel.box', label: 'B', keeper: olena.documentId }],
  });

  it('are told by their ids; who has named the event gets them whole', async () => {
    await create('api::parcel.parcel', filled());
    const { bare, whole } = full();
    for (const [receiver, value] of [
      [all, bare],
      [named, whole],
    ] as const) {
      const { data } = await one(receiver, 'parcel.created');
      expect(data.entry).toMatchObject({
        title: 'One',
        customer: value,
        watchers: [value],
        box: { label: 'A', keeper: value },
        zone: [{ label: 'B', keeper: value }],
      });
    }
    expect(JSON.stringify(told(all, 'parcel.created'))).not.toContain('olena@');
    expect((await one(named, 'parcel.created')).data.entry).toHaveProperty('createdBy', null);
  });

  it('creators that are told, what a mapped event without payload reads, and the past, too', async () => {
    const parent = await create('api::parcel.parcel', { title: 'quiet', customer: olena.documentId });
    const created = await playground.admin<{ data: Doc }>(
      'POST',
      '/content-manager/collection-types/api::parcel.parcel',
      { ...filled('Two'), customer: { connect: [] }, watchers: { connect: [] }, box: null, zone: [] },
    );
    await documents('api::parcel.parcel').update({
      documentId: created.body.data.documentId,
      data: { parent: parent.documentId, box: { label: 'C', keeper: olena.documentId } },
    } as never);
    await documents('api::parcel.parcel').update({
      documentId: created.body.data.documentId,
      data: { box: { label: 'D' } },
    } as never);
    await until(
      'all',
      () => told(all, 'parcel.updated').length === 2 && told(named, 'parcel.updated').length === 2,
    );
    for (const { data } of told(named, 'parcel.updated')) {
      expect(data.entry['createdBy']).toMatchObject({ firstname: 'Anna' });
    }
    expect(JSON.stringify(told(named, 'parcel.updated').map(({ data }) => data.previous))).toContain(
      'olena@',
    );
    for (const { data } of told(all, 'parcel.updated')) {
      expect(Object.keys(data.entry['createdBy'] as Data)).toEqual(['id', 'documentId']);
      expect(JSON.stringify(data)).not.toContain('olena@');
    }
    await forgetEvents(playground);
    [all, named].forEach(({ requests }) => (requests.length = 0));
    await create('api::parcel.parcel', { title: 'Three', parent: parent.documentId });
    const { bare, whole } = full();
    expect((await one(all, 'parcel.whole')).data.entry['parent']).toMatchObject({ customer: bare });
    expect((await one(named, 'parcel.whole')).data.entry['parent']).toMatchObject({ customer: whole });
  });

  it('what the site builder names is told to everybody', async () => {
    await create('api::parcel.parcel', filled('Paths'));
    const mine = () => told(all, 'parcel.paths').find(({ data }) => data['title'] === 'Paths');
    await until('it', () => mine() !== undefined);
    expect(mine()?.data['customer']).toMatchObject({ email: 'olena@example.com' });
  });

  it('the log shows, finds and sends again what was sent; it is forgotten with the event’s body', async () => {
    all.answer = () => ({ status: 500 });
    await create('api::parcel.parcel', filled());
    await one(all, 'parcel.created');
    all.answer = () => ({});
    const page = async (query: string) =>
      (await playground.admin<DeliveryPage>('GET', `/event-webhooks/deliveries?${query}`)).body.results;
    const [delivery] = await page(`webhook=${webhook.id}&eventType=parcel.created`);
    const id = delivery?.id ?? 0;
    const detail = async () =>
      (await playground.admin<DeliveryDetail>('GET', `/event-webhooks/deliveries/${id}`)).body;
    expect((await detail()).body).toBe(
      all.requests.find(({ body }) => body.includes('parcel.created'))?.body.toString(),
    );
    expect(
      (await page('text=olena%40example.com&eventType=parcel.created')).map(({ webhookName }) => webhookName),
    ).toEqual(['Named']);
    expect(await page(`text=${olena.documentId}&eventType=parcel.created`)).toHaveLength(2);
    await playground.admin('POST', `/event-webhooks/deliveries/${id}/resend`);
    await until('the resend', () => told(all, 'parcel.created').length === 2);
    const sent = all.requests
      .filter(({ body }) => body.includes('parcel.created'))
      .map(({ body }) => body.toString());
    expect(new Set(sent).size).toBe(1);
    await until('succeeded', async () => (await detail()).state === 'succeeded');
    await playground.admin('PUT', '/event-webhooks/settings', { dropDeliveredBodies: true });
    const four = await create('api::parcel.parcel', filled('Four'));
    const mine = async () =>
      (await playground.rows('event_webhooks_deliveries')).filter(
        ({ document_id: documentId }) => documentId === four.documentId,
      );
    await until('all are delivered and forgotten', async () => {
      const rows = await mine();
      return rows.length === 10 && rows.every(({ state, body }) => state === 'succeeded' && body === null);
    });
    await playground.admin('PUT', '/event-webhooks/settings', { dropDeliveredBodies: false });
  });

  it('a test with real data, with the sample, and what is triggered by hand go by the same rule', async () => {
    const { documentId } = await create('api::parcel.parcel', { ...filled('quiet') });
    await one(all, 'parcel.created');
    const entry = { uid: 'api::parcel.parcel', documentId };
    const test = async (more: Data) =>
      JSON.stringify(
        (
          await playground.admin<TestResult>('POST', '/event-webhooks/webhooks/actions/test', {
            eventType: 'parcel.updated',
            ...more,
          })
        ).body,
      );
    expect(await test({ webhookId: webhook.id, entry })).not.toContain('olena@');
    expect(await test({ webhookId: webhook.id })).not.toContain('@example.com');
    const form = { name: 'X', url: all.url(), events: ['parcel.updated'] };
    expect(await test({ webhook: form, entry })).toContain('olena@example.com');
    expect(await test({ webhook: form })).toContain('olena@example.com');
    all.requests.length = 0;
    await playground.admin('POST', `/event-webhooks/webhooks/${webhook.id}/trigger`, {
      eventType: 'parcel.updated',
      entry,
    });
    expect(JSON.stringify(await one(all, 'parcel.updated'))).not.toContain('olena@');
  });
});

describe('polymorphic relations', () => {
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await new Receiver().start();
    playground = await boot();
    strapi = playground.strapi;
    await addWebhook(playground, { url: receiver.url(), events: ['parcel.*', 'note.*'] });
  });
  afterAll(async () => {
    await playground?.stop();
    await receiver?.stop();
  });

  it('with a target are told, empty ones too, and named when they change', async () => {
    const parcel = await create('api::parcel.parcel', { title: 'quiet' });
    const { data } = await one(receiver, 'parcel.created');
    expect(data.entry).toMatchObject({ label: null, remarks: [], pin: null, pins: [] });
    const first = await create('api::note.note', { text: 'First' });
    const second = await create('api::memo.memo', { text: 'Second' });
    await documents('api::parcel.parcel').update({
      documentId: parcel.documentId,
      data: { label: first.id, remarks: [second.id] },
    } as never);
    const updated = await one(receiver, 'parcel.updated');
    expect(updated.data).toMatchObject({
      changedFields: ['label', 'remarks'],
      entry: { label: { text: 'First' }, remarks: [{ text: 'Second' }], pin: null, pins: [] },
    });
  });

  it('that lead through a table of their own are told as well', async () => {
    receiver.requests.length = 0;
    const parcel = await create('api::parcel.parcel', { title: 'quiet' });
    const note = await create('api::note.note', { text: 'Pinned' });
    await documents('api::parcel.parcel').update({
      documentId: parcel.documentId,
      data: { pin: note.id, pins: [note.id] },
    } as never);
    expect((await one(receiver, 'parcel.updated')).data).toMatchObject({
      changedFields: ['pin', 'pins'],
      entry: { pin: { text: 'Pinned' }, pins: [{ text: 'Pinned' }], label: null, remarks: [] },
      previous: { pin: null, pins: [] },
    });
  });

  it('without one target are in no payload and no list of changed fields', async () => {
    const { data } = await one(receiver, 'note.created');
    expect(data.entry).toHaveProperty('text');
    expect(data.entry).not.toHaveProperty('about');
    expect(data.entry).not.toHaveProperty('places');
  });
});
