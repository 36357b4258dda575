import type { Browser, Locator } from 'playwright-core';
import { Receiver } from '../integration/harness/receiver';
import { comeIn } from './administrator';
import type { Administrator } from './administrator';
import { openBrowser } from './browser';
import { tabTo } from './keyboard';
import { startPlayground } from './playground';
import type { Playground } from './playground';
import { until } from './until';

const patienceMs = 60_000;
const many = 2000;

let browser: Browser;
let playground: Playground;
let receiver: Receiver;
let anna: Administrator;

interface Webhook {
  id: number;
  missed: number;
}

const webhook = (name: string, path: string) =>
  playground.admin<Webhook>('POST', '/event-webhooks/webhooks', {
    name,
    url: receiver.url(path),
    events: ['payment.received'],
    retryScheduleSeconds: [],
  });

const switchTo = (id: number, action: 'enable' | 'disable') =>
  playground.admin('POST', '/event-webhooks/webhooks/actions/bulk', { ids: [id], action });

/** Payments of a shop, by the public API. */
async function pay(count: number, prefix: string): Promise<void> {
  for (let from = 0; from < count; from += 20) {
    const codes = Array.from(
      { length: Math.min(20, count - from) },
      (_, index) => `${prefix}${from + index}`,
    );
    await Promise.all(
      codes.map((referenceCode) =>
        playground.shop('POST', '/api/payments', {
          data: {
            ...{
              referenceCode,
              state: 'completed',
              kind: 'initial',
              subtotal: 49,
              taxTotal: 9.8,
              total: 58.8,
            },
            ...{ currency: 'EUR', gateway: 'stripe' },
          },
        }),
      ),
    );
  }
}

const count = async (query: string): Promise<{ count: number; more: boolean }> =>
  playground.admin('POST', '/event-webhooks/replays/count', Object.fromEntries(new URLSearchParams(query)));

const failedOf = async (id: number): Promise<number> =>
  (await count(`webhook=${id}&state=failed&which=all`)).count;

beforeAll(async () => {
  receiver = await new Receiver().start();
  process.env.EVENT_WEBHOOKS_ALLOW = '127.0.0.1';
  browser = await openBrowser();
  playground = await startPlayground();
  anna = await comeIn(browser, playground.url, 'en');
}, 300_000);

afterAll(async () => {
  await anna?.leave();
  await browser?.close();
  await playground?.stop();
  await receiver?.stop();
});

const rowOf = (state: string): Locator => anna.page.locator('tbody tr').filter({ hasText: state }).first();

describe('a receiver fails, and recovers', () => {
  let id: number;

  beforeAll(async () => {
    receiver.answer = () => ({ status: 503, headers: { server: 'nginx' }, body: 'down for repair' });
    ({ id } = await webhook('Accounting', '/accounting'));
    await pay(2, 'FAIL');
    await until('two failures', patienceMs, async () => (await failedOf(id)) === 2);
  }, 120_000);

  it('by mouse: the list shows it, the panel explains it, a resend turns it green', async () => {
    const { page, words, pictures, goTo } = anna;
    await page.goto(`${playground.url}/admin/plugins/event-webhooks`);
    await goTo('deliveries');
    await rowOf(words('delivery.state.failed')).getByRole('button').first().click();
    await page.getByText(words('failure.status_503.cause', { host: new URL(receiver.url()).host })).waitFor();
    await page.getByText('down for repair').filter({ visible: true }).first().waitFor();
    await pictures.take('failed', { whole: true });

    receiver.answer = () => ({ status: 200 });
    await page.getByRole('button', { name: words('delivery.resend'), exact: true }).click();
    const panel = page.getByRole('region', { name: words('event.known.payment_received.name') });
    await panel.getByText(`${words('delivery.state.succeeded')}: 200 OK`).waitFor();
    await page.getByText(words('delivery.step.manual')).first().waitFor();
    await pictures.take('repaired', { whole: true });
    expect(await failedOf(id)).toBe(1);
  });

  it('by keyboard: the same, without touching the mouse', async () => {
    const { page, words } = anna;
    await page.goto(`${playground.url}/admin/plugins/event-webhooks/deliveries?state=failed`);
    const open = rowOf(words('delivery.state.failed')).getByRole('button').first();
    await open.waitFor();
    // The table is a grid, as the design system makes it: arrows choose the cell, Tab what stands in it.
    await tabTo(page, page.locator('thead th').first());
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await tabTo(page, open);
    await page.keyboard.press('Enter');
    const resend = page.getByRole('button', { name: words('delivery.resend'), exact: true });
    await resend.waitFor();
    await tabTo(page, resend);
    await page.keyboard.press('Enter');
    await page
      .getByRole('region', { name: words('event.known.payment_received.name') })
      .getByText(`${words('delivery.state.succeeded')}: 200 OK`)
      .waitFor();
    await until('nothing that failed', patienceMs, async () => (await failedOf(id)) === 0);
  });
});

