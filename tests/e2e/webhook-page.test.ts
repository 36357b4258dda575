import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { comeIn } from './administrator';
import type { Administrator } from './administrator';
import { openBrowser } from './browser';
import { startPlayground } from './playground';
import type { Playground } from './playground';
import { until } from './until';
import { languages } from './words';

const webhookName = 'CRM sync';
const patienceMs = 30_000;

let browser: Browser;
let playground: Playground;
let crm: Crm;

/** A receiver that answers as the test says. */
class Crm {
  status = 200;
  requests = 0;
  private server: Server | null = null;

  async start(): Promise<this> {
    this.server = createServer((request, response) => {
      request.resume();
      request.on('end', () => {
        this.requests += 1;
        // Asked to wait, so that the webhook is held.
        response.writeHead(this.status, this.status === 503 ? { 'retry-after': '1800' } : {}).end();
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    return this;
  }

  url = (): string => `http://127.0.0.1:${(this.server?.address() as AddressInfo).port}/hook`;

  stop(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }
}

beforeAll(async () => {
  process.env.EVENT_WEBHOOKS_ALLOW = '127.0.0.1';
  crm = await new Crm().start();
  browser = await openBrowser();
  playground = await startPlayground();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await playground?.stop();
  crm?.stop();
});

describe.each(languages)('the page of a webhook, in %s', (language) => {
  let anna: Administrator;
  let id: number;

  /** Something happens, and is tried. */
  const trigger = async () => {
    const before = crm.requests;
    await playground.admin('POST', `/event-webhooks/webhooks/${id}/trigger`, {});
    await until('the request', patienceMs, () => crm.requests > before);
  };
  const open = async (tab = '') => {
    await anna.page.goto(`${playground.url}/admin/plugins/event-webhooks/webhooks/${id}${tab}`);
    await anna.page.getByRole('heading', { level: 1, name: webhookName }).waitFor();
  };

  beforeAll(async () => {
    crm.status = 200;
    const webhook = await playground.admin<{ id: number }>('POST', '/event-webhooks/webhooks', {
      name: webhookName,
      url: crm.url(),
      events: ['payment.received'],
      // No second try while one looks.
      retryScheduleSeconds: [600],
    });
    id = webhook.id;
    anna = await comeIn(browser, playground.url, language);
    await anna.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  }, 120_000);

  afterAll(async () => {
    await anna?.leave();
    await playground.admin('DELETE', `/event-webhooks/webhooks/${id}`);
  });

  it('says that nothing was sent yet', async () => {
    await open();
    await anna.page.getByText(anna.words('chart.empty')).waitFor();
    await anna.page.getByText(anna.words('causes.none')).waitFor();
  });

  it('shows what happened, by itself, and why what failed has failed', async () => {
    const { page, words } = anna;
    for (let count = 0; count < 3; count += 1) await trigger();
    crm.status = 404;
    await trigger();
    await page.getByText(words('chart.succeeded', { count: 3 })).waitFor();
    await page.getByText(words('chart.failed', { count: 1 })).waitFor();
    // Read aloud it is a table, whose last row is the present hour.
    const row = page
      .getByRole('table', { name: words('chart.title') })
      .getByRole('row')
      .last();
    const [succeeded, failed] = await row.getByRole('cell').allTextContents();
    expect([succeeded, failed]).toEqual(['3', '1']);
    await page.getByText(/^75\s?%$/).waitFor();
    await page.getByRole('heading', { level: 3, name: '404 Not Found' }).waitFor();
    const host = new URL(crm.url()).host;
    await page.getByText(words('failure.http_404.cause', { host })).waitFor();
  });

  it('shows another period, and keeps it in the address', async () => {
    const { page, words } = anna;
    await page.getByRole('combobox', { name: words('chart.period') }).click();
    await page.getByRole('option', { name: words('chart.period.30d') }).click();
    await page.waitForURL(/period=30d/);
    await until('thirty days', patienceMs, async () => {
      const rows = page.getByRole('table', { name: words('chart.title') }).getByRole('row');
      return (await rows.count()) === 31;
    });
    await page.getByText(words('chart.succeeded', { count: 3 })).waitFor();
  });

  it('a held one says why and until when, and goes on when told to', async () => {
    const { page, words } = anna;
    crm.status = 503;
    await trigger();
    await page.getByText(words('webhook.reason.retry_after')).waitFor();
    const before = crm.requests;
    await playground.admin('POST', `/event-webhooks/webhooks/${id}/trigger`, {});
    crm.status = 200;
    await page.getByRole('button', { name: words('hold.resume') }).click();
    await page.getByText(words('hold.resumed', { name: webhookName })).waitFor();
    await page.getByText(words('webhook.reason.retry_after')).waitFor({ state: 'detached' });
    await until('what waited', patienceMs, () => crm.requests > before);
  });

  it('a disabled one says why, and is turned on again', async () => {
    const { page, words } = anna;
    crm.status = 410;
    await trigger();
    await page.getByText(words('webhook.reason.gone')).waitFor();
    await page.getByText(words('webhook.state.disabled')).first().waitFor();
    crm.status = 200;
    await page.getByRole('button', { name: words('attention.turn_on') }).click();
    await page.getByText(words('webhook.reason.gone')).waitFor({ state: 'detached' });
    expect(await page.getByRole('switch').getAttribute('aria-checked')).toBe('true');
  });

  it('its deliveries stand in a tab, without the others', async () => {
    const { page, words } = anna;
    await page.getByRole('tab', { name: words('webhook.tab.deliveries') }).click();
    await page.waitForURL(/\/deliveries$/);
    await page.locator('tbody tr').first().waitFor();
    const names = await page.locator('tbody tr').allTextContents();
    expect(names.every((text) => text.includes(webhookName))).toBe(true);
  });

  it('its settings are the form, with one test button: that of the form', async () => {
    const { page, words } = anna;
    await page.getByRole('tab', { name: words('webhook.tab.settings') }).click();
    expect(await page.locator('[name="name"]').inputValue()).toBe(webhookName);
    expect(await page.getByRole('button', { name: words('test.send_test_event') }).count()).toBe(1);
  });

  it('a receiver in each language is there to be copied', async () => {
    const { page, words } = anna;
    await page.getByRole('tab', { name: words('webhook.tab.verify') }).click();
    for (const name of ['Python', 'PHP', 'Go', 'Node.js']) {
      await page.getByRole('tab', { name, exact: true }).click();
      const code = page.getByRole('group', { name: words('verify.receiver_in', { language: name }) });
      await code.getByRole('button', { name: words('copy.copy') }).click();
      await code.getByRole('button', { name: words('copy.done') }).waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toContain('WEBHOOK_SECRET');
      expect(copied).toBe(await code.locator('code').textContent());
    }
  });

  it('its old address leads to it', async () => {
    const { page } = anna;
    await page.goto(`${playground.url}/admin/plugins/event-webhooks/${id}`);
    await page.waitForURL(new RegExp(`/plugins/event-webhooks/webhooks/${id}$`));
    await page.getByRole('heading', { level: 1, name: webhookName }).waitFor();
  });
});
