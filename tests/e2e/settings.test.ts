import Database from 'better-sqlite3';
import type { Browser } from 'playwright-core';
import { Receiver } from '../integration/harness/receiver';
import { comeIn } from './administrator';
import type { Administrator } from './administrator';
import { openBrowser } from './browser';
import { startPlayground } from './playground';
import type { Playground } from './playground';
import { until } from './until';
import { languages } from './words';

const arrivesWithinMs = 30_000;
// Longer than a turn of the dispatcher: what would be sent in spite of all has been sent by then.
const quietMs = 2500;
const webhookName = 'Newsletter';

let browser: Browser;
let playground: Playground;
let receiver: Receiver;

beforeAll(async () => {
  browser = await openBrowser();
  receiver = await new Receiver().start();
  playground = await startPlayground({ EVENT_WEBHOOKS_ALLOW: '127.0.0.1' });
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await playground?.stop();
  await receiver?.stop();
});

interface Author {
  documentId: string;
}

/** An editor saves an author. The plugin is not spoken to. */
const change = async (name: string): Promise<Author> =>
  (
    await playground.admin<{ data: Author }>('POST', '/content-manager/collection-types/api::author.author', {
      name,
    })
  ).data;

async function addWebhook(): Promise<number> {
  const { id } = await playground.admin<{ id: number }>('POST', '/event-webhooks/webhooks', {
    name: webhookName,
    url: receiver.url(),
    events: ['author.created'],
  });
  return id;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** As a copy of the database would have it: the row says that it belongs to another installation. */
function takeAwayFromHome(id: number): void {
  const database = new Database(playground.database, { timeout: 10_000 });
  const home = JSON.stringify({ name: null, host: 'cms.example.com', environment: 'production' });
  database.prepare('update event_webhooks_webhooks set home = ? where id = ?').run(home, id);
  database.close();
}

describe.each(languages)('what holds deliveries as a whole, by mouse, in %s', (language) => {
  let anna: Administrator;
  let webhookId: number;
  const reason = `The CRM moves (${language})`;

  beforeAll(async () => {
    const { results } = await playground.admin<{ results: { id: number }[] }>(
      'GET',
      '/event-webhooks/webhooks',
    );
    for (const { id } of results) await playground.admin('DELETE', `/event-webhooks/webhooks/${id}`);
    receiver.requests.length = 0;
    webhookId = await addWebhook();
    anna = await comeIn(browser, playground.url, language, 'settings');
  }, 120_000);

  afterAll(async () => {
    await anna?.leave();
  });

  it('everything is paused from the settings, with a reason', async () => {
    const { page, words, pictures, goTo } = anna;
    await page.goto(`${playground.url}/admin/plugins/event-webhooks`);
    await goTo('settings');
    await page.getByRole('button', { name: words('pause.button') }).click();
    await page.getByText(words('problem.required')).waitFor();
    await page.locator('[name="pauseReason"]').fill(reason);
    await page.getByRole('button', { name: words('pause.button') }).click();
    await page.getByText(words('pause.is_paused', { reason })).waitFor();
    await pictures.take('paused', { whole: true });
  });

  it('the banner stands above the list and above the deliveries; a change made meanwhile waits', async () => {
    const { page, words, pictures, goTo } = anna;
    const banner = page.getByRole('status').filter({ hasText: words('pause.is_paused', { reason }) });
    await goTo('webhooks');
    await banner.getByText('Anna Shevchenko').waitFor();
    await pictures.take('banner');
    await change(`Paused ${language}`);
    await goTo('deliveries');
    await banner.waitFor();
    await page
      .getByRole('row')
      .filter({ hasText: words('delivery.state.paused') })
      .first()
      .waitFor();
    await pause(quietMs);
    expect(receiver.requests).toHaveLength(0);
  });

  it('resumed, it is delivered, and the banner is gone', async () => {
    const { page, words } = anna;
    await page.getByRole('button', { name: words('pause.resume') }).click();
    await until('the change', arrivesWithinMs, () => receiver.requests.length === 1);
    await page.getByText(words('pause.is_paused', { reason })).waitFor({ state: 'detached' });
    expect(receiver.bodies()[0]).toMatchObject({ data: { entry: { name: `Paused ${language}` } } });
  });

  it('settings are saved and read back; what is wrong is said at its field', async () => {
    const { page, words, pictures, goTo } = anna;
    await goTo('settings');
    const days = page.locator('[name="deliveryDays"]');
    const addresses = page.locator('[name="notify"]');
    await days.fill('45');
    await addresses.fill('nobody');
    await page.getByRole('button', { name: words('form.save'), exact: true }).click();
    await page.getByText(words('problem.email')).waitFor();
    await addresses.fill(`ops-${language}@example.com`);
    await page.getByRole('button', { name: words('form.save'), exact: true }).click();
    await page.getByText(words('settings.saved')).waitFor();
    await page.reload();
    await addresses.waitFor();
    expect(await addresses.inputValue()).toBe(`ops-${language}@example.com`);
    expect(await days.inputValue()).toBe('45');
    await pictures.take('saved', { whole: true });
  });

  it('a webhook of another installation waits, and a banner says so', async () => {
    const { page, words, pictures, goTo } = anna;
    receiver.requests.length = 0;
    takeAwayFromHome(webhookId);
    await change(`Away ${language}`);
    await goTo('webhooks');
    await page.getByText(words('away.title', { count: 1 })).waitFor();
    await page.getByText(words('away.waiting', { count: 1, more: 'no' })).waitFor();
    await page.getByText(words('webhook.state.away')).first().waitFor();
    await pause(quietMs);
    expect(receiver.requests).toHaveLength(0);
    await pictures.take('away');
  });

  it('“keep waiting” takes the banner away for this administrator, not the note at the webhook', async () => {
    const { page, words } = anna;
    await page.getByRole('button', { name: words('away.keep') }).click();
    await page.getByText(words('away.title', { count: 1 })).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText(words('webhook.reason.environment')).waitFor();
    expect(await page.getByText(words('away.title', { count: 1 })).count()).toBe(0);
  });

  it('the home page names it, with its remedy', async () => {
    const { page, words, pictures } = anna;
    await page.goto(`${playground.url}/admin/`);
    const widget = page.getByRole('region', { name: words('home.title') });
    await widget.getByText(words('webhook.reason.environment')).waitFor();
    await widget.getByRole('button', { name: words('away.move') }).waitFor();
    await pictures.take('home', { whole: true });
  });

  it('“move here” sends what waited, once', async () => {
    const { page, words } = anna;
    await page.goto(`${playground.url}/admin/plugins/event-webhooks`);
    await page.getByRole('button', { name: words('away.move') }).click();
    await page
      .getByRole('alertdialog')
      .getByText(words('away.move_question', { count: 1 }))
      .waitFor();
    await page.getByRole('alertdialog').getByRole('button').last().click();
    await until('what waited', arrivesWithinMs, () => receiver.requests.length === 1);
    await page.getByText(words('webhook.reason.environment')).waitFor({ state: 'detached' });
    await pause(quietMs);
    expect(receiver.bodies()).toMatchObject([{ data: { entry: { name: `Away ${language}` } } }]);
  });

  it('beside an entry stand the deliveries that it caused', async () => {
    const { page, words, pictures } = anna;
    const { documentId } = await change(`Entry ${language}`);
    await page.goto(
      `${playground.url}/admin/content-manager/collection-types/api::author.author/${documentId}`,
    );
    const panel = page.getByRole('complementary').filter({ hasText: webhookName });
    await panel.getByText(words('delivery.state.succeeded')).waitFor();
    await pictures.take('entry');
    await panel.getByRole('link', { name: words('entry.all') }).click();
    await page.waitForURL(new RegExp(`deliveries\\?documentId=${documentId}`));
  });
});