describe('the filters in the address bar', () => {
  it('by status and by time: what fits is there, what does not is not', async () => {
    const { page, words } = anna;
    await page.goto(`${playground.url}/admin/plugins/event-webhooks/deliveries`);
    await page.getByRole('button', { name: words('filter.filters') }).click();
    await page.getByLabel(words('filter.httpStatus')).fill('200');
    await page.waitForURL(/httpStatus=200/);
    await page.getByRole('combobox', { name: words('filter.time') }).click();
    await page.getByRole('option', { name: words('filter.time.hour') }).click();
    await page.waitForURL(/time=hour/);
    await page.keyboard.press('Escape');
    await until('two rows', patienceMs, async () => (await page.locator('tbody tr').count()) === 2);
    await page.goto(`${playground.url}/admin/plugins/event-webhooks/deliveries?httpStatus=404&time=hour`);
    await page.getByText(words('deliveries.none_found')).waitFor();
  });

  it('new rows announce themselves and move nothing that is being read', async () => {
    const { page, words, goTo } = anna;
    await goTo('deliveries');
    const first = page.locator('tbody tr').first();
    await first.waitFor();
    const before = await first.innerText();
    await pay(1, 'NEWS');
    await page.getByText(words('deliveries.new', { count: 1, more: 'no' })).waitFor();
    expect(await page.locator('tbody tr').count()).toBe(2);
    expect((await first.innerText()).split('\n')[0]).toBe(before.split('\n')[0]);
    await page.getByRole('button', { name: words('deliveries.show_new') }).click();
    await until('three rows', patienceMs, async () => (await page.locator('tbody tr').count()) === 3);
  });
});

