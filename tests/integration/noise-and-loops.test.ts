import type { UID } from '@strapi/strapi';
import type { WhyView } from '../../contracts';
import { databases } from './harness/databases';
import { addWebhook, forgetEvents, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { until } from './harness/wait';

type Data = Record<string, unknown>;
interface Document {
  documentId: string;
}

const articleUid = 'api::article.article' as UID.ContentType;
const entries = `/content-manager/collection-types/${articleUid}`;

describe.each(databases.filter(({ client }) => client !== 'mysql'))(
  'less noise, and loops ($client)',
  (database) => {
    let playground: Playground;
    let receiver: Receiver;

    const articles = () => playground.strapi.documents(articleUid);
    const create = async (data: Data): Promise<string> =>
      ((await articles().create({ data } as never)) as Document).documentId;
    const update = (documentId: string, data: Data) => articles().update({ documentId, data } as never);
    const publish = (documentId: string) => articles().publish({ documentId } as never);
    /** *Publish* of the content manager: it saves the form, and publishes it. */
    const pressPublish = async (data: Data, documentId?: string): Promise<string> => {
      const path = documentId === undefined ? '' : `/${documentId}`;
      const { body, status } = await playground.admin<{ data: Document }>(
        'POST',
        `${entries}${path}/actions/publish`,
        data,
      );
      if (status !== 200 && status !== 201) throw new Error(`not published: ${JSON.stringify(body)}`);
      return body.data.documentId;
    };
    const webhook = (events: string[], more: Data = {}) =>
      addWebhook(playground, { url: receiver.url(), events, ...more });
    const matched = () =>
      until('every event to be matched', async () => {
        const rows = await playground.rows('event_webhooks_events');
        return rows.length > 0 && rows.every((row) => row.matched_at !== null);
      });
    /** Types of the deliveries of a webhook, oldest first. */
    const typesOf = async ({ id }: { id: number }): Promise<unknown[]> => {
      await matched();
      return (await playground.rows('event_webhooks_deliveries'))
        .filter((row) => Number(row.webhook_id) === id)
        .map((row) => row.event_type);
    };
    const why = async ({ id }: { id: number }, eventType: string, documentId: string): Promise<WhyView> => {
      const query = new URLSearchParams({ eventType, documentId, uid: articleUid });
      return (await playground.admin<WhyView>('GET', `/event-webhooks/webhooks/${id}/why?${query}`)).body;
    };

    beforeAll(async () => {
      receiver = await new Receiver().start();
      playground = await startPlayground({ database });
    });
    afterAll(async () => {
      await playground?.stop();
      await receiver?.stop();
    });
    afterEach(async () => {
      const { body } = await playground.admin<{ results: { id: number }[] }>(
        'GET',
        '/event-webhooks/webhooks?pageSize=100',
      );
      for (const { id } of body.results) await playground.admin('DELETE', `/event-webhooks/webhooks/${id}`);
      // A request that is under way when its webhook is deleted still arrives: it is not to be counted by the next test.
      await until('nothing to be under way', async () =>
        (await playground.rows('event_webhooks_deliveries')).every(({ state }) => state !== 'delivering'),
      );
      await forgetEvents(playground);
      receiver.requests.length = 0;
      receiver.answer = () => ({ status: 200, body: 'ok' });
    });

    describe('less noise', () => {
      it('what is published without a change is left out, told why, and sent to who does not ask', async () => {
        const quiet = await webhook(['article.published'], { skipUnchanged: true });
        const all = await webhook(['article.published']);
        const documentId = await create({ title: 'One' });
        await publish(documentId);
        await publish(documentId);
        expect(await typesOf(quiet)).toEqual(['article.published']);
        expect(await typesOf(all)).toEqual(['article.published', 'article.published']);
        const answer = await why(quiet, 'article.published', documentId);
        expect(answer).toMatchObject({
          reason: 'noise',
          events: [{ leftOut: 'unchanged' }, { leftOut: null }],
        });
        await update(documentId, { title: 'Two' });
        await publish(documentId);
        expect(await typesOf(quiet)).toEqual(['article.published', 'article.published']);
        expect((await why(quiet, 'article.published', documentId)).reason).toBeNull();
      });

      it('each language is judged by itself', async () => {
        const quiet = await webhook(['article.published'], { skipUnchanged: true });
        const documentId = await create({ title: 'One' });
        await articles().update({ documentId, locale: 'uk', data: { title: 'Один' } } as never);
        await articles().publish({ documentId, locale: '*' } as never);
        expect(await typesOf(quiet)).toHaveLength(2);
        await articles().update({ documentId, locale: 'uk', data: { title: 'Два' } } as never);
        await articles().publish({ documentId, locale: '*' } as never);
        await matched();
        const rows = await playground.rows('event_webhooks_deliveries');
        expect(rows.map(({ locale }) => locale).sort()).toEqual(['en', 'uk', 'uk']);
      });

      it('Publish is one event for who asks for one, of a changed entry and of a new one', async () => {
        const one = await webhook(['article.*'], { onePublish: true });
        const both = await webhook(['article.*']);
        const documentId = await pressPublish({ title: 'One' });
        expect(await typesOf(one)).toEqual(['article.published']);
        expect(await typesOf(both)).toEqual(['article.created', 'article.published']);
        await pressPublish({ title: 'Two' }, documentId);
        expect(await typesOf(one)).toEqual(['article.published', 'article.published']);
        expect((await typesOf(both)).slice(2)).toEqual(['article.updated', 'article.published']);
        expect(await why(one, 'article.updated', documentId)).toMatchObject({
          reason: 'noise',
          events: [{ leftOut: 'published', deliveryId: null }],
        });
      });

      it('a draft that is saved, or published later, stays an event of its own', async () => {
        const one = await webhook(['article.*'], { onePublish: true });
        const documentId = await create({ title: 'One' });
        await update(documentId, { title: 'Two' });
        await publish(documentId);
        expect(await typesOf(one)).toEqual(['article.created', 'article.updated', 'article.published']);
      });

      it('who is not sent the publication is sent the change', async () => {
        const unsubscribed = await webhook(['article.updated'], { onePublish: true });
        const drafts = await webhook(['article.*'], {
          onePublish: true,
          conditions: { all: [{ status: 'draft' }] },
        });
        const documentId = await pressPublish({ title: 'One' });
        await pressPublish({ title: 'Two' }, documentId);
        expect(await typesOf(unsubscribed)).toEqual(['article.updated']);
        expect(await typesOf(drafts)).toEqual(['article.created', 'article.updated']);
      });

      it('exactly, where change and publication are matched in different batches, and several are in one transaction', async () => {
        const one = await webhook(['article.*', 'author.created'], { onePublish: true });
        const documentId = await create({ title: 'One' });
        const other = await create({ title: 'Other' });
        await matched();
        await forgetEvents(playground);
        const authors = playground.strapi.documents('api::author.author' as UID.ContentType);
        await playground.strapi.db.transaction(async () => {
          await update(documentId, { title: 'Two' });
          await update(other, { title: 'Other again' });
          for (let count = 0; count < 150; count += 1)
            await authors.create({ data: { name: String(count) } } as never);
          await publish(documentId);
          // After its publication: the draft is another one than what was published.
          await update(documentId, { title: 'Three' });
        });
        const types = (await typesOf(one)).filter((type) => type !== 'author.created');
        expect(types).toEqual(['article.updated', 'article.published', 'article.updated']);
        const rows = await playground.rows('event_webhooks_deliveries');
        expect(rows.find(({ event_type: type }) => type === 'article.updated')?.document_id).toBe(other);
      });

      it('a webhook without events is sent by hand alone, and says so', async () => {
        const button = await webhook([]);
        const { status } = await playground.admin(
          'POST',
          `/event-webhooks/webhooks/${button.id}/trigger`,
          {},
        );
        expect(status).toBe(200);
        await until('the request', () => receiver.requests.length === 1);
        expect(receiver.bodies()[0]).toMatchObject({ type: 'manual.triggered', data: {} });
        const documentId = await create({ title: 'One' });
        const answer = await why(button, 'article.created', documentId);
        expect(answer.checks.find(({ name }) => name === 'subscribed')).toMatchObject({
          answer: 'no',
          detail: 'by_hand',
        });
        const test = await playground.admin<{ ok: boolean }>(
          'POST',
          '/event-webhooks/webhooks/actions/test',
          {
            webhookId: button.id,
            eventType: 'manual.triggered',
          },
        );
        expect(test.body).toMatchObject({ ok: true });
        // Conditions that it had with events are kept, and in nobody's way.
        const conditions = { all: [{ field: 'title', is: 'One' }] };
        const changed = await playground.admin('PUT', `/event-webhooks/webhooks/${button.id}`, {
          conditions,
        });
        expect(changed.status).toBe(200);
        expect(receiver.requests).toHaveLength(2);
      });
    });

    describe('loops', () => {
      interface Seen {
        active: boolean;
        state: string;
        version: number;
        missed: number;
        needsAttention: { code: string; detail: string | null; loop?: Data } | null;
      }
      const seen = async ({ id }: { id: number }): Promise<Seen> =>
        (await playground.admin<Seen>('GET', `/event-webhooks/webhooks/${id}`)).body;
      const newToken = async (name: string): Promise<{ id: number; accessKey: string }> =>
        playground.strapi.service('admin::api-token').create({
          ...{ name, description: '', type: 'full-access', lifespan: null },
        });
      const writeBack = async (accessKey: string, documentId: string, data: Data): Promise<void> => {
        const { status } = await fetch(`${playground.url}/api/articles/${documentId}`, {
          method: 'PUT',
          headers: { authorization: `Bearer ${accessKey}`, 'content-type': 'application/json' },
          body: JSON.stringify({ data }),
        });
        if (status !== 200) throw new Error(`the token may not write: ${status}`);
      };

      const merging = { quietSeconds: 1, maxSeconds: 1, per: 'document', send: 'latest' };
      // How a loop of merged events is noticed is the same on each database, and takes half a minute.
      const merged: [string, typeof merging][] = database.client === 'sqlite' ? [['merged', merging]] : [];

      it.each<[string, typeof merging | null]>([['each event by itself', null], ...merged])(
        'a receiver that writes back is stopped, explained, and may be left out: %s',
        async (_how, collapse) => {
          const token = await newToken(`Site ${String(collapse !== null)}`);
          const documentId = await create({ title: 'One' });
          const looping = await webhook(['article.published'], { collapse });
          const owner = await webhook(['webhook.disabled'], { url: receiver.url('/owner') });
          let written = 0;
          receiver.answer = ({ path }) => {
            written += path === '/owner' ? 0 : 1;
            if (path !== '/owner')
              void writeBack(token.accessKey, documentId, { title: `Written ${written}` });
            return { status: 200 };
          };
          await writeBack(token.accessKey, documentId, { title: 'It begins' });
          await until('the loop to be stopped', async () => !(await seen(looping)).active, {
            timeoutMs: 100_000,
          });
          const stopped = await seen(looping);
          expect(stopped).toMatchObject({
            state: 'disabled',
            needsAttention: {
              ...{ code: 'disabled', detail: 'loop' },
              loop: {
                actor: { type: 'api_token', id: String(token.id), name: `Site ${String(collapse !== null)}` },
                ...{ typeName: 'Article', documentId, seconds: 60 },
              },
            },
          });
          // The one that began it, and up to two that were under way when it was known.
          expect(written).toBeLessThanOrEqual(23);
          expect(stopped.needsAttention?.loop?.count).toBeGreaterThanOrEqual(20);
          await until('the owner to be told', () => receiver.requests.some(({ path }) => path === '/owner'));
          expect(receiver.bodies().find(({ type }) => type === 'webhook.disabled')?.data).toMatchObject({
            webhook_id: looping.id,
            reason: 'loop',
          });
          const before = written;
          await new Promise((resolve) => setTimeout(resolve, 1500));
          expect(written).toBe(before);
          // The one remedy: changes by that token are left out. What waits is sent once, and answered for the last time.
          const actor = stopped.needsAttention?.loop?.actor;
          const conditions = { all: [{ actorNot: [actor] }] };
          const change = { version: stopped.version, conditions, active: true };
          expect(
            (await playground.admin('PUT', `/event-webhooks/webhooks/${looping.id}`, change)).status,
          ).toBe(200);
          await new Promise((resolve) => setTimeout(resolve, 3000));
          expect(written - before).toBeLessThanOrEqual(1);
          expect(await seen(looping)).toMatchObject({ active: true, needsAttention: null });
          await playground.admin('DELETE', `/event-webhooks/webhooks/${owner.id}`);
        },
      );

      it('an editor who saves 45 times is no loop, nor even suspected', async () => {
        const watched = await webhook(['article.updated']);
        const documentId = await create({ title: 'One' });
        for (let save = 0; save < 45; save += 1) {
          const { status } = await playground.admin('PUT', `${entries}/${documentId}`, {
            title: `Save ${save}`,
          });
          expect(status).toBe(200);
        }
        await until('all requests', () => receiver.requests.length === 45);
        expect(await seen(watched)).toMatchObject({ active: true, state: 'active', needsAttention: null });
        const [row] = await playground.rows('event_webhooks_webhooks');
        expect(row?.held_reason ?? null).toBeNull();
      });

      it('an import by a token that saves one entry again and again is no loop, though each save follows a request', async () => {
        const token = await newToken('Import');
        const watched = await webhook(['article.published']);
        const documentId = await create({ title: 'One' });
        const saves = 45;
        for (let save = 0; save < saves; save += 1) {
          await writeBack(token.accessKey, documentId, { title: `Save ${save}` });
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        await until('all requests', () => receiver.requests.length === saves);
        expect(await seen(watched)).toMatchObject({ active: true, needsAttention: null });
      });
    });

    describe('a name that another content type took over', () => {
      interface Seen {
        version: number;
        missed: number;
        needsAttention: { code: string; detail: string | null; takenOver?: Data[] } | null;
      }

      it('sends nothing new until somebody decides, keeps what happens, and is decided by a save', async () => {
        const { id } = await webhook(['article.*']);
        const path = `/event-webhooks/webhooks/${id}`;
        const seen = async () => (await playground.admin<Seen>('GET', path)).body;
        expect((await seen()).needsAttention).toBeNull();
        // As it was saved while a plugin had a type of this name.
        await playground.strapi.db
          .connection('event_webhooks_webhooks')
          .where({ id })
          .update({ meanings: JSON.stringify({ 'article.*': ['plugin::news.article'] }) });
        const documentId = await create({ title: 'One' });
        await matched();
        expect((await playground.rows('event_webhooks_deliveries')).map(({ state }) => state)).toEqual([
          'skipped',
        ]);
        const asked = await seen();
        expect(asked).toMatchObject({
          missed: 1,
          needsAttention: {
            code: 'event_taken_over',
            takenOver: [
              {
                ...{ pattern: 'article.*', was: 'plugin::news.article (plugin::news.article)' },
                is: 'Article (api::article.article)',
              },
            ],
          },
        });
        // Its delivery says why it was skipped, also when it is decided.
        const delivery = { results: [{ state: 'skipped', skipReason: 'event_taken_over' }] };
        const log = `/event-webhooks/deliveries?webhook=${id}`;
        expect((await playground.admin('GET', log)).body).toMatchObject(delivery);
        expect(await why({ id }, 'article.created', documentId)).toMatchObject({
          reason: 'delivery',
          events: [{ standing: { skipReason: 'event_taken_over' } }],
        });
        // Another change decides nothing about it.
        await playground.admin('PUT', path, { name: 'Renamed' });
        expect((await seen()).needsAttention?.code).toBe('event_taken_over');
        await playground.admin('PUT', path, { events: ['article.*'] });
        expect((await seen()).needsAttention).toBeNull();
        await create({ title: 'Two' });
        await until('the request', () => receiver.requests.length === 1);
      });
    });
  },
);
