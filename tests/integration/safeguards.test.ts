import type { UID } from '@strapi/strapi';
import { addWebhook, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { quiet, until } from './harness/wait';

const author = 'api::author.author' as UID.ContentType;

describe('when something of ours is broken', () => {
  let playground: Playground;
  let receiver: Receiver;
  let webhook: { id: number };

  const create = (name: string) => playground.strapi.documents(author).create({ data: { name } as never });
  const view = async () =>
    (
      await playground.admin<{ needsAttention: { code: string } | null; events: string[] }>(
        'GET',
        `/event-webhooks/webhooks/${webhook.id}`,
      )
    ).body;

  beforeAll(async () => {
    receiver = await new Receiver().start();
    playground = await startPlayground();
    webhook = await addWebhook(playground, { url: receiver.url(), events: ['author.created'] });
  });
  afterAll(async () => {
    await playground?.stop();
    await receiver?.stop();
  });

  it('the database refuses the event row: the change is rolled back, with an error that says so (guarantee 7)', async () => {
    const rename = (from: string, to: string) => playground.strapi.db.connection.schema.renameTable(from, to);
    await rename('event_webhooks_events', 'event_webhooks_elsewhere');
    try {
      await expect(create('Refused')).rejects.toThrow('the database refused the event of this change');
    } finally {
      await rename('event_webhooks_elsewhere', 'event_webhooks_events');
    }
    expect(await playground.strapi.db.query(author).count({ where: { name: 'Refused' } })).toBe(0);
  });

  it('after an error of the database the dispatcher goes on by itself (guarantee 22)', async () => {
    await create('After');
    await until('the delivery', () => receiver.requests.length === 1);
  });

  it('a secret that no longer decrypts stops its webhook, which says so; nothing is sent unsigned (guarantee 23)', async () => {
    await playground.strapi.db
      .connection('event_webhooks_webhooks')
      .update({ secrets: JSON.stringify([{ value: 'v1:00:00:00', validUntil: null }]) });
    await create('Waits');
    await quiet(1500);
    expect(receiver.requests).toHaveLength(1);
    expect(await view()).toMatchObject({ needsAttention: { code: 'secret_unreadable' } });
    const reveal = await playground.admin('GET', `/event-webhooks/webhooks/${webhook.id}/secret`);
    expect(reveal.status).toBe(400);

    await playground.admin('POST', `/event-webhooks/webhooks/${webhook.id}/secret/rotate`, {
      overlapHours: 24,
    });
    await until('what waited', () => receiver.requests.length === 2);
    expect(receiver.requests[1]?.headers['webhook-signature']).toMatch(/^v1,[^ ]+$/);
    expect((await view()).needsAttention).toBeNull();
  });

  it('during an overlap both secrets sign', async () => {
    await playground.admin('POST', `/event-webhooks/webhooks/${webhook.id}/secret/rotate`, {
      overlapHours: 24,
    });
    await create('Two signatures');
    await until('the request', () => receiver.requests.length === 3);
    expect(String(receiver.requests[2]?.headers['webhook-signature']).split(' ')).toHaveLength(2);
  });

  it('a webhook that names an event type which is gone says so (guarantee 30)', async () => {
    await playground.strapi.db
      .connection('event_webhooks_webhooks')
      .update({ events: JSON.stringify(['author.created', 'poem.created']) });
    expect(await view()).toMatchObject({
      needsAttention: { code: 'event_type_gone', detail: 'poem.created' },
    });
  });
});
