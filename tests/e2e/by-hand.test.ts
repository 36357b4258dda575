import type { Browser, Locator } from 'playwright-core';
import { Receiver } from '../integration/harness/receiver';
import { comeIn } from './administrator';
import type { Administrator } from './administrator';
import { openBrowser } from './browser';
import { tabTo } from './keyboard';
import { administrator, startPlayground } from './playground';
import type { Playground } from './playground';
import { until } from './until';
import { languages } from './words';

const webhookName = 'Site build';
const author = 'api::author.author';
const patienceMs = 30_000;

let browser: Browser;
let playground: Playground;
let receiver: Receiver;

beforeAll(async () => {
  process.env.EVENT_WEBHOOKS_ALLOW = '127.0.0.1';
  receiver = await new Receiver().start();
  browser = await openBrowser();
  playground = await startPlayground();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await playground?.stop();
  await receiver?.stop();
});

interface Body {
  type: string;
  data: { entry?: { name?: string } };
}

/** The requests so far: what was sent, and whether as a test. */
const received = () =>
  receiver.requests.map(({ headers, body }) => ({
    test: headers['webhook-test'] === 'true',
    body: JSON.parse(body.toString()) as Body,
  }));

describe.each(languages)('by hand, in %s', (language) => {
  let anna: Administrator;
  let id: number;
  let documentId: string;
  const name = `Lesya ${language}`;
  const dialog = (): Locator => anna.page.getByRole('dialog');
  const choose = (text: string) => dialog().getByRole('radio', { name: text });
  /** What stands in a field that one searches in. */
  const chosen = (field: string, text: string) =>
    until(`${text} in ${field}`, patienceMs, async () =>
      (await dialog().getByRole('combobox', { name: field }).inputValue()).includes(text),
    );

  const openMenu = async (item: string) => {
    await anna.page
      .getByRole('button', { name: anna.words('list.actions', { name: webhookName }), exact: true })
      .click();
    await anna.page.getByRole('menuitem', { name: item, exact: true }).click();
    await dialog().waitFor();
  };

  beforeAll(async () => {
    const entry = await playground.admin<{ data: { documentId: string } }>(
      'POST',
      `/content-manager/collection-types/${author}`,
      { name },
    );
    documentId = entry.data.documentId;
    const webhook = await playground.admin<{ id: number }>('POST', '/event-webhooks/webhooks', {
      name: webhookName,
      url: receiver.url('/hook'),
      events: ['author.updated'],
    });
    id = webhook.id;
    anna = await comeIn(browser, playground.url, language);
  }, 120_000);

  afterAll(async () => {
    await anna?.leave();
    await playground.admin('DELETE', `/event-webhooks/webhooks/${id}`);
  });

  beforeEach(() => {
    receiver.requests.length = 0;
  });

  it('a chosen entry is sent from the list, as a real delivery that is logged with who did it', async () => {
    const { page, words } = anna;
    await anna.goTo('webhooks');
    await openMenu(words('trigger.title'));
    const send = dialog().getByRole('button', { name: words('trigger.send'), exact: true });
    // Nothing is chosen yet.
    await until('the button to wait', patienceMs, () => send.isDisabled());
    await dialog().getByRole('searchbox').fill(name);
    await choose(name).click();
    await send.click();
    await dialog().getByText(words('trigger.queued')).waitFor();
    await dialog().getByText(words('delivery.state.succeeded')).waitFor();
    expect(received()).toMatchObject([
      { test: false, body: { type: 'author.updated', data: { entry: { name } } } },
    ]);
    await dialog()
      .getByRole('link', { name: words('test.view_in_deliveries') })
      .click();
    await page.getByText(`${administrator.firstname} ${administrator.lastname}`).first().waitFor();
  });

  it('a bare call is made by the keyboard alone', async () => {
    const { page, words } = anna;
    await page.goto(`${playground.url}/admin/plugins/event-webhooks/webhooks/${id}`);
    const opener = page.getByRole('button', { name: words('list.actions', { name: webhookName }) });
    await opener.waitFor();
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: words('trigger.title') }).press('Enter');
    const bare = choose(words('trigger.with.empty'));
    await bare.press('Space');
    await until('the choice', patienceMs, () => bare.isChecked());
    const send = dialog().getByRole('button', { name: words('trigger.send'), exact: true });
    await send.focus();
    await page.keyboard.press('Enter');
    await dialog().getByText(words('trigger.queued')).waitFor();
    await until('the request', patienceMs, () => receiver.requests.length === 1);
    expect(received()).toMatchObject([{ test: false, body: { type: 'manual.triggered', data: {} } }]);
    await page.keyboard.press('Escape');
    await until('the focus to return', patienceMs, () =>
      opener.evaluate((element) => element === document.activeElement),
    );
  });

  it('what stands in a form that is not saved is tested with a real entry', async () => {
    const { page, words } = anna;
    await page.goto(`${playground.url}/admin/plugins/event-webhooks/new?events=author.updated`);
    await page.locator('[name="name"]').fill('Not saved');
    await page.locator('[name="url"]').fill(receiver.url('/unsaved'));
    await page.getByRole('button', { name: words('test.send_test_event'), exact: true }).click();
    await choose(words('test.data.entry')).click();
    await dialog().getByRole('searchbox').fill(name);
    await choose(name).click();
    await dialog()
      .getByRole('button', { name: words('test.send'), exact: true })
      .click();
    await dialog()
      .getByText(/^200 OK/)
      .waitFor();
    expect(received()).toMatchObject([
      { test: true, body: { type: 'author.updated', data: { entry: { name } } } },
    ]);
    expect(receiver.requests[0]?.path).toBe('/unsaved');
  });

  it('the panel beside an entry sends it, and tells why nothing was sent', async () => {
    const { page, words } = anna;
    await page.goto(`${playground.url}/admin/content-manager/collection-types/${author}/${documentId}`);
    await page.getByRole('button', { name: words('entry.trigger') }).click();
    await dialog()
      .getByRole('button', { name: words('trigger.send'), exact: true })
      .click();
    await dialog().getByText(words('trigger.queued')).waitFor();
    await until('the request', patienceMs, () => receiver.requests.length === 1);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });

    await page.getByRole('button', { name: words('why.title') }).click();
    await dialog()
      .getByRole('status')
      .getByText(new RegExp(words('why.fired.succeeded', { time: '' }).trim()))
      .waitFor();
    await dialog()
      .getByRole('link', { name: words('why.see_delivery') })
      .click();
    await page.waitForURL(/\/deliveries\?delivery=\d+/);
    await page.getByText(`${administrator.firstname} ${administrator.lastname}`).first().waitFor();
  });

  it('says that a webhook does not wait for an event, and where that is changed', async () => {
    const { page, words } = anna;
    await page.goto(`${playground.url}/admin/plugins/event-webhooks`);
    await openMenu(words('why.title'));
    // Found by typing any part of it.
    await dialog()
      .getByRole('combobox', { name: words('test.event') })
      .fill('deleted author');
    await page.getByRole('option', { name: /\(author\.deleted\)/ }).click();
    await chosen(words('test.event'), 'author.deleted');
    await dialog()
      .getByRole('img', { name: words('why.step.no') })
      .last()
      .waitFor();
    await dialog()
      .getByRole('link', { name: words('why.remedy.settings') })
      .click();
    await page.waitForURL(new RegExp(`/webhooks/${id}.*settings`));
    await dialog().waitFor({ state: 'detached' });
  });

  it('says which condition of an event does not hold', async () => {
    const { page, words } = anna;
    await playground.admin('POST', '/content-manager/collection-types/api::payment.payment', {
      referenceCode: `P-${language}`,
      state: 'pending',
    });
    const waiting = await playground.admin<{ id: number }>('POST', '/event-webhooks/webhooks', {
      name: `Accounts ${language}`,
      url: receiver.url('/accounts'),
      events: ['payment.failed'],
    });
    await page.goto(`${playground.url}/admin/plugins/event-webhooks/webhooks/${waiting.id}`);
    await page
      .getByRole('button', { name: words('list.actions', { name: `Accounts ${language}` }), exact: true })
      .click();
    await page.getByRole('menuitem', { name: words('why.title'), exact: true }).click();
    await choose(words('why.scope.entry')).click();
    await dialog().getByRole('searchbox').fill(`P-${language}`);
    await choose(`P-${language}`).click();
    const answer = dialog().getByRole('status');
    await answer.getByText(/payment\.failed.*pending/).waitFor();
    await answer.getByRole('link', { name: words('why.remedy.event') }).click();
    await page.waitForURL(/\/events\?search=payment\.failed/);
    await dialog().waitFor({ state: 'detached' });
    await page.getByText(words('events.fact.condition')).waitFor();
    await playground.admin('DELETE', `/event-webhooks/webhooks/${waiting.id}`);
  });

  it('is asked where no delivery is found, of the webhook and event that were looked for', async () => {
    const { page, words } = anna;
    await page.goto(
      `${playground.url}/admin/plugins/event-webhooks/deliveries?webhook=${id}&eventType=author.deleted`,
    );
    await page.getByRole('button', { name: words('why.title') }).click();
    await chosen(words('trigger.webhook'), webhookName);
    await dialog()
      .getByRole('status')
      .getByText(/author|Author|deleted/)
      .first()
      .waitFor();
    await chosen(words('test.event'), 'author.deleted');
  });

  it('says that a webhook is turned off, and turns it on, by the keyboard alone', async () => {
    const { page, words } = anna;
    await playground.admin('POST', '/event-webhooks/webhooks/actions/bulk', { ids: [id], action: 'disable' });
    // Its newest event was delivered; of another kind nothing has happened.
    await playground.admin('PUT', `/event-webhooks/webhooks/${id}`, {
      name: webhookName,
      url: receiver.url('/hook'),
      events: ['author.created'],
      active: false,
    });
    await page.goto(`${playground.url}/admin/plugins/event-webhooks/webhooks/${id}`);
    await openMenu(words('trigger.title'));
    await dialog().getByText(words('trigger.off')).waitFor();
    expect(
      await dialog()
        .getByRole('button', { name: words('trigger.send'), exact: true })
        .isDisabled(),
    ).toBe(true);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });

    const opener = page.getByRole('button', { name: words('list.actions', { name: webhookName }) });
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: words('why.title') }).press('Enter');
    const answer = dialog().getByRole('status');
    await answer.getByText(words('why.active.no', { webhook: webhookName })).waitFor();
    const turnOn = answer.getByRole('button', { name: words('attention.turn_on') });
    await tabTo(page, turnOn);
    await page.keyboard.press('Enter');
    // The same dialog, and another answer.
    await answer.getByText(words('why.event_written.no')).waitFor();
    await answer.getByText(words('why.remedy.again')).waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await until('the focus to return', patienceMs, () =>
      opener.evaluate((element) => element === document.activeElement),
    );
  });
});
