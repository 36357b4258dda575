import { isDeepStrictEqual } from 'node:util';
import { endWithUs, isEnding, signalIsTheWayOut } from '../project/ending.mjs';
import { bold, cyan, dim, during, duration, green, say, tail } from '../project/telling.mjs';
import { logIn, ask, until } from '../strapi/admin-client.mjs';
import { headerOf, verifiedBody } from '../strapi/received-request.mjs';
import { startPlayground } from './playground.mjs';

const administrator = {
  email: 'admin@example.com',
  password: 'Demo-webhooks-1',
  firstname: 'Demo',
  lastname: 'Administrator',
};
const inboxName = 'Demo inbox';
const webhookName = 'Payment Received';
const eventType = 'payment.received';

/** A step of the demo did not do what it should; the message is for people. */
class DemoError extends Error {}

function expect(condition, otherwise) {
  if (!condition) throw new DemoError(otherwise);
}

/**
 * The main job, told as it happens: a payment is made, and its event arrives at a receiver.
 *
 * @param {{ check: boolean, fresh: boolean }} options
 */
export async function tellTheStory({ check, fresh }) {
  const app = await during('Starting Strapi with a network of customer sites in it', () =>
    startPlayground({ temporary: check, fresh }),
  );
  try {
    say();
    const admin = await createAdministrator(app);
    const inbox = await openInbox(admin);
    const webhook = await addWebhook(admin, inbox);
    const { payment, sentAt } = await pay(app);
    const request = await catchRequest(admin, inbox, payment, sentAt);
    await verify(admin, webhook, request, payment);
    await sendTest(admin, inbox, webhook);
    if (check) await openPanel(app);
  } catch (error) {
    if (!isEnding()) say(dim(`\nThe last that Strapi said:\n${tail(app.output(), 20)}`));
    throw error;
  }
  say();
  if (check) {
    await app.stop();
    say(green(bold('Every step was verified.')));
    return;
  }
  await stayUp(app);
}

let step = 0;
const happened = (text) => say(` ${bold(`${(step += 1)}.`)} ${text}`);
const detail = (text) => say(`      ${text}`);
const verified = (text) => say(`      ${green('✓')} ${text}`);

async function createAdministrator({ url }) {
  const admin = await logIn(url, administrator).catch((error) => {
    throw new DemoError(
      `${error.message}. Its password was changed? \`npm run demo -- --fresh\` begins anew`,
    );
  });
  happened(
    admin.isNew
      ? `An administrator was created: ${cyan(administrator.email)}`
      : `The administrator of the last demo logs in: ${cyan(administrator.email)}`,
  );
  return admin;
}

async function openInbox(admin) {
  const { results } = await admin.ask('GET', '/event-webhooks/inboxes');
  const present = results.find(({ name }) => name === inboxName);
  const inbox = present ?? (await admin.ask('POST', '/event-webhooks/inboxes', { name: inboxName }));
  happened(`An inbox ${present ? 'is open' : 'was opened'}: an address that keeps what it is sent`);
  detail(dim(inbox.url));
  return inbox;
}

async function addWebhook(admin, inbox) {
  const { results } = await admin.ask('GET', '/event-webhooks/webhooks?pageSize=100');
  const input = { name: webhookName, url: inbox.url, events: [eventType] };
  const present = results.find(({ name }) => name === webhookName);
  const webhook = present
    ? await admin.ask('PUT', `/event-webhooks/webhooks/${present.id}`, input)
    : await admin.ask('POST', '/event-webhooks/webhooks', input);
  expect(webhook.active, 'the webhook is not active');
  happened(`The webhook “${webhookName}” ${present ? 'points' : 'was added and points'} to it`);
  return webhook;
}

/** Somebody pays: one request to the public API, as a shop would make it. The plugin is not spoken to. */
async function pay({ url }) {
  const query = 'filters[state][$eq]=active&filters[amount][$gt]=0&populate[0]=customer&populate[1]=product';
  const { data: memberships } = await ask(url, 'GET', `/api/memberships?${query}`);
  const membership = memberships.find(({ customer, product }) => customer && product);
  expect(membership, 'the seed has no active membership with a customer and a product');
  const subtotal = membership.amount;
  const taxTotal = Math.round(subtotal * 20) / 100;
  const payment = {
    referenceCode: `DEMO${Date.now().toString(36).toUpperCase()}`,
    state: 'completed',
    kind: 'initial',
    subtotal,
    taxTotal,
    total: Math.round((subtotal + taxTotal) * 100) / 100,
    currency: membership.currency,
    gateway: 'stripe',
    products: [membership.product.documentId],
    membership: membership.documentId,
    customer: membership.customer.documentId,
  };
  const sentAt = Date.now();
  await ask(url, 'POST', '/api/payments', { body: { data: payment } });
  happened(
    `${membership.customer.name} paid ${payment.total} ${payment.currency} for ${membership.product.name ?? 'a membership'}`,
  );
  detail(dim(`POST /api/payments, reference ${payment.referenceCode}`));
  return { payment, sentAt };
}

async function catchRequest(admin, inbox, payment, sentAt) {
  const place = `/event-webhooks/inboxes/${inbox.token}/requests`;
  const request = await until('the request in the inbox', async () => {
    const { results } = await admin.ask('GET', place);
    const candidates = results.filter(
      (row) => row.eventType === eventType && !row.test && row.receivedAt >= sentAt,
    );
    for (const { id } of candidates) {
      const whole = await admin.ask('GET', `${place}/${id}`);
      if (whole.body.includes(payment.referenceCode)) return whole;
    }
    return null;
  });
  happened(`${duration(Math.max(0, request.receivedAt - sentAt))} later this arrived in the inbox:`);
  detail(`${bold(request.method)} ${request.path}`);
  for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
    detail(`${name}: ${cyan(headerOf(request, name) ?? '(missing)')}`);
  }
  for (const line of shortBody(JSON.parse(request.body))) detail(line);
  return request;
}