describe(`${many} that failed`, () => {
  let id: number;

  beforeAll(async () => {
    // The breaker would hold a webhook that fails so often: a refusal of the message is none of its business.
    receiver.answer = ({ path }) => (path === '/crm' ? { status: 422 } : { status: 200 });
    ({ id } = await webhook('CRM sync', '/crm'));
    await pay(many, 'MANY');
    await until('all of them to fail', 300_000, async () => (await failedOf(id)) === many);
    receiver.answer = () => ({ status: 200 });
  }, 600_000);

  it('are counted, sent again with a bar that moves, stopped, found again after a reload, and resumed', async () => {
    const { page, words, pictures } = anna;
    await page.goto(`${playground.url}/admin/plugins/event-webhooks/deliveries?webhook=${id}&state=failed`);
    await page.getByRole('checkbox', { name: words('deliveries.select_all') }).click();
    await page.getByText(words('deliveries.selected', { count: 20 })).waitFor();
    await pictures.take('selection');
    await page.getByRole('button', { name: words('replay.everything_filtered') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(words('replay.count', { count: many })).waitFor();
    await pictures.take('replay-dialog');
    await dialog.getByRole('button', { name: words('replay.send'), exact: true }).click();

    const bar = page.locator('section').getByRole('progressbar');
    const value = async () => Number(await bar.getAttribute('aria-valuenow'));
    await bar.waitFor();
    const seen = new Set<number>();
    await until('the bar to move', patienceMs, async () => seen.add(await value()).size >= 3);
    await page.getByRole('button', { name: words('replay.stop') }).click();
    await page.getByText(words('replay.state.stopped')).waitFor();
    await pictures.take('replay-stopped');
    await page.reload();
    await page.getByText(words('replay.state.stopped')).waitFor();
    const stoppedAt = await value();
    expect(stoppedAt).toBeGreaterThan(0);
    expect(stoppedAt).toBeLessThan(100);
    const left = await failedOf(id);
    expect(left).toBeGreaterThan(0);

    await page.getByRole('button', { name: words('replay.resume') }).click();
    await until('the bar to move on', patienceMs, async () => (await value()) > stoppedAt);
    await page.getByText(words('replay.state.finished'), { exact: true }).waitFor({ timeout: 180_000 });
    await until('all to have arrived', patienceMs, async () => (await failedOf(id)) === 0);
    const arrived = new Set(
      receiver.requests
        .filter(({ path }) => path === '/crm')
        .map(({ headers }) => String(headers['webhook-id'])),
    );
    expect(arrived.size).toBe(many);
    await pictures.take('replay-finished');
  }, 400_000);

  it('page by page: a delivery that is opened and closed leaves the list on its page, with the way back', async () => {
    const { page, words } = anna;
    await page.goto(`${playground.url}/admin/plugins/event-webhooks/deliveries?webhook=${id}`);
    const rows = page.locator('tbody tr');
    const turn = async (by: 'deliveries.older' | 'deliveries.newer') => {
      const address = page.url();
      await page.getByRole('button', { name: words(by) }).click();
      await until('another page', patienceMs, () => page.url() !== address);
      await rows.first().waitFor();
    };
    await rows.first().waitFor();
    await turn('deliveries.older');
    const second = page.url();
    await turn('deliveries.older');
    const third = page.url();
    await rows.first().getByRole('button').first().click();
    await page.waitForURL(/delivery=/);
    expect(new URL(page.url()).searchParams.get('before')).toBe(new URL(third).searchParams.get('before'));
    await page
      .getByRole('button', { name: words('close') })
      .first()
      .click();
    await until('the panel to close', patienceMs, () => page.url() === third);
    await turn('deliveries.newer');
    expect(page.url()).toBe(second);
    await turn('deliveries.newer');
    expect(new URL(page.url()).searchParams.get('before')).toBeNull();
    expect(await page.getByRole('button', { name: words('deliveries.newer') }).isDisabled()).toBe(true);
  });
});

describe('a webhook that was off', () => {
  it('is turned on with what it missed, when that is chosen', async () => {
    const { page, words, pictures, goTo } = anna;
    const { id } = await webhook('Newsletter', '/newsletter');
    await switchTo(id, 'disable');
    await pay(3, 'MISSED');
    const missed = () => playground.admin<Webhook>('GET', `/event-webhooks/webhooks/${id}`);
    await until('three missed ones', patienceMs, async () => (await missed()).missed === 3);
    await page.goto(`${playground.url}/admin/plugins/event-webhooks`);
    await goTo('webhooks');
    await page.getByRole('switch', { name: words('list.active_switch', { name: 'Newsletter' }) }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(words('missed.question', { count: 3, more: 'no' })).waitFor();
    const usual = dialog.getByRole('button', { name: words('missed.without') });
    expect(await usual.evaluate((element) => element === document.activeElement)).toBe(true);
    await pictures.take('missed');
    await dialog.getByRole('button', { name: words('missed.with', { count: 3, more: 'no' }) }).click();
    await until(
      'the three',
      patienceMs,
      () => receiver.requests.filter(({ path }) => path === '/newsletter').length === 3,
    );
    expect((await missed()).missed).toBe(0);
  });
});

describe('a receiver that is mended while its deliveries wait for hours', () => {
  let id: number;
  const waiting = async (): Promise<number> =>
    (await count(`webhook=${id}&state=retrying&which=waiting`)).count;
  const breakDown = () => {
    // Not 503: that would slow the webhook down, and what comes next would not be tried at once.
    receiver.answer = ({ path }) => ({ status: path === '/warehouse' ? 500 : 200 });
  };
  const mend = () => {
    receiver.answer = () => ({ status: 200 });
  };
  const arrived = () =>
    receiver.requests.filter(({ path, headers }) => path === '/warehouse' && !headers['webhook-test']).length;

  beforeAll(async () => {
    ({ id } = await playground.admin<Webhook>('POST', '/event-webhooks/webhooks', {
      name: 'Warehouse',
      url: receiver.url('/warehouse'),
      events: ['payment.received'],
      retryScheduleSeconds: [7200],
    }));
  });

  it('gets them at once by a button on the webhook’s page', async () => {
    const { page, words } = anna;
    breakDown();
    await pay(2, 'WAIT');
    await until('two that wait', patienceMs, async () => (await waiting()) === 2);
    mend();
    const before = arrived();
    await page.goto(`${playground.url}/admin/plugins/event-webhooks/webhooks/${id}`);
    await page.getByText(words('webhook.waits', { count: 2 })).waitFor();
    await page.getByRole('button', { name: words('webhook.send_waiting') }).click();
    await until('the two', patienceMs, () => arrived() === before + 2);
    await until('none that waits', patienceMs, async () => (await waiting()) === 0);
  });

  it('gets it at once by the same button under a test that succeeded', async () => {
    const { page, words } = anna;
    breakDown();
    await pay(1, 'WAITS');
    await until('one that waits', patienceMs, async () => (await waiting()) === 1);
    mend();
    const before = arrived();
    await page.goto(`${playground.url}/admin/plugins/event-webhooks/webhooks/${id}`);
    await page.getByRole('button', { name: words('test.send_test_event') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: words('test.send'), exact: true }).click();
    await dialog.getByText(words('webhook.waits', { count: 1 })).waitFor();
    await dialog.getByRole('button', { name: words('webhook.send_waiting') }).click();
    await until('it', patienceMs, () => arrived() === before + 1);
    await until('none that waits', patienceMs, async () => (await waiting()) === 0);
  });

  it('is spared one that is cancelled, by buttons that say which of them cancels', async () => {
    const { page, words } = anna;
    breakDown();
    await pay(1, 'CANCEL');
    await until('one that waits', patienceMs, async () => (await waiting()) === 1);
    await page.goto(`${playground.url}/admin/plugins/event-webhooks/deliveries?webhook=${id}`);
    await page.locator('tbody tr').first().getByRole('button').first().click();
    const ask = () => page.getByRole('button', { name: words('delivery.cancel'), exact: true }).click();
    await ask();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByRole('button').first().waitFor();
    expect(await dialog.getByRole('button').allInnerTexts()).toEqual([
      words('delivery.keep'),
      words('delivery.cancel_confirm'),
    ]);
    await dialog.getByRole('button', { name: words('delivery.keep') }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await waiting()).toBe(1);
    await ask();
    await dialog.getByRole('button', { name: words('delivery.cancel_confirm') }).click();
    await until('none that waits', patienceMs, async () => (await waiting()) === 0);
    await page.getByText(words('delivery.state.cancelled')).first().waitFor();
    mend();
  });
});
