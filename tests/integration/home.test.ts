import type { UID } from '@strapi/strapi';
import { addWebhook, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { quiet, until } from './harness/wait';

const author = 'api::author.author' as UID.ContentType;
const webhooks = 'event_webhooks_webhooks';

interface Status {
  away: { id: number; name: string; rule: string; home: string }[];
}

/** A copied database: what its webhooks say of their home is that of the original. */
describe('a copied database does not call production receivers (guarantee 29)', () => {
  let playground: Playground;
  let receiver: Receiver;
  let local: Receiver;
  let copied: { id: number };

  const create = (name: string) => playground.strapi.documents(author).create({ data: { name } as never });
  const copyFrom = (id: number, home: Record<string, unknown>) =>
    playground.strapi.db
      .connection(webhooks)
      .where({ id })
      .update({ home: JSON.stringify(home) });
  const status = async () => (await playground.admin<Status>('GET', '/event-webhooks/status')).body;
  const production = { name: null, host: 'cms.example.com', environment: 'production' };

  beforeAll(async () => {
    receiver = await new Receiver().start();
    local = await new Receiver().start();
    playground = await startPlayground({ env: { NODE_ENV: 'development' } });
  });
  afterAll(async () => {
    await playground?.stop();
    await receiver?.stop();
    await local?.stop();
  });

  it('sends nothing until told; a webhook made here works at once', async () => {
    copied = await addWebhook(playground, {
      url: receiver.url(),
      events: ['author.*'],
      name: 'Of production',
    });
    await copyFrom(copied.id, production);
    await addWebhook(playground, { url: local.url(), events: ['author.*'], name: 'Made here' });
    await create('Леся');
    await until('the one made here', () => local.requests.length === 1);
    await quiet(1500);
    expect(receiver.requests).toHaveLength(0);
    expect(await status()).toMatchObject({
      away: [{ id: copied.id, rule: 'environment', home: 'cms.example.com · production' }],
    });
    const { body } = await playground.admin<{ state: string; needsAttention: { code: string } }>(
      'GET',
      `/event-webhooks/webhooks/${copied.id}`,
    );
    expect(body).toMatchObject({
      state: 'away',
      needsAttention: { code: 'away', detail: 'cms.example.com' },
    });
  });

  it('a test event is sent all the same: it is asked for here and now', async () => {
    const { body } = await playground.admin<{ ok: boolean }>(
      'POST',
      '/event-webhooks/webhooks/actions/test',
      {
        webhookId: copied.id,
        eventType: 'author.created',
      },
    );
    expect(body.ok).toBe(true);
    receiver.requests.length = 0;
  });

  it('told “move here” it sends what waited, once', async () => {
    const moved = await playground.admin('POST', '/event-webhooks/webhooks/actions/home', {
      ids: [copied.id],
      action: 'move',
    });
    expect(moved).toMatchObject({ status: 200, body: { changed: 1 } });
    await until('what waited', () => receiver.requests.length === 1);
    await quiet(1200);
    expect(receiver.requests).toHaveLength(1);
    expect((await status()).away).toEqual([]);
  });

  it('told “discard” it moves here without what waited', async () => {
    await copyFrom(copied.id, production);
    await create('Discarded');
    await until('the one made here', () => local.requests.length === 2);
    await playground.admin('POST', '/event-webhooks/webhooks/actions/home', {
      ids: [copied.id],
      action: 'discard',
    });
    await create('Sent');
    await until('the new one', () => receiver.requests.length === 2);
    await quiet(500);
    expect(receiver.bodies().map(({ data }) => (data.entry as { name: string }).name)).toEqual([
      'Леся',
      'Sent',
    ]);
  });

  it('an inbox of this very Strapi is never held', async () => {
    const made = await playground.admin<{ url: string }>('POST', '/event-webhooks/inboxes', { name: 'Bin' });
    const webhook = await addWebhook(playground, { url: made.body.url, events: ['author.created'] });
    await copyFrom(webhook.id, production);
    await create('To the inbox');
    await until('the delivery', async () =>
      (await playground.rows('event_webhooks_deliveries')).some(
        ({ webhook_id, state }) => Number(webhook_id) === webhook.id && state === 'succeeded',
      ),
    );
  });

  it('several instances without a public address are all at home', async () => {
    await playground.strapi.db
      .connection(webhooks)
      .where({ id: copied.id })
      .update({
        home: JSON.stringify({ name: null, host: 'web-7f9c', environment: 'development' }),
      });
    const before = receiver.requests.length;
    await create('From another container');
    await until('the delivery', () => receiver.requests.length === before + 1);
  });
});

describe('a copy that runs at another public address', () => {
  it('tells the owner at once, and once', async () => {
    const mails: { to: string; subject: string }[] = [];
    const receiver = await new Receiver().start();
    const app = await startPlayground({
      env: { PUBLIC_URL: 'https://staging.example.com', NODE_ENV: 'production' },
      listen: false,
      bootstrap: (strapi) => {
        const email = strapi.plugin('email').service('email') as { send(mail: unknown): Promise<void> };
        email.send = async (mail) => void mails.push(mail as { to: string; subject: string });
      },
    });
    try {
      const homes = app.strapi.plugin('event-webhooks').service('homes') as { settle(): Promise<void> };
      const owner = (await app.strapi.db.query('admin::user').create({
        data: { email: 'owner@example.com', firstname: 'Owner', isActive: true, preferedLanguage: 'uk' },
      })) as { id: number };
      await app.strapi.db.query('plugin::event-webhooks.webhook').create({
        data: {
          name: 'Shop',
          url: receiver.url(),
          events: ['author.*'],
          active: true,
          headers: [],
          secrets: [],
          ownerId: owner.id,
          home: { name: null, host: 'www.example.com', environment: 'production' },
        },
      });
      await homes.settle();
      await homes.settle();
      expect(mails).toEqual([
        expect.objectContaining({ to: 'owner@example.com', subject: 'Вебхук «Shop» на паузі: це копія?' }),
      ]);
    } finally {
      await app.stop();
      await receiver.stop();
    }
  });

  it('is home where another process of this very installation has it; a row that came with a copy proves nothing', async () => {
    const app = await startPlayground({
      env: { PUBLIC_URL: 'https://api.example.com', NODE_ENV: 'production' },
      listen: false,
    });
    try {
      const homes = app.strapi.plugin('event-webhooks').service('homes') as {
        look(): Promise<void>;
        away(): Promise<{ name: string; rule: string }[]>;
      };
      const instances = () => app.strapi.db.connection('event_webhooks_instances');
      const waiting = async () => {
        await homes.look();
        return (await homes.away()).map(({ rule }) => rule);
      };
      const hosts = async () => {
        const [row] = await app.rows(webhooks);
        return (JSON.parse(String(row?.home)) as { alsoHosts?: string[] }).alsoHosts;
      };
      await app.strapi.db.query('plugin::event-webhooks.webhook').create({
        data: {
          name: 'Made on the admin node',
          url: 'http://127.0.0.1:9/',
          events: ['author.*'],
          active: true,
          headers: [],
          secrets: [],
          home: { name: null, host: 'admin.example.com', environment: 'production' },
        },
      });
      const seenAt = Date.now();
      await instances().insert({
        key: 'admin node',
        host: 'web-1',
        public_host: 'admin.example.com',
        pid: 1,
        engine: 'database',
        delivers: true,
        version: '0.1.0',
        started_at: seenAt,
        seen_at: seenAt,
      });
      // As in a copy that was made a moment ago: the row is young, and nobody writes it any more.
      expect([await waiting(), await waiting(), await waiting()]).toEqual([['host'], ['host'], ['host']]);
      await instances()
        .where({ key: 'admin node' })
        .update({ seen_at: seenAt + 1 });
      expect(await waiting()).toEqual([]);
      await waiting();
      expect(await hosts()).toEqual(['api.example.com']);
      // It stays home when the other one is down.
      await instances().where({ key: 'admin node' }).delete();
      expect(await waiting()).toEqual([]);
    } finally {
      await app.stop();
    }
  });
});
