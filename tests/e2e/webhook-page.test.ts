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
    // The same address would refuse again: another one is asked for first, at its field.
    await page
      .getByRole('status')
      .getByRole('link', { name: words('attention.change_url') })
      .click();
    await page.waitForURL(/\/settings\?open=url/);
    await until('the focus in the address', patienceMs, () =>
      page.locator('[name="url"]').evaluate((element) => element === document.activeElement),
    );
    await page.getByRole('tab', { name: words('webhook.tab.overview') }).click();
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

  it('a delivery is in sight beside the list and above it, with the ones before and after it, and a way out', async () => {
    const { page, words } = anna;
    const panel = page.locator('section[aria-labelledby="delivery-title"]');
    const opened = () => new URL(page.url()).searchParams.get('delivery');
    const inSight = () =>
      until('the panel in sight', patienceMs, async () => {
        const box = await panel.boundingBox();
        const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
        return box !== null && box.y >= 0 && box.y < height / 2 && box.x >= 0 && box.x + box.width <= width;
      });
    await page.locator('tbody tr').first().getByRole('button').first().click();
    await panel.getByText(words('delivery.attempts')).waitFor();
    const newest = opened();
    expect(await panel.getByRole('button', { name: words('delivery.newer') }).isDisabled()).toBe(true);
    await panel.getByRole('button', { name: words('delivery.older') }).click();
    await until('the next one', patienceMs, () => opened() !== newest);
    await inSight();
    // The response comes first.
    const response = panel.getByRole('tab', { name: words('http.response') }).first();
    expect(await response.getAttribute('aria-selected')).toBe('true');

    await page.setViewportSize({ width: 390, height: 800 });
    await page.reload();
    await panel.getByText(words('delivery.attempts')).waitFor();
    await inSight();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(opened()).toBeNull();

    // One that is not there has a way out, too.
    await page.goto(`${page.url()}?delivery=999999999`);
    await panel.getByRole('alert').waitFor();
    await panel.getByRole('button', { name: words('close') }).click();
    await panel.waitFor({ state: 'detached' });
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it('its settings are the form, with one test button: that of the form', async () => {
    const { page, words } = anna;
    await page.getByRole('tab', { name: words('webhook.tab.settings') }).click();
    expect(await page.locator('[name="name"]').inputValue()).toBe(webhookName);
    expect(await page.getByRole('button', { name: words('test.send_test_event') }).count()).toBe(1);
  });

  it('an address that is a secret is hidden, can be seen by who may, and moving it asks for the headers', async () => {
    const { page, words } = anna;
    const address = page.locator('[name="url"]');
    await page.getByRole('checkbox', { name: words('form.url.secret'), exact: true }).click();
    await page.getByRole('button', { name: words('form.headers.title') }).click();
    await page.getByRole('button', { name: words('form.headers.add'), exact: true }).click();
    await page.locator('[name="headers.0.name"]').fill('authorization');
    await page.locator('[name="headers.0.value"]').fill('Bearer 4711');
    await page.getByRole('checkbox', { name: words('form.headers.secret'), exact: true }).click();
    await page.getByRole('button', { name: words('form.save'), exact: true }).click();
    await page.getByText(words('form.url.kept')).waitFor();
    expect(await address.inputValue()).toBe(`${new URL(crm.url()).origin}/••••`);

    await page.getByRole('button', { name: words('form.url.reveal'), exact: true }).click();
    await until('the whole address', patienceMs, async () => {
      const shown = page.locator('[name="revealedAddress"]');
      return (await shown.count()) > 0 && (await shown.inputValue()) === crm.url();
    });
    await address.fill('https://elsewhere.example/hook');
    await page.getByText(words('form.headers.enter_again')).waitFor();

    await address.fill(crm.url());
    await page.getByRole('checkbox', { name: words('form.url.secret'), exact: true }).click();
    await page.getByRole('button', { name: words('form.save'), exact: true }).click();
    await page.getByText(words('form.url.hint')).waitFor();
    expect(await address.inputValue()).toBe(crm.url());
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
