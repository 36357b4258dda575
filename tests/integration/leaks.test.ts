import type { Core, UID } from '@strapi/strapi';
import { addWebhook, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { until } from './harness/wait';

const customer = 'api::customer.customer' as UID.ContentType;

/** What must be found nowhere. Each is long and odd enough that finding it is no accident. */
const password = 'Sup3r-S3cret-Passw0rd';
const privateNote = 'a-private-note-for-colleagues-only';
const headerSecret = 'Bearer very-secret-header-value-42';

describe('passwords, private fields and secrets stay inside (guarantees 3, 24)', () => {
  let playground: Playground;
  let receiver: Receiver;
  let strapi: Core.Strapi;
  let webhookId: number;
  let signingSecret: string;
  const log: string[] = [];

  const everythingOfOurs = async (): Promise<string> => {
    const tables = ['events', 'deliveries', 'attempts', 'hours'];
    const rows = await Promise.all(tables.map((table) => playground.rows(`event_webhooks_${table}`)));
    return JSON.stringify(rows);
  };

  beforeAll(async () => {
    receiver = await new Receiver().start();
    // It gives back everything it got, secret headers and all.
    receiver.answer = ({ headers, body }) => ({
      headers: { 'x-echo': String(headers['authorization']) },
      body: JSON.stringify({ headers, body: body.toString() }),
    });
    playground = await startPlayground();
    strapi = playground.strapi;
    strapi.log.level = 'silly';
    for (const level of ['error', 'warn', 'info', 'http', 'debug'] as const) {
      const original = strapi.log[level].bind(strapi.log) as (...values: unknown[]) => unknown;
      strapi.log[level] = ((...values: unknown[]) => {
        log.push(JSON.stringify(values));
        return level === 'error' ? original(...values) : undefined;
      }) as never;
    }
    const webhook = await addWebhook(playground, {
      url: receiver.url(),
      events: ['*', 'user.*'],
      headers: [{ name: 'authorization', value: headerSecret, secret: true }],
    });
    webhookId = webhook.id;
    const { body } = await playground.admin<{ secrets: { secret: string }[] }>(
      'GET',
      `/event-webhooks/webhooks/${webhookId}/secret`,
    );
    signingSecret = body.secrets[0]?.secret ?? '';
    const made = (await strapi.documents(customer).create({
      data: {
        name: 'Olena',
        email: 'olena@example.com',
        internalNotes: privateNote,
        portalPassword: password,
      } as never,
    })) as { documentId: string };
    await strapi.documents(customer).update({
      documentId: made.documentId,
      data: {
        name: 'Olena K.',
        internalNotes: `${privateNote}-changed`,
        portalPassword: `${password}-changed`,
      } as never,
    });
    const users = strapi.plugin('users-permissions').service('user') as {
      add(values: Record<string, unknown>): Promise<unknown>;
    };
    await users.add({
      username: 'olena',
      email: 'olena@example.com',
      password,
      provider: 'local',
      confirmed: true,
      role: null,
      confirmationToken: 'confirm-token-123456',
      resetPasswordToken: 'reset-token-123456',
    });
    await until('all deliveries', async () => {
      const rows = await playground.rows('event_webhooks_deliveries');
      return rows.length >= 3 && rows.every(({ state }) => state === 'succeeded');
    });
  });

  afterAll(async () => {
    await playground?.stop();
    await receiver?.stop();
  });

  it('the secret header did reach the receiver, so the test looks at something', () => {
    expect(receiver.requests[0]?.headers.authorization).toBe(headerSecret);
    expect(signingSecret).toMatch(/^whsec_/);
  });

  it('in no payload and no list of changed fields', async () => {
    const sent = receiver.requests.map(({ body }) => body.toString('utf8')).join('\n');
    for (const secret of [password, privateNote, '$2', 'confirm-token-123456', 'reset-token-123456']) {
      expect(sent).not.toContain(secret);
    }
    for (const name of [
      'internalNotes',
      'portalPassword',
      'resetPasswordToken',
      'confirmationToken',
      '"password"',
    ]) {
      expect(sent).not.toContain(name);
    }
    const updated = receiver.bodies().find(({ type }) => type === 'customer.updated');
    expect(updated).toBeDefined();
    expect(await everythingOfOurs()).not.toMatch(
      /internalNotes|portalPassword|resetPasswordToken|confirmationToken/,
    );
  });

  it('in no table of ours, echoes of the receiver included', async () => {
    const stored = await everythingOfOurs();
    for (const secret of [
      password,
      privateNote,
      headerSecret,
      signingSecret,
      signingSecret.slice('whsec_'.length),
    ]) {
      expect(stored).not.toContain(secret);
    }
    const webhooks = JSON.stringify(await playground.rows('event_webhooks_webhooks'));
    expect(webhooks).not.toContain(headerSecret);
    expect(webhooks).not.toContain(signingSecret.slice('whsec_'.length));
  });

  it('in no answer of the API but the one that reveals it', async () => {
    const [delivery] = await playground.rows('event_webhooks_deliveries');
    for (const path of [
      '/webhooks',
      `/webhooks/${webhookId}`,
      '/event-types',
      '/deliveries',
      `/deliveries/${String(delivery?.id)}`,
      '/importable',
      '/inboxes',
    ]) {
      const { status, body } = await playground.admin('GET', `/event-webhooks${path}`);
      expect([path, status]).toEqual([path, 200]);
      const text = JSON.stringify(body);
      for (const secret of [password, privateNote, headerSecret, signingSecret])
        expect(text).not.toContain(secret);
    }
  });

  it('in no line of the log', () => {
    const text = log.join('\n');
    for (const secret of [password, privateNote, headerSecret, signingSecret])
      expect(text).not.toContain(secret);
  });

  it('not in the GraphQL schema, nor in the content API, nor in the content manager', async () => {
    const answer = await fetch(`${playground.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: '{ __schema { types { name fields { name } } queryType { fields { name } } } }',
      }),
    });
    const schema = await answer.text();
    expect(schema).toContain('Article');
    expect(schema).not.toMatch(/EventWebhooks|eventWebhooks/);
    const content = await fetch(`${playground.url}/api/event-webhooks/webhooks`);
    expect(content.status).toBe(404);
    const { body } = await playground.admin<{ data: { uid: string; isDisplayed: boolean }[] }>(
      'GET',
      '/content-manager/content-types',
    );
    const ours = body.data.filter(({ uid }) => uid.startsWith('plugin::event-webhooks'));
    expect(ours.filter(({ isDisplayed }) => isDisplayed)).toEqual([]);
  });
});
