import type { Browser } from 'playwright-core';
import { comeIn } from './administrator';
import type { Administrator } from './administrator';
import { openBrowser } from './browser';
import { startPlayground } from './playground';
import type { Playground } from './playground';
import { languages } from './words';

const eventType = 'payment.received';
const webhookName = 'CRM: new payments';

let browser: Browser;
let playground: Playground;

beforeAll(async () => {
  browser = await openBrowser();
  playground = await startPlayground();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await playground?.stop();
});

/** Each language begins with an empty list. */
async function removeAll(): Promise<void> {
  const { admin } = playground;
  const { results: webhooks } = await admin<{ results: { id: number }[] }>(
    'GET',
    '/event-webhooks/webhooks?pageSize=100',
  );
  for (const { id } of webhooks) await admin('DELETE', `/event-webhooks/webhooks/${id}`);
  const { results: inboxes } = await admin<{ results: { token: string }[] }>(
    'GET',
    '/event-webhooks/inboxes',
  );
  for (const { token } of inboxes) await admin('DELETE', `/event-webhooks/inboxes/${token}`);
}

interface Membership {
  documentId: string;
  currency: string;
  customer: { documentId: string } | null;
  product: { documentId: string } | null;
}

/** A payment through the public API. The plugin is not spoken to. */
async function pay(referenceCode: string): Promise<void> {
  const { data: memberships } = await playground.shop<{ data: Membership[] }>(
    'GET',
    '/api/memberships?filters[state][$eq]=active&populate[0]=customer&populate[1]=product',
  );
  const membership = memberships.find(({ customer, product }) => customer && product);
  if (!membership) throw new Error('the seed has no active membership with a customer and a product');
  await playground.shop('POST', '/api/payments', {
    data: {
      referenceCode,
      state: 'completed',
      kind: 'initial',
      subtotal: 49,
      taxTotal: 9.8,
      total: 58.8,
      currency: membership.currency,
      gateway: 'stripe',
      products: [membership.product?.documentId],
      membership: membership.documentId,
      customer: membership.customer?.documentId,
    },
  });
}