/** The body's envelope and the first fields of each of its parts. */
function shortBody({ type, timestamp, data }) {
  const shown = ['payment_reference_code', 'payment_total', 'membership_status', 'customer_name'];
  const fields = Object.keys(data);
  return [
    `{ "type": ${green(JSON.stringify(type))}, "timestamp": ${JSON.stringify(timestamp)}, "data": {`,
    ...shown.filter((key) => key in data).map((key) => `    "${key}": ${JSON.stringify(data[key])},`),
    dim(`    … ${fields.length - shown.filter((key) => key in data).length} more fields`),
    '} }',
  ];
}

async function verify(admin, webhook, request, payment) {
  happened('And it is what it claims to be:');
  expect(
    request.signature.verdict === 'verified' && request.signature.webhookId === webhook.id,
    `the inbox did not verify the signature: ${JSON.stringify(request.signature)}`,
  );
  verified(`the inbox verified its signature, as the one of “${request.signature.webhookName}”`);

  const { secrets } = await admin.ask('GET', `/event-webhooks/webhooks/${webhook.id}/secret`);
  const body = await verifiedBody(request, secrets[0].secret);
  verified('so did the library `standardwebhooks`, with the webhook’s secret over the received bytes');

  await verifyData(admin, body, payment);
  const messageId = headerOf(request, 'webhook-id');
  const delivery = await until('the delivery in the log', async () => {
    const { results } = await admin.ask(
      'GET',
      `/event-webhooks/deliveries?webhook=${webhook.id}&pageSize=100`,
    );
    return results.find(
      (row) => row.messageId === messageId && row.state !== 'pending' && row.state !== 'delivering',
    );
  });
  expect(delivery.state === 'succeeded', `the log says ${delivery.state} (${delivery.code})`);
  verified(`the log says: ${delivery.state}, answered ${delivery.httpStatus}, attempt ${delivery.attempts}`);
}

async function verifyData(admin, body, payment) {
  expect(body.type === eventType, `the body’s type is ${body.type}`);
  const { results } = await admin.ask('GET', '/event-webhooks/event-types');
  const described = results.find(({ type }) => type === eventType);
  expect(described, `${eventType} is not in the catalog`);
  const promised = Object.keys(described.sample.data).sort();
  const received = Object.keys(body.data).sort();
  expect(
    isDeepStrictEqual(received, promised),
    `the fields differ from those of the catalog’s sample: ${difference(promised, received)}`,
  );
  for (const part of ['payment_id', 'membership_id', 'customer_id']) {
    expect(body.data[part], `${part} is empty`);
  }
  expect(
    body.data.payment_reference_code === payment.referenceCode,
    `payment_reference_code is ${body.data.payment_reference_code}`,
  );
  verified(
    `its ${received.length} fields are those that the catalog promises: payment, membership, customer`,
  );
}

function difference(promised, received) {
  const missing = promised.filter((key) => !received.includes(key));
  const extra = received.filter((key) => !promised.includes(key));
  return `missing ${missing.join(', ') || 'none'}; not promised ${extra.join(', ') || 'none'}`;
}

async function sendTest(admin, inbox, webhook) {
  const result = await admin.ask('POST', '/event-webhooks/webhooks/actions/test', {
    webhookId: webhook.id,
    eventType,
  });
  expect(result.ok, `the test event failed: ${result.code} ${result.error ?? ''}`);
  const place = `/event-webhooks/inboxes/${inbox.token}/requests`;
  const caught = await until('the test event in the inbox', async () => {
    const { results } = await admin.ask('GET', place);
    const tests = await Promise.all(
      results
        .filter(({ test }) => test)
        .slice(0, 5)
        .map(({ id }) => admin.ask('GET', `${place}/${id}`)),
    );
    return tests.find((request) => headerOf(request, 'webhook-id') === result.messageId);
  });
  expect(caught.signature.verdict === 'verified', 'the inbox did not verify the test event');
  happened(`A test event was sent too: answered ${result.response.status} in ${duration(result.durationMs)}`);
}

/** What a browser asks first: the panel is built and served, with this plugin in it. */
async function openPanel({ url }) {
  const response = await fetch(`${url}/admin`, { signal: AbortSignal.timeout(30_000) });
  const page = await response.text();
  expect(response.ok && page.includes('<div id="strapi"'), `the admin panel answered ${response.status}`);
  happened('The admin panel is served');
}

/** Stays until Ctrl-C, or until Strapi ends by itself, which is a failure. */
async function stayUp(app) {
  const address = app.url.replace('127.0.0.1', 'localhost');
  say(bold('Now look at it yourself'));
  say(`   ${cyan(`${address}/admin`)}`);
  say(`   e-mail ${bold(administrator.email)}, password ${bold(administrator.password)}`);
  say();
  say('   Webhooks in the menu on the left: “Payment Received”, and Send test event under it');
  say('   Deliveries: what was sent and what was answered; Inbox: what arrived');
  say('   Content Manager → Payment → Create new entry: save one, and look into the inbox again');
  say();
  say(
    dim('Ctrl-C ends it. The next `npm run demo` finds it as you left it; with `-- --fresh` it begins anew.'),
  );
  signalIsTheWayOut();
  endWithUs({ end: async () => say('\nStopping Strapi …'), endAtOnce: () => undefined });
  await app.ended;
  if (isEnding()) return new Promise(() => undefined);
  throw new DemoError(`Strapi has ended by itself:\n${tail(app.output(), 30)}`);
}
