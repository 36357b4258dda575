import type { Browser } from 'playwright-core';
import type { WebhookView } from '../../contracts';
import { comeIn } from './administrator';
import type { Administrator } from './administrator';
import { openBrowser } from './browser';
import { startPlayground } from './playground';
import type { Playground } from './playground';
import { languages } from './words';

let browser: Browser;
let playground: Playground;

beforeAll(async () => {
  browser = await openBrowser();
  playground = await startPlayground({ EVENT_WEBHOOKS_ALLOW: '127.0.0.1' });
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await playground?.stop();
});

const oldUrl = 'http://127.0.0.1:9/old';
const newUrl = 'http://127.0.0.1:9/new';

describe.each(languages)('in %s', (language) => {
  let anna: Administrator;
  beforeAll(async () => {
    anna = await comeIn(browser, playground.url, language);
  }, 120_000);
  afterAll(() => anna?.leave());

  describe('a form that others change under one’s hands', () => {
    let id: number;
    const stored = () => playground.admin<WebhookView>('GET', `/event-webhooks/webhooks/${id}`);
    const change = (body: object) => playground.admin('PUT', `/event-webhooks/webhooks/${id}`, body);
    const url = () => anna.page.locator('[name="url"]');
    const save = () => anna.page.getByRole('button', { name: anna.words('form.save'), exact: true }).click();
    const open = async () => {
      await anna.page.goto(`${playground.url}/admin/plugins/event-webhooks/webhooks/${id}/settings`);
      await url().waitFor();
    };

    beforeEach(async () => {
      ({ id } = await playground.admin<WebhookView>('POST', '/event-webhooks/webhooks', {
        name: 'CRM',
        url: oldUrl,
        events: ['author.created'],
        active: false,
      }));
      await open();
    });
    afterEach(() => playground.admin('DELETE', `/event-webhooks/webhooks/${id}`));

    it('keeps what was typed when the webhook is turned on beside it, and saves both', async () => {
      const { page, words } = anna;
      await url().fill(newUrl);
      await page.getByRole('button', { name: words('attention.turn_on') }).click();
      await page.getByText(words('form.active.on')).waitFor();
      expect(await url().inputValue()).toBe(newUrl);
      await save();
      await page.getByText(words('form.saved', { name: 'CRM' })).waitFor();
      expect(await stored()).toMatchObject({ url: newUrl, active: true });
    });

    it('does not undo what somebody else saved: says who changed what, and lets one keep one’s own', async () => {
      const { page, words, pictures } = anna;
      await url().fill(newUrl);
      await change({ url: 'http://127.0.0.1:9/theirs', name: 'Theirs', active: true });
      await save();
      const dialog = page.getByRole('dialog', { name: words('conflict.title') });
      await dialog.getByText('Anna Shevchenko').waitFor();
      await dialog.getByText(words('conflict.field.name'), { exact: false }).first().waitFor();
      await pictures.take('conflict');
      await dialog.getByRole('button', { name: words('conflict.keep') }).click();
      await dialog.waitFor({ state: 'hidden' });
      expect(await stored()).toMatchObject({ url: newUrl, name: 'Theirs', active: true });
      expect(await page.locator('[name="name"]').inputValue()).toBe('Theirs');
    });

    it('or take theirs, without losing what only one has changed oneself', async () => {
      const { page, words } = anna;
      await url().fill(newUrl);
      await page.locator('[name="name"]').fill('Mine');
      await change({ url: 'http://127.0.0.1:9/theirs' });
      await save();
      const dialog = page.getByRole('dialog', { name: words('conflict.title') });
      await dialog.getByRole('button', { name: words('conflict.take') }).click();
      await dialog.waitFor({ state: 'hidden' });
      expect(await url().inputValue()).toBe('http://127.0.0.1:9/theirs');
      expect(await page.locator('[name="name"]').inputValue()).toBe('Mine');
      await save();
      await page.getByText(words('form.saved', { name: 'Mine' })).waitFor();
      expect(await stored()).toMatchObject({ url: 'http://127.0.0.1:9/theirs', name: 'Mine' });
    });
  });

  describe('what cannot be loaded, or is gone', () => {
    let id: number;
    const plugin = () => `${playground.url}/admin/plugins/event-webhooks`;
    const webhookOf = (url: URL) => url.pathname === `/event-webhooks/webhooks/${id}`;
    const webhooksOf = (url: URL) => url.pathname === '/event-webhooks/webhooks';
    const fail = (address: (url: URL) => boolean) =>
      anna.page.route(address, (route) =>
        route.fulfill({
          status: 500,
          json: { data: null, error: { status: 500, name: 'InternalServerError', message: 'x' } },
        }),
      );
    const failedThenRetried = async (address: (url: URL) => boolean) => {
      const alert = anna.page.getByRole('alert').filter({ hasText: anna.words('state.error') });
      await alert.waitFor();
      await anna.page.unroute(address);
      await alert.getByRole('button', { name: anna.words('state.retry') }).click();
    };

    beforeEach(async () => {
      ({ id } = await playground.admin<WebhookView>('POST', '/event-webhooks/webhooks', {
        name: 'Shop',
        url: oldUrl,
        events: ['author.created'],
      }));
    });
    afterEach(() =>
      playground.admin('POST', '/event-webhooks/webhooks/actions/bulk', { ids: [id], action: 'delete' }),
    );

    it('a webhook whose page failed is not said to be gone, and is there on the next attempt', async () => {
      const { page, words } = anna;
      await fail(webhookOf);
      await page.goto(`${plugin()}/webhooks/${id}`);
      await page.getByText(words('state.error')).waitFor();
      expect(await page.getByText(words('form.not_found')).count()).toBe(0);
      await failedThenRetried(webhookOf);
      await page.getByRole('heading', { level: 1, name: 'Shop' }).waitFor();
    });

    it('one that somebody deletes elsewhere does not stay on the screen', async () => {
      const { page, words } = anna;
      await page.goto(`${plugin()}/webhooks/${id}`);
      await page.getByRole('heading', { level: 1, name: 'Shop' }).waitFor();
      await playground.admin('DELETE', `/event-webhooks/webhooks/${id}`);
      await page.getByText(words('form.not_found')).waitFor();
    });

    it('a list that failed is not said to be empty', async () => {
      const { page, words } = anna;
      await fail(webhooksOf);
      await page.goto(plugin());
      await page.getByText(words('state.error')).waitFor();
      expect(await page.getByText(words('empty.title')).count()).toBe(0);
      await failedThenRetried(webhooksOf);
      await page.getByText('Shop', { exact: true }).first().waitFor();
    });

    it('Enter in a field saves the form, and removes no event', async () => {
      const { page, words } = anna;
      await page.goto(`${plugin()}/webhooks/${id}/settings`);
      await page.locator('[name="name"]').fill('Shop by Enter');
      await page.locator('[name="name"]').press('Enter');
      await page.getByText(words('form.saved', { name: 'Shop by Enter' })).waitFor();
      expect(await playground.admin('GET', `/event-webhooks/webhooks/${id}`)).toMatchObject({
        name: 'Shop by Enter',
        events: ['author.created'],
      });
    });
  });
});