describe.each(languages)('the main job, by mouse, in %s', (language) => {
  let anna: Administrator;
  let host: string;
  let eventName: string;
  const referenceCode = `E2E${language.toUpperCase()}${Date.now().toString(36).toUpperCase()}`;

  beforeAll(async () => {
    await removeAll();
    anna = await comeIn(browser, playground.url, language);
    eventName = anna.words('event.known.payment_received.name');
  }, 120_000);

  afterAll(async () => {
    await anna?.leave();
  });

  it('an empty list says what a webhook is and offers the button', async () => {
    const { page, words, pictures, goTo } = anna;
    await goTo('webhooks');
    await page.getByText(words('empty.title')).waitFor();
    await page.getByRole('link', { name: words('list.add') }).waitFor();
    await pictures.take('list');
  });

  it('the form takes a name, a test inbox as its URL, and an event that is searched for', async () => {
    const { page, words, pictures } = anna;
    await page.getByRole('link', { name: words('list.add') }).click();
    await page.getByRole('heading', { level: 1, name: words('list.add') }).waitFor();
    await page.getByRole('heading', { level: 2, name: words('preset.group.tell') }).waitFor();
    await page.getByRole('link', { name: words('presets.own') }).click();
    await page.locator('[name="name"]').fill(webhookName);
    await page.getByRole('button', { name: words('form.url.use_inbox') }).click();
    await page.getByRole('img', { name: words('form.url.good') }).waitFor();
    const inboxUrl = new URL(await page.locator('[name="url"]').inputValue());
    expect(inboxUrl.pathname).toMatch(/^\/event-webhooks\/in\/./);
    host = inboxUrl.host;
    await pictures.take('form');

    await page.getByRole('combobox', { name: words('form.event.label') }).fill(eventName);
    await page.getByRole('option', { name: eventName }).click();
    await page.getByRole('button', { name: words('form.event.remove', { name: eventName }) }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('the chosen event stands at the bottom with its description and its payload', async () => {
    const { page, words, pictures } = anna;
    await page.getByRole('heading', { name: words('events.available') }).waitFor();
    const payload = page.getByRole('group', { name: words('events.sample_of', { name: eventName }) });
    await payload.getByText('"payment_reference_code"').waitFor();
    await page.getByText(words('events.picked')).first().waitFor();
    await pictures.take('event', { whole: true });
  });

  it('saving it leads to its page, with the test under it', async () => {
    const { page, words, pictures } = anna;
    await page.getByRole('button', { name: words('form.save'), exact: true }).click();
    await page.waitForURL(/\/plugins\/event-webhooks\/webhooks\/\d+$/);
    await page.getByRole('heading', { level: 1, name: webhookName }).waitFor();
    await page.getByRole('button', { name: words('test.send_test_event') }).waitFor();
    // What whoever writes the receiver needs next.
    const secret = page.getByRole('textbox', { name: words('form.secret.current') });
    await secret.waitFor();
    expect(await secret.inputValue()).toMatch(/^whsec_/);
    await pictures.take('saved');
  });

  it('a test event is confirmed as successful', async () => {
    const { page, words, pictures } = anna;
    await page.getByRole('button', { name: words('test.send_test_event') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(host).waitFor();
    await dialog.getByRole('button', { name: words('test.send'), exact: true }).click();
    await dialog.getByText(words('test.success', { host })).waitFor();
    await dialog
      .getByText(/^200 OK/)
      .first()
      .waitFor();
    await pictures.take('test-success');
    await dialog
      .getByRole('button', { name: words('close') })
      .last()
      .click();
  });

  it('the inbox shows the request with its test data, its signature verified', async () => {
    const { page, words, pictures, goTo } = anna;
    await goTo('inbox');
    await page.getByText(words('inbox.verdict.verified')).waitFor();
    await page.getByText(words('delivery.test'), { exact: true }).first().waitFor();
    await page.getByRole('link', { name: webhookName }).waitFor();
    await page.getByText('payment_reference_code: ').waitFor();
    await pictures.take('inbox', { whole: true });
  });

  it('a real payment announces itself in the deliveries, and has arrived', async () => {
    const { page, words, pictures, goTo } = anna;
    await goTo('deliveries');
    await page.getByText(words('delivery.state.succeeded')).first().waitFor();
    await pay(referenceCode);
    await page.getByText(words('deliveries.new', { count: 1, more: 'no' })).waitFor();
    await page.getByRole('button', { name: words('deliveries.show_new') }).click();
    const newest = page
      .locator('tbody tr:first-child')
      .filter({ hasText: words('delivery.state.succeeded'), hasNotText: words('delivery.test') });
    await newest.getByRole('button', { name: eventName }).click();
    await page.getByRole('heading', { name: words('delivery.body_sent') }).waitFor();
    // It stands in the folded attempt too: what is seen is what counts.
    await page.getByText(`"${referenceCode}"`).filter({ visible: true }).first().waitFor();
    await pictures.take('deliveries', { whole: true });
  });

  it('the inbox has it too', async () => {
    const { page, words, goTo } = anna;
    await goTo('inbox');
    await page.getByRole('heading', { name: words('inbox.requests', { count: 2 }) }).waitFor();
    await page.getByText(`"${referenceCode}"`).waitFor();
    await page.getByText(words('inbox.verdict.verified')).waitFor();
    expect(await page.getByText(eventType).count()).toBeGreaterThan(1);
  });

  it('a receiver that answers 500 makes the dialog red, and it says why and what to do', async () => {
    const { page, words, pictures, goTo } = anna;
    await page.getByRole('combobox', { name: words('inbox.answers') }).click();
    await page.getByRole('option', { name: '500 Internal Server Error' }).click();
    await page.getByText(words('inbox.answer_changed')).waitFor();
    await goTo('webhooks');
    await page.getByRole('link', { name: webhookName }).click();
    await page.getByRole('button', { name: words('test.send_test_event') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: words('test.send'), exact: true }).click();
    const verdict = dialog.getByRole('alert');
    await verdict.getByText(/^500 Internal Server Error/).waitFor();
    await verdict.getByText(words('failure.status_500.cause', { host })).waitFor();
    await verdict.getByText(words('failure.status_500.remedy', { host })).waitFor();
    const response = dialog.getByRole('tab', { name: words('http.response') });
    expect(await response.getAttribute('aria-selected')).toBe('true');
    await pictures.take('test-failure');
  });
});
