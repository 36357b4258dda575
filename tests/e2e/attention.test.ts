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

const author = 'api::author.author';
const arrivesWithinMs = 30_000;

/** As it is once a field was taken out of the content type. */
const renamed = {
  type: 'author.renamed',
  displayName: 'Author renamed',
  description: 'The pen name of an author changes.',
  contentType: author,
  on: [{ on: 'created', when: { field: 'penName', present: true } }],
};

let browser: Browser;
let playground: Playground;
let receiver: Receiver;

beforeAll(async () => {
  browser = await openBrowser();
  receiver = await new Receiver().start();
  playground = await startPlayground({
    EVENT_WEBHOOKS_ALLOW: '127.0.0.1',
    EVENT_WEBHOOKS_OPTIONS: JSON.stringify({ events: [renamed] }),
  });
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await playground?.stop();
  await receiver?.stop();
});

const addWebhook = (name: string, more: Record<string, unknown> = {}) =>
  playground.admin<{ id: number }>('POST', '/event-webhooks/webhooks', {
    name,
    url: receiver.url(`/${encodeURIComponent(name)}`),
    events: ['author.deleted'],
    ...more,
  });

/** What no screen can do: another key, a queue without workers. */
function inDatabase(sql: string, ...values: unknown[]): void {
  const database = new Database(playground.database, { timeout: 10_000 });
  database.prepare(sql).run(...values);
  database.close();
}

const unreadable = JSON.stringify([{ value: 'v1:00:00:00', validUntil: null }]);

describe.each(languages)('what needs somebody, by mouse, in %s', (language) => {
  let anna: Administrator;
  const names = { key: `Key ${language}`, field: `Field ${language}`, order: `Order ${language}` };
  let ids: Record<keyof typeof names, number>;

  beforeAll(async () => {
    receiver.requests.length = 0;
    ids = {
      key: (await addWebhook(names.key)).id,
      field: (await addWebhook(names.field, { events: ['author.renamed'] })).id,
      order: (
        await addWebhook(names.order, {
          events: ['author.updated'],
          ordered: true,
          onFailedHead: 'block',
          retryScheduleSeconds: [],
        })
      ).id,
    };
    inDatabase('update event_webhooks_webhooks set secrets = ? where id = ?', unreadable, ids.key);
    anna = await comeIn(browser, playground.url, language, 'attention');
  }, 120_000);

  afterAll(async () => {
    await anna?.leave();
    for (const id of Object.values(ids ?? {})) {
      await playground.admin('DELETE', `/event-webhooks/webhooks/${id}`);
    }
  });

  const field = { detail: 'Author renamed: penName' };

  it('the home page names each, with its one remedy', async () => {
    const { page, words, pictures } = anna;
    await page.goto(`${playground.url}/admin/`);
    const widget = page.getByRole('region', { name: words('home.title') });
    await widget.getByText(words('webhook.reason.secret_unreadable')).waitFor();
    await widget.getByText(words('webhook.reason.field_gone', field)).waitFor();
    await widget.getByRole('button', { name: words('attention.new_secret') }).waitFor();
    await widget.getByRole('link', { name: words('attention.see_event') }).waitFor();
    await pictures.take('home', { whole: true });
  });

  it('so does the list, and the field that is gone leads to the event that names it', async () => {
    const { page, words, pictures } = anna;
    await page.goto(`${playground.url}/admin/plugins/event-webhooks`);
    await page.getByText(words('webhook.reason.secret_unreadable')).waitFor();
    await page.getByText(words('webhook.reason.field_gone', field)).waitFor();
    await pictures.take('list', { whole: true });
    await page.getByRole('link', { name: words('attention.see_event') }).click();
    await page.getByText(words('events.gone', { type: 'Author', fields: 'penName' })).waitFor();
    await pictures.take('event');
  });

  it('a new secret is made on the page of the webhook, and the note is gone', async () => {
    const { page, words, pictures } = anna;
    await page.goto(`${playground.url}/admin/plugins/event-webhooks/webhooks/${ids.key}`);
    await page.getByText(words('webhook.reason.secret_unreadable')).waitFor();
    await pictures.take('page');
    await page.getByRole('button', { name: words('attention.new_secret') }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('button', { name: words('form.secret.rotate') }).click();
    await page.getByText(words('webhook.reason.secret_unreadable')).waitFor({ state: 'detached' });
  });

  it('a cause leads to what was counted; one that holds up its line says so, and is cancelled to let the next go', async () => {
    const { page, words, pictures } = anna;
    const save = (method: string, documentId: string, name: string) =>
      playground.admin<{ data: { documentId: string } }>(
        method,
        `/content-manager/collection-types/${author}${documentId}`,
        { name },
      );
    const { documentId } = (await save('POST', '', `A ${language}`)).data;
    receiver.answer = ({ body }) => ({ status: body.toString('utf8').includes('Wrong') ? 400 : 200 });
    await save('PUT', `/${documentId}`, `Wrong ${language}`);
    await save('PUT', `/${documentId}`, `Right ${language}`);
    await page.goto(`${playground.url}/admin/plugins/event-webhooks/webhooks/${ids.order}`);
    await page.getByText(words('causes.links')).waitFor();
    await pictures.take('causes', { whole: true });
    await page.getByRole('heading', { level: 3 }).getByRole('link').first().click();
    await page.getByText(words('filter.tries.any')).first().waitFor();
    const row = page.getByRole('row').filter({ hasText: words('delivery.reason.keeps_others') });
    await row.getByRole('button').first().click();
    await page.getByText(words('delivery.keeps_others')).waitFor();
    await pictures.take('head', { whole: true });
    expect(
      receiver.bodies().filter(({ data }) => JSON.stringify(data).includes(`Right ${language}`)),
    ).toEqual([]);
    await page.getByRole('button', { name: words('delivery.cancel_head') }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText(words('delivery.cancel_head_question', { webhook: names.order })).waitFor();
    await dialog.getByRole('button').last().click();
    await until('the next one', arrivesWithinMs, () =>
      receiver.requests.some(({ body }) => body.toString('utf8').includes(`Right ${language}`)),
    );
  });

  it('the settings say who delivers, what waits, and where that is set', async () => {
    const { page, words, pictures, goTo } = anna;
    await playground.admin('POST', '/event-webhooks/webhooks/actions/bulk', {
      ids: [ids.order],
      action: 'disable',
    });
    await goTo('settings');
    await page.getByRole('heading', { level: 2, name: words('queue.title') }).waitFor();
    await page.getByText(words('queue.engine.database')).waitFor();
    await page
      .getByRole('listitem')
      .filter({ hasText: words('queue.process_self') })
      .waitFor();
    await page.getByRole('listitem').filter({ hasText: names.order }).waitFor();
    await page.getByText('queue.engine, delivery.enabled').waitFor();
    await pictures.take('queue', { whole: true });
  });
});
