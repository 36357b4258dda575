import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { UID } from '@strapi/strapi';
import type {
  BusinessEventList,
  BusinessEventPreviewResult,
  BusinessEventView,
  EventTypeList,
  WebhookView,
} from '../../contracts';
import { databases } from './harness/databases';
import { addWebhook, forgetEvents, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { roleWith } from './harness/role';
import { until } from './harness/wait';

type Data = Record<string, unknown>;
interface Refusal {
  error: { message: string; details: { errors: { path: string[]; message: string }[] } };
}

const uid = 'api::author.author';
const route = '/event-webhooks/business-events';
const renamed = {
  displayName: 'Author Renamed',
  type: 'author.renamed',
  contentType: uid,
  on: [{ on: ['updated'], when: { field: 'name', changed: true } }],
  payload: { kind: 'paths', paths: { who: 'name' } },
};

const authorsOf = (playground: Playground) => {
  const service = playground.strapi.documents(uid as UID.ContentType);
  return {
    create: async (name: string) =>
      (await service.create({ data: { name } as never })) as unknown as { documentId: string },
    rename: (documentId: string, name: string) =>
      service.update({ documentId, data: { name } as never } as never),
  };
};

const refused = ({ error }: Refusal): [string, string][] =>
  error.details.errors.map(({ path: place, message }) => [place.join('.'), message]);

describe.each(databases.filter(({ client }) => client === 'sqlite'))(
  'business events made on the screen ($client)',
  (database) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-business-'));
    let playground: Playground;
    let receiver: Receiver;
    const create = <T = BusinessEventView>(event: Data) => playground.admin<T>('POST', route, event);
    const received = () =>
      receiver.requests.map(({ body }) => JSON.parse(String(body)) as { type: string; data: Data });
    const list = async () => (await playground.admin<BusinessEventList>('GET', route)).body.results;

    beforeAll(async () => {
      receiver = await new Receiver().start();
      playground = await startPlayground({ database });
    });
    afterAll(async () => {
      await playground?.stop();
      await receiver?.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    afterEach(async () => {
      const { body } = await playground.admin<{ results: { id: number }[] }>(
        'GET',
        '/event-webhooks/webhooks?pageSize=100',
      );
      for (const { id } of body.results) await playground.admin('DELETE', `/event-webhooks/webhooks/${id}`);
      for (const { id } of await list()) await playground.admin('DELETE', `${route}/${id}`);
      await forgetEvents(playground);
      receiver.requests.length = 0;
    });

    it('occur with a real change at once, as they stand when it happens; a deleted one no longer', async () => {
      const { status, body: event } = await create(renamed);
      expect(status).toBe(201);
      expect(event).toMatchObject({ version: 0, inCatalog: true, problems: [], replaces: null });
      await addWebhook(playground, { url: receiver.url(), events: ['author.renamed'] });
      const authors = authorsOf(playground);
      const { documentId } = await authors.create('Lesia');
      await authors.rename(documentId, 'Olha');
      await until('the event', () => receiver.requests.length === 1);
      expect(received()).toMatchObject([{ type: 'author.renamed', data: { who: 'Olha' } }]);

      const tree = { fields: ['name'], parts: {} };
      const changed = await playground.admin<BusinessEventView>('PUT', `${route}/${event.id}`, {
        ...renamed,
        payload: { kind: 'entry', fields: tree },
        version: 0,
      });
      expect(changed.body).toMatchObject({ version: 1, payload: { kind: 'entry', fields: tree } });
      await authors.rename(documentId, 'Iryna');
      await until('the changed event', () => receiver.requests.length === 2);
      expect(received()[1]?.data).toMatchObject({
        uid,
        entry: { id: expect.any(Number), documentId, name: 'Iryna' },
      });
      expect(Object.keys(received()[1]?.data.entry as Data).sort()).toEqual(['documentId', 'id', 'name']);

      const { body: types } = await playground.admin<EventTypeList>('GET', '/event-webhooks/event-types');
      expect(types.results.find(({ type }) => type === 'author.renamed')).toMatchObject({
        ...{ source: 'screen', businessEventId: event.id, subscribers: [{ name: 'Test' }] },
        declaration: {
          origin: 'business event "Author Renamed"',
          on: renamed.on,
          payload: { kind: 'entry' },
        },
      });

      const deleted = await playground.admin('DELETE', `${route}/${event.id}`);
      expect(deleted.body).toEqual({ id: event.id, subscribers: [{ id: expect.any(Number), name: 'Test' }] });
      await authors.rename(documentId, 'Nobody is told');
      const { body: webhooks } = await playground.admin<{ results: WebhookView[] }>(
        'GET',
        '/event-webhooks/webhooks',
      );
      expect(webhooks.results[0]?.needsAttention).toMatchObject({ code: 'event_type_gone' });
      expect(await playground.rows('event_webhooks_events')).toHaveLength(2);
    });

    it('what can never happen is refused by its place, and a form that is stale by 409', async () => {
      const { body: event } = await create(renamed);
      const { status, body } = await create<Refusal>({
        ...renamed,
        on: [{ on: ['published'] }, { on: ['updated'], when: { all: [{ field: 'lost', changed: true }] } }],
        payload: { kind: 'paths', paths: { lost: 'nothing.at_all' } },
      });
      expect(status).toBe(400);
      expect(refused(body)).toEqual([
        ['on.0.on', expect.stringContaining('has no drafts')],
        ['on.1.when.all.0.field', expect.stringContaining('no field "lost"')],
      ]);
      const missing = await create<Refusal>({
        ...renamed,
        type: 'author.other',
        payload: { kind: 'paths', paths: { a: 'lost' } },
      });
      expect(refused(missing.body)).toEqual([
        ['payload.paths.a', expect.stringContaining('"lost" is not a field of Author')],
      ]);
      expect(refused((await create<Refusal>(renamed)).body)).toEqual([
        ['type', 'author.renamed is declared already, by business event "Author Renamed"'],
      ]);
      const taken = await create<Refusal>({ ...renamed, type: 'payment.received' });
      expect(refused(taken.body)).toEqual([['type', expect.stringContaining('is declared already, by ')]]);
      const other = await create<Refusal>({ ...renamed, type: 'article.created' });
      expect(refused(other.body)).toEqual([['type', expect.stringContaining('content type Article')]]);

      const change = (more: Data) =>
        playground.admin<Refusal>('PUT', `${route}/${event.id}`, { ...renamed, ...more });
      expect((await change({ description: 'First', version: 0 })).status).toBe(200);
      const stale = await change({ description: 'Second', version: 0 });
      expect(stale).toMatchObject({
        status: 409,
        body: { error: { details: { version: 1, changes: [{ fields: ['description'] }] } } },
      });
      expect(await list()).toMatchObject([{ description: 'First' }]);
      await addWebhook(playground, { url: receiver.url(), events: ['author.renamed'], name: 'ERP' });
      expect(refused((await change({ type: 'author.called' })).body)).toEqual([
        ['type', 'cannot change while webhooks are subscribed to author.renamed: ERP'],
      ]);
    });

    it('one takes the place of the content type’s own event, and says so', async () => {
      const { body } = await create({ ...renamed, type: 'author.updated' });
      expect(body).toMatchObject({ inCatalog: true, replaces: 'Author Updated' });
      await addWebhook(playground, { url: receiver.url(), events: ['author.*'] });
      const { documentId } = await authorsOf(playground).create('Lesia');
      await authorsOf(playground).rename(documentId, 'Olha');
      await until('both', () => receiver.requests.length === 2);
      expect(received().map(({ type, data }) => [type, data.who])).toEqual([
        ['author.created', undefined],
        ['author.updated', 'Olha'],
      ]);
    });

    it('a preview tells the sample, or of a real entry what the role may read, and which clauses hold', async () => {
      const { documentId } = await authorsOf(playground).create('Lesia');
      const preview = (event: Data, entry?: Data) =>
        playground.admin<BusinessEventPreviewResult>('POST', `${route}/actions/preview`, { event, entry });
      const event = {
        contentType: uid,
        on: [
          { on: ['updated'], when: { field: 'name', is: 'Lesia' } },
          { on: ['created'], when: { field: 'name', is: 'Olha' } },
        ],
        payload: renamed.payload,
      };
      const sample = (await preview(event)).body;
      expect(sample.problems.map(({ path: place }) => place)).toEqual([['displayName'], ['type']]);
      expect(JSON.parse(sample.body ?? '')).toMatchObject({ data: { who: expect.any(String) } });
      const real = (await preview({ ...renamed, ...event }, { uid, documentId })).body;
      expect(real).toMatchObject({ problems: [], clauses: [true, false] });
      expect(JSON.parse(real.body ?? '')).toMatchObject({ type: 'author.renamed', data: { who: 'Lesia' } });
      const may = await roleWith(playground, 'eventsManage');
      const denied = await may('POST', `${route}/actions/preview`, {
        event: renamed,
        entry: { uid, documentId },
      });
      expect(denied.status).toBe(403);
      expect(await list()).toEqual([]);
    });

    // The database of a server is dropped with its playground.
    if (database.client === 'sqlite')
      it('after a restart, one whose content type or fields are gone, or that is spoilt, is told in the list', async () => {
        for (const type of ['a.gone', 'b.spoilt', 'c.works', 'd.lacks'])
          expect(
            (await playground.admin('POST', route, { ...renamed, displayName: type, type })).status,
          ).toBe(201);
        await addWebhook(playground, { url: receiver.url(), events: ['c.works', 'd.lacks'] });
        const table = () => playground.strapi.db.connection('event_webhooks_business_events');
        await table().where({ type: 'a.gone' }).update({ content_type: 'api::gone.gone' });
        await table().where({ type: 'b.spoilt' }).update({ clauses: 'not JSON at all' });
        const lacking = JSON.stringify({ kind: 'paths', paths: { who: 'name', lost: 'lost' } });
        await table().where({ type: 'd.lacks' }).update({ payload: lacking });
        const file = path.join(folder, 'data.db');
        await playground.strapi.db.connection.raw('VACUUM INTO ?', [file]);
        await playground.stop();
        playground = await startPlayground({ env: { DATABASE_FILENAME: file } });
        const { body } = await playground.admin<BusinessEventList>('GET', route);
        expect(body.results.map(({ type, inCatalog, problems }) => [type, inCatalog, problems])).toEqual([
          ['a.gone', false, ['contentType: "api::gone.gone" is not a content type of this Strapi']],
          ['b.spoilt', false, [expect.stringMatching(/^on: /)]],
          ['c.works', true, []],
          ['d.lacks', true, ['lost: is not a field of Author']],
        ]);
        const { body: webhooks } = await playground.admin<{ results: WebhookView[] }>(
          'GET',
          '/event-webhooks/webhooks',
        );
        expect(webhooks.results[0]?.needsAttention).toMatchObject({
          code: 'field_gone',
          eventType: 'd.lacks',
        });
        const authors = authorsOf(playground);
        await authors.rename((await authors.create('Lesia')).documentId, 'Olha');
        await until('both', () => receiver.requests.length === 2);
        expect(received().map(({ data }) => data)).toEqual([{ who: 'Olha' }, { who: 'Olha', lost: null }]);
      });
  },
);
