import { Webhook } from 'standardwebhooks';
import type { InboxRequestDetail, InboxRequestList, InboxView, TestResult } from '../../contracts';
import { addWebhook, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { until } from './harness/wait';

describe('the built-in inbox, in a real Strapi', () => {
  let playground: Playground;
  let inbox: InboxView;

  const caught = async () =>
    (await playground.admin<InboxRequestList>('GET', `/event-webhooks/inboxes/${inbox.token}/requests`)).body
      .results;
  const detail = async (id: number | undefined) =>
    (
      await playground.admin<InboxRequestDetail>(
        'GET',
        `/event-webhooks/inboxes/${inbox.token}/requests/${id}`,
      )
    ).body;

  beforeAll(async () => {
    playground = await startPlayground({ env: { EVENT_WEBHOOKS_ALLOW: 'nothing.example' } });
  });
  afterAll(async () => {
    await playground?.stop();
  });
  beforeEach(async () => {
    inbox = (await playground.admin<InboxView>('POST', '/event-webhooks/inboxes', {})).body;
  });

  it('verifies the signature of a body whose bytes a JSON parser would change', async () => {
    const { id, name } = await addWebhook(playground, {
      url: inbox.url,
      events: ['payment.received'],
      name: 'Signed',
    });
    const { body } = await playground.admin<{ secrets: { secret: string }[] }>(
      'GET',
      `/event-webhooks/webhooks/${id}/secret`,
    );
    const secret = body.secrets[0]?.secret ?? '';
    const bytes =
      '{ "type" : "payment.received",\n  "amount": 1.0, "big": 12345678901234567890, "name": "\\u00e9" }';
    expect(JSON.stringify(JSON.parse(bytes))).not.toBe(bytes);
    const now = new Date();
    const response = await fetch(inbox.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': 'msg_exact',
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign('msg_exact', now, bytes),
      },
      body: bytes,
    });
    expect(response.status).toBe(200);
    const [row] = await caught();
    expect(row?.signature).toMatchObject({ verdict: 'verified', webhookId: id, webhookName: name });
    expect((await detail(row?.id)).body).toBe(bytes);
  });

  it('receives a test event without any allowed address, and a real payment, both verified', async () => {
    const { id } = await addWebhook(playground, { url: inbox.url, events: ['payment.received'] });
    const { body: test } = await playground.admin<TestResult>(
      'POST',
      '/event-webhooks/webhooks/actions/test',
      {
        webhookId: id,
        eventType: 'payment.received',
      },
    );
    expect(test).toMatchObject({ ok: true, response: { status: 200 } });
    const paid = await fetch(`${playground.url}/api/payments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ data: { total: 49, currency: 'USD', state: 'completed' } }),
    });
    expect(paid.status).toBe(201);
    const rows = await until('both requests', async () => {
      const found = await caught();
      return found.length === 2 ? found : null;
    });
    expect(
      rows.map(({ eventType, test: isTest, signature }) => [eventType, isTest, signature.verdict]),
    ).toEqual([
      ['payment.received', false, 'verified'],
      ['payment.received', true, 'verified'],
    ]);
  });

  it('answers as it is told, so that a retry can be seen at work', async () => {
    await playground.admin('PUT', `/event-webhooks/inboxes/${inbox.token}`, { answerStatus: 500 });
    const { id } = await addWebhook(playground, { url: inbox.url, events: ['payment.received'] });
    const { body: test } = await playground.admin<TestResult>(
      'POST',
      '/event-webhooks/webhooks/actions/test',
      {
        webhookId: id,
        eventType: 'payment.received',
      },
    );
    expect(test).toMatchObject({ ok: false, code: 'http_5xx', response: { status: 500 } });
    const { status, body } = await playground.admin<{ error: { details: { errors: { path: string[] }[] } } }>(
      'PUT',
      `/event-webhooks/inboxes/${inbox.token}`,
      { answerStatus: 99 },
    );
    expect(status).toBe(400);
    expect(body.error.details.errors[0]?.path).toEqual(['answerStatus']);
  });

  it('takes any method, and an address that is none is not found', async () => {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      expect((await fetch(inbox.url, { method })).status).toBe(200);
    }
    expect(await caught()).toHaveLength(5);
    expect((await fetch(`${playground.url}/event-webhooks/in/AAAAAAAAAAAAAAAAAAAAAAAAAAAA`)).status).toBe(
      404,
    );
  });
});
