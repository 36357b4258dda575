import { Webhook } from 'standardwebhooks';

const webhookName = 'Test inbox';

/**
 * Makes an inbox with a webhook that calls it, and lets it catch what a day of trying things out brings: a test event,
 * a payment, and a request that nobody signed.
 *
 * @returns {Promise<string>} the inbox's token
 */
export async function fillInbox({ admin, catalog }) {
  const inbox = await admin('POST', '/event-webhooks/inboxes', { name: 'New payments' });
  const webhook = await admin('POST', '/event-webhooks/webhooks', {
    ...{ name: webhookName, url: inbox.url, events: ['payment.received'] },
  });
  const { secrets } = await admin('GET', `/event-webhooks/webhooks/${webhook.id}/secret`);
  await fetch(inbox.url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'curl/8.9.1' },
    body: 'hello=world',
  });
  const signed = (type, id) => sendSigned(inbox.url, catalog, secrets[0].secret, type, id);
  await signed('customer.created', 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W');
  await signed('payment.failed', 'msg_2KWPC1LkTzQ9rB7uVnXw0eD3sYa');
  await signed('payment.received', 'msg_2KWPDm8cJhR5tG6pZqLx4vN2kWb');
  await admin('DELETE', `/event-webhooks/webhooks/${webhook.id}`);
  return inbox.token;
}

async function sendSigned(url, catalog, secret, type, id) {
  const { sample } = catalog.find((event) => event.type === type);
  const at = new Date();
  const body = JSON.stringify({ ...sample, timestamp: at.toISOString() });
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Strapi-Event-Webhooks/0.1',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
    },
    body,
  });
  if (!response.ok) throw new Error(`the inbox answered ${response.status}`);
}
