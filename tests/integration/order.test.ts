import type { UID } from '@strapi/strapi';
import { databases } from './harness/databases';
import { freshDatabase } from './harness/fresh-database';
import { addWebhook, forgetEvents, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import type { Received } from './harness/receiver';
import { quiet, until } from './harness/wait';

const author = 'api::author.author' as UID.ContentType;

const deliveries = 'event_webhooks_deliveries';

interface Told {
  data: { entry: { documentId: string; name: string } };
}

const told = (request: Received) => (JSON.parse(request.body.toString('utf8')) as Told).data.entry;

describe.each(databases)('deliveries in the order of the changes: $client', (database) => {
  let playground: Playground;
  let receiver: Receiver;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const own = await freshDatabase(database);
    drop = own.drop;
    receiver = await new Receiver().start();
    playground = await startPlayground({ env: own.env });
  });
  afterAll(async () => {
    await playground?.stop();
    await receiver?.stop();
    await drop?.();
  });
  afterEach(async () => {
    await playground.strapi.db.connection('event_webhooks_webhooks').delete();
    await playground.strapi.plugin('event-webhooks').service('webhooks').bulk([], 'enable');
    receiver.requests.length = 0;
    receiver.answer = () => ({ status: 200 });
    await forgetEvents(playground);
  });

  const authors = () => playground.strapi.documents(author);
  const create = async (name: string) => (await authors().create({ data: { name } as never })).documentId;
  const rename = (documentId: string, name: string) =>
    authors().update({ documentId, data: { name } as never });
  const ordered = (more: Record<string, unknown> = {}) =>
    addWebhook(playground, {
      url: receiver.url(),
      events: ['author.updated'],
      ordered: true,
      retryScheduleSeconds: [],
      ...more,
    });
  const namesOf = (documentId: string) =>
    receiver.requests.map(told).flatMap((entry) => (entry.documentId === documentId ? [entry.name] : []));
  const rows = () => playground.rows(deliveries);
  const inState = async (state: string) => (await rows()).filter((row) => row.state === state);
  const log = async (action: string, id: unknown) =>
    (await playground.admin('POST', `/event-webhooks/deliveries/${String(id)}/${action}`)).status;

  it('30 quick updates of three documents arrive in order for each, the documents side by side', async () => {
    const documents = [await create('a'), await create('b'), await create('c')];
    await ordered();
    // Slow and uneven: without the order later ones would overtake earlier ones.
    receiver.answer = () => ({ status: 200, delayMs: 20 + Math.random() * 60 });
    for (let turn = 0; turn < 10; turn += 1) {
      await Promise.all(documents.map((documentId) => rename(documentId, `turn ${turn}`)));
    }
    await until('30 deliveries', async () => (await inState('succeeded')).length === 30);
    const turns = Array.from({ length: 10 }, (_, turn) => `turn ${turn}`);
    for (const documentId of documents) expect(namesOf(documentId)).toEqual(turns);
    // Side by side: nobody waited for another document's ten.
    const firsts = documents.map((documentId) =>
      receiver.requests.findIndex((request) => told(request).documentId === documentId),
    );
    expect(Math.max(...firsts)).toBeLessThan(10);
    expect((await rows()).every(({ order_key }) => order_key === null)).toBe(true);
  });

  it('a failed one is retried before the next goes', async () => {
    const documentId = await create('a');
    await ordered({ retryScheduleSeconds: [1] });
    receiver.answer = () => ({ status: receiver.requests.length === 1 ? 500 : 200 });
    for (const name of ['one', 'two', 'three']) await rename(documentId, name);
    await until('three deliveries', async () => (await inState('succeeded')).length === 3);
    expect(namesOf(documentId)).toEqual(['one', 'one', 'two', 'three']);
  });

  it('one that failed for good is passed where the webhook says so', async () => {
    const documentId = await create('a');
    await ordered({ onFailedHead: 'pass' });
    receiver.answer = (request) => ({ status: told(request).name === 'one' ? 400 : 200 });
    for (const name of ['one', 'two', 'three']) await rename(documentId, name);
    await until('the others', async () => (await inState('succeeded')).length === 2);
    expect(namesOf(documentId)).toEqual(['one', 'two', 'three']);
    expect(await inState('failed')).toHaveLength(1);
  });

  it('one that failed for good keeps the others waiting where the webhook says so, until it is sent again', async () => {
    const [documentId, other] = [await create('a'), await create('b')];
    await ordered({ onFailedHead: 'block' });
    receiver.answer = (request) => ({ status: told(request).name === 'one' ? 400 : 200 });
    for (const name of ['one', 'two', 'three']) await rename(documentId, name);
    await rename(other, 'free');
    await until('the failure, and the other document', async () => {
      return (await inState('failed')).length === 1 && (await inState('succeeded')).length === 1;
    });
    await quiet(300);
    expect(await inState('blocked')).toHaveLength(2);

    receiver.answer = () => ({ status: 200 });
    const [head] = await inState('failed');
    expect(await log('resend', head?.id)).toBe(200);
    await until('all of them', async () => (await inState('succeeded')).length === 4);
    expect(namesOf(documentId)).toEqual(['one', 'one', 'two', 'three']);
    const ids = receiver.requests.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(4);
  });

  it('cancelling the one that keeps them waiting lets the next go', async () => {
    const documentId = await create('a');
    await ordered({ onFailedHead: 'block' });
    receiver.answer = (request) => ({ status: told(request).name === 'one' ? 400 : 200 });
    for (const name of ['one', 'two', 'three']) await rename(documentId, name);
    await until('the failure', async () => (await inState('failed')).length === 1);
    // Also one in the middle, which nobody waits for.
    const [head] = await inState('failed');
    const [second] = await inState('blocked');
    const detail = async (id: unknown) =>
      (await playground.admin('GET', `/event-webhooks/deliveries/${String(id)}`)).body;
    expect(await detail(head?.id)).toMatchObject({ keepsOthersWaiting: true, waitsFor: null });
    const waitsFor = { id: Number(head?.id), state: 'failed' };
    expect(await detail(second?.id)).toMatchObject({ keepsOthersWaiting: false, waitsFor });
    expect(await log('cancel', second?.id)).toBe(200);
    await quiet(300);
    expect(await inState('blocked')).toHaveLength(1);
    expect(await log('cancel', head?.id)).toBe(200);
    expect(await detail(head?.id)).toMatchObject({ state: 'cancelled', keepsOthersWaiting: false });
    await until('the third', async () => (await inState('succeeded')).length === 1);
    expect(namesOf(documentId)).toEqual(['one', 'three']);
  });

  it('a resend by hand stands outside the order', async () => {
    const documentId = await create('a');
    await ordered({ retryScheduleSeconds: [3600] });
    await rename(documentId, 'one');
    await until('the first', async () => (await inState('succeeded')).length === 1);
    receiver.answer = (request) => ({ status: told(request).name === 'two' ? 500 : 200 });
    await rename(documentId, 'two');
    await rename(documentId, 'three');
    await until('the failure of the second', () => namesOf(documentId).includes('two'));
    await until('the third', async () => (await inState('blocked')).length === 1);

    const [first, , third] = await rows();
    expect(await log('resend', first?.id)).toBe(200);
    await until('the first again', () => namesOf(documentId).length === 3);
    expect(await log('resend', third?.id)).toBe(200);
    await until('the third', () => namesOf(documentId).length === 4);
    expect(namesOf(documentId)).toEqual(['one', 'two', 'one', 'three']);
  });

  it('asking for less order lets those go that waited for it', async () => {
    const documentId = await create('a');
    const { id } = await ordered({ onFailedHead: 'block' });
    const change = async (more: Record<string, unknown>) => {
      const { body } = await playground.admin<Record<string, unknown>>(
        'GET',
        `/event-webhooks/webhooks/${id}`,
      );
      const { name, url, events, headers, active, timeoutSeconds, retryScheduleSeconds, rateLimit } = body;
      const input = { name, url, events, headers, active, timeoutSeconds, retryScheduleSeconds, rateLimit };
      const { status } = await playground.admin('PUT', `/event-webhooks/webhooks/${id}`, {
        ...input,
        ...more,
      });
      expect(status).toBe(200);
    };
    receiver.answer = (request) => ({ status: told(request).name === 'bad' ? 400 : 200 });
    for (const name of ['bad', 'one']) await rename(documentId, name);
    await until('the failure', async () => (await inState('failed')).length === 1);
    await change({ ordered: true, onFailedHead: 'pass' });
    await until('the one behind it', () => namesOf(documentId).includes('one'));

    await change({ ordered: true, onFailedHead: 'block' });
    for (const name of ['bad', 'two', 'three']) await rename(documentId, name);
    await until('the second failure', async () => (await inState('failed')).length === 2);
    await until('those behind it', async () => (await inState('blocked')).length === 2);
    await change({ ordered: false });
    await until('all', async () => (await inState('succeeded')).length === 3);
  });

  it('a deleted webhook leaves nobody waiting', async () => {
    const documentId = await create('a');
    const { id } = await ordered({ retryScheduleSeconds: [3600] });
    receiver.answer = () => ({ status: 500 });
    for (const name of ['one', 'two', 'three']) await rename(documentId, name);
    await until('those behind it', async () => (await inState('blocked')).length === 2);
    await until('the first failure', async () => Number((await inState('pending'))[0]?.attempts) === 1);
    await playground.admin('DELETE', `/event-webhooks/webhooks/${id}`);
    expect(await inState('cancelled')).toHaveLength(3);
  });

  it('what a crash left behind nobody is set free by the sweeper', async () => {
    const documentId = await create('a');
    await ordered();
    receiver.answer = () => ({ status: 200, delayMs: 1500 });
    for (const name of ['one', 'two', 'three']) await rename(documentId, name);
    await until('two that wait', async () => (await inState('blocked')).length === 2);
    // As if its outcome had been written and the next not been set free.
    await playground.strapi.db
      .connection(deliveries)
      .where({ state: 'delivering' })
      .update({ state: 'succeeded', fence: 99, order_key: null });
    await until('the others', async () => (await inState('succeeded')).length === 3, { timeoutMs: 25_000 });
    expect(namesOf(documentId)).toEqual(['one', 'two', 'three']);
  });
});
