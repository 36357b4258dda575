import { readFileSync } from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from './browser';
import { goThroughDialog, walkByTab } from './keyboard';
import { administrator } from './playground';
import type { Playground } from './playground';
import { startSite } from './site';
import type { Site } from './site';
import { signIn } from './visitor';
import type { Visitor } from './visitor';
import { wordsOf } from './words';

const words = wordsOf('en');
const plugin = '/plugins/event-webhooks';

/** Strapi's own navigation and its link past it are on every page and not ours to change: they are left out. */
const ofStrapi = ['#strapi > div > a', '#strapi > div > div > nav', 'section[aria-label^="Notifications"]'];
/** Our part of a page of ours; of a page of Strapi's it is named by the state. */
const ours = '[data-strapi-main-content], nav[aria-label="Webhooks"], [role="dialog"], [role="alertdialog"]';

let browser: Browser;
let playground: Playground;
let site: Site;
let anna: Visitor;

beforeAll(async () => {
  browser = await openBrowser();
  ({ playground, site } = await startSite());
  anna = await signIn(browser, playground.url, administrator);
  const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  await anna.context.addInitScript(axe);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await playground?.stop();
});

interface State {
  name: string;
  /** Below `/admin`. */
  path: () => string;
  /** Until it is in this state. */
  reach: (page: Page) => Promise<unknown>;
  /** Selector of our part, on a page that is Strapi's. */
  part?: string;
  /** What the API answers, where the site does not: by the end of the path. */
  answer?: { url: RegExp; status: number; body: unknown };
  /** Something lies over the page and takes Tab for itself: a menu, or a window of choices. */
  covered?: boolean;
}

const heading = (name: string) => (page: Page) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const text = (value: string | RegExp) => (page: Page) => page.getByText(value).first().waitFor();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const page404 = { page: 1, pageSize: 10, pageCount: 0, total: 0 };
const webhook = (name: string, tab = '') => `${plugin}/webhooks/${site.webhooks[name]}${tab}`;
/** Of the API, not the page of the same name. */
const api = (end: RegExp) => new RegExp(`:\\d+/event-webhooks/${end.source}`);
const failing = (url: RegExp) => ({
  url,
  status: 500,
  body: { error: { status: 500, message: 'Out of order' } },
});
const dialogOf = (page: Page) => page.getByRole('dialog');

async function openForm(page: Page, section: string): Promise<void> {
  await page.getByRole('button', { name: section }).first().click();
}

async function sendTest(page: Page): Promise<void> {
  await button(page, words('test.send_test_event')).first().click();
  await dialogOf(page)
    .getByRole('button', { name: words('test.send'), exact: true })
    .click();
}

async function openMenuOf(page: Page, name: string, item: string): Promise<void> {
  await button(page, words('list.actions', { name })).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

const exchange = (status: number) => ({
  request: {
    method: 'POST',
    url: 'https://crm.example.com/',
    headers: { 'webhook-id': 'msg_1' },
    body: '{"a":1}',
  },
  response: {
    status,
    statusText: '',
    headers: { server: 'nginx' },
    body: '<h1>Hello</h1>',
    truncated: false,
  },
  ...{
    ok: status < 400,
    deliveryId: 1,
    messageId: 'msg_1',
    eventType: 'payment.received',
    host: 'crm.example.com',
  },
  ...{ durationMs: 84, code: status < 400 ? null : 'http_5xx', error: null },
});

const states: State[] = [
  { name: 'the list', path: () => plugin, reach: text('accounting.example.com') },
  {
    name: 'the list, a row’s menu open',
    path: () => plugin,
    covered: true,
    reach: async (page) => {
      await button(page, words('list.actions', { name: 'CRM sync' })).click();
      await page.getByRole('menuitem').first().waitFor();
    },
  },
  {
    name: 'the list, some selected',
    path: () => plugin,
    reach: async (page) => {
      await page.getByRole('checkbox', { name: words('list.select_one', { name: 'CRM sync' }) }).click();
      await page.getByRole('toolbar').waitFor();
    },
  },
  {
    name: 'the list, filtered, its filters open',
    path: () => `${plugin}?state=held&event=payment.received`,
    covered: true,
    reach: async (page) => {
      await text('crm.example.com')(page);
      await button(page, words('filter.filters')).click();
      await page.getByRole('combobox', { name: words('filter.event') }).waitFor();
    },
  },
  {
    name: 'the list, empty',
    path: () => `${plugin}?sort=createdAt:asc`,
    answer: { url: api(/webhooks\?/), status: 200, body: { results: [], pagination: page404 } },
    reach: text(words('empty.title')),
  },
  {
    name: 'the list, failing',
    path: () => `${plugin}?sort=createdAt:desc`,
    answer: failing(api(/webhooks\?/)),
    reach: text(words('state.error')),
  },
  { name: 'the choice of a preset', path: () => `${plugin}/new`, reach: text(words('presets.note')) },
  { name: 'a preset', path: () => `${plugin}/new?preset=slack`, reach: text(words('presets.rest')) },
  { name: 'the form, empty', path: () => `${plugin}/new?preset=plain`, reach: heading(words('list.add')) },
  {
    name: 'the form, refused',
    path: () => `${plugin}/new?name=`,
    reach: async (page) => {
      await heading(words('list.add'))(page);
      await button(page, words('form.save')).click();
      await text(words('problem.required'))(page);
    },
  },
  ...(['secret', 'headers', 'delivery'] as const).map((section) => ({
    name: `the form, “${section}” unfolded`,
    path: () => webhook('Accounting: payments', '/settings'),
    reach: async (page: Page) => {
      await openForm(page, words(`form.${section}.title`));
      if (section === 'secret') await button(page, words('form.secret.reveal')).click();
      await page.waitForTimeout(300);
    },
  })),
  {
    name: 'a webhook’s overview',
    path: () => webhook('Accounting: payments'),
    reach: text(words('causes.title')),
  },
  {
    name: 'a failing webhook',
    path: () => webhook('CRM sync'),
    reach: text(words('webhook.reason.breaker')),
  },
  {
    name: 'a disabled webhook',
    path: () => webhook('Old mailing list'),
    reach: text(words('webhook.reason.failing')),
  },
  {
    name: 'a webhook’s deliveries',
    path: () => webhook('CRM sync', '/deliveries'),
    reach: (page) => page.locator('tbody tr').first().waitFor(),
  },
  { name: 'how to verify', path: () => webhook('CRM sync', '/verify'), reach: text(words('verify.title')) },
  {
    name: 'the deliveries',
    path: () => `${plugin}/deliveries`,
    reach: (page) => page.locator('tbody tr').first().waitFor(),
  },
  {
    name: 'the deliveries, filters open',
    path: () => `${plugin}/deliveries?state=pending`,
    covered: true,
    reach: async (page) => {
      await button(page, words('filter.filters')).click();
      await page.getByLabel(words('filter.httpStatus')).waitFor();
    },
  },
  {
    name: 'a delivery, its response',
    path: () => `${plugin}/deliveries?webhook=${site.webhooks['CRM sync']}&state=pending`,
    reach: async (page) => {
      await page.locator('tbody tr').last().getByRole('button').first().click();
      await page
        .getByRole('tab', { name: words('http.response') })
        .first()
        .waitFor();
    },
  },
  {
    name: 'a delivery, its request',
    path: () => `${plugin}/deliveries?webhook=${site.webhooks['CRM sync']}&state=pending&tests=hide`,
    reach: async (page) => {
      await page.locator('tbody tr').nth(1).getByRole('button').first().click();
      await page
        .getByRole('tab', { name: words('http.request') })
        .first()
        .click();
    },
  },
  {
    name: 'the deliveries, none found',
    path: () => `${plugin}/deliveries?httpStatus=418`,
    reach: text(words('deliveries.none_found')),
  },
  {
    name: 'the deliveries, failing',
    path: () => `${plugin}/deliveries?httpStatus=417`,
    answer: failing(api(/deliveries\?/)),
    reach: text(words('state.error')),
  },
  {
    name: 'the events, one unfolded',
    path: () => `${plugin}/events?event=payment.received`,
    reach: text('"payment_reference_code"'),
  },
  { name: 'the inbox', path: () => `${plugin}/inbox`, reach: text(words('inbox.verdict.verified')) },
  {
    name: 'the inbox, none made yet',
    path: () => `${plugin}/inbox`,
    answer: { url: api(/inboxes$/), status: 200, body: { results: [] } },
    reach: text(words('inbox.none')),
  },
  { name: 'the settings', path: () => `${plugin}/settings`, reach: text(words('retention.title')) },
  {
    name: 'the home page’s widget',
    path: () => '/',
    part: 'section:has(> * a[href$="/plugins/event-webhooks"]), [aria-label*="Webhooks"]:not(nav)',
    reach: text(words('home.delivered')),
  },
  {
    name: 'the panel beside an entry',
    path: () => `/content-manager/collection-types/${site.entry.uid}/${site.entry.documentId}`,
    part: '[role="complementary"]:has(a[href*="documentId="]), aside:has(a[href*="documentId="])',
    reach: text(words('entry.all')),
  },
  {
    name: 'a test with a real entry',
    path: () => webhook('Accounting: payments'),
    reach: async (page) => {
      await button(page, words('test.send_test_event')).first().click();
      await dialogOf(page)
        .getByRole('radio', { name: words('test.data.entry') })
        .click();
      await dialogOf(page).getByRole('radio').nth(2).waitFor();
    },
  },
  {
    name: 'a webhook that is triggered',
    path: () => webhook('Accounting: payments'),
    reach: async (page) => {
      await openMenuOf(page, 'Accounting: payments', words('trigger.title'));
      await dialogOf(page).getByRole('radio').nth(2).waitFor();
    },
  },
  {
    name: 'why a webhook did not fire',
    path: () => webhook('Old mailing list'),
    reach: async (page) => {
      await openMenuOf(page, 'Old mailing list', words('why.title'));
      await dialogOf(page).getByText(words('why.events')).waitFor();
    },
  },
  {
    name: 'a test, before it is sent',
    path: () => webhook('CRM sync'),
    reach: async (page) => {
      await button(page, words('test.send_test_event')).first().click();
      await dialogOf(page).getByText('crm.example.com').first().waitFor();
    },
  },
  ...[200, 503].map((status) => ({
    name: `a test that was answered with ${status}`,
    path: () => webhook('CRM sync'),
    answer: { url: api(/webhooks\/actions\/test$/), status: 200, body: exchange(status) },
    reach: async (page: Page) => {
      await sendTest(page);
      await text(/in 84 ms/)(page);
    },
  })),
  {
    name: 'a question before deleting',
    path: () => webhook('CRM sync'),
    reach: async (page) => {
      await button(page, words('list.actions', { name: 'CRM sync' })).click();
      await page.getByRole('menuitem', { name: words('list.delete') }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'a new secret',
    path: () => webhook('CRM sync', '/settings'),
    reach: async (page) => {
      await openForm(page, words('form.secret.title'));
      await button(page, words('form.secret.rotate')).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'sending again',
    path: () => `${plugin}/deliveries?webhook=${site.webhooks['CRM sync']}`,
    reach: async (page) => {
      await button(page, words('replay.everything_filtered')).click();
      await text(/will be resent/)(page);
    },
  },
];

type Finding = { rule: string; impact: string; help: string; where: string[] };

async function findings(page: Page, { part, covered }: Partial<State> = {}): Promise<Finding[]> {
  const options: RunOptions = {
    resultTypes: ['violations'],
    // While a menu is open the design system hides the page from screen readers and keeps the focus in the menu.
    rules: { 'aria-hidden-focus': { enabled: !covered } },
  };
  const results = await page.evaluate(
    ([chosen, exclude, given]) => {
      const { axe } = window as unknown as {
        axe: { run: (context: unknown, options: unknown) => Promise<AxeResults> };
      };
      const present = exclude.filter((selector) => document.querySelector(selector));
      return axe.run(chosen ? { include: [chosen] } : { exclude: present.map((each) => [each]) }, given);
    },
    [part ?? null, ofStrapi, options] as const,
  );
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, help, nodes }) => ({
      ...{ rule: id, impact: String(impact), help },
      where: nodes.map(({ html, any, all }) => `${html.slice(0, 300)} ${[...any, ...all][0]?.message ?? ''}`),
    }));
}

async function reach({ path, reach: ready, answer }: State): Promise<void> {
  const { page, visit } = anna;
  // A dialog or menu of the state before goes with the page.
  await visit('/me');
  await page.locator('[name="firstname"]').waitFor();
  if (answer) {
    await page.route(answer.url, (route) => route.fulfill({ status: answer.status, json: answer.body }));
  }
  await visit(path());
  // A dialog hides what stands behind it when it opens: what loads later is not hidden, and is found as out of reach.
  if (Object.keys(site.webhooks).some((name) => path() === webhook(name))) {
    await page.getByRole('combobox', { name: words('chart.period') }).waitFor();
  }
  await ready(page);
  // What is pointed at looks otherwise.
  await page.mouse.move(2, 2);
}

describe.each(states)('$name', (state) => {
  it('has nothing that keeps anybody out: light, dark, and by keyboard alone', async () => {
    const { page } = anna;
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await reach(state);
    try {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.waitForTimeout(150);
        expect({ colorScheme, found: await findings(page, state) }).toEqual({ colorScheme, found: [] });
      }
      if (!state.covered) {
        const walk = await walkByTab(page, state.part ?? ours);
        expect(walk).toEqual({ unreached: [], unmarked: [], positive: [] });
      }
    } finally {
      if (state.answer) await page.unroute(state.answer.url);
    }
  });
});

describe('at 768 px', () => {
  beforeAll(() => anna.page.setViewportSize({ width: 768, height: 1024 }));
  afterAll(() => anna.page.setViewportSize({ width: 1280, height: 900 }));

  it.each(
    states.filter(({ name }) =>
      [
        'the list',
        'the form, empty',
        'the deliveries',
        'the inbox',
        'the settings',
        'a failing webhook',
      ].includes(name),
    ),
  )('$name keeps nobody out, and nothing is cut off', async (state) => {
    const { page } = anna;
    await reach(state);
    expect(await findings(page)).toEqual([]);
    const overflow = await page.evaluate(() => {
      const { scrollWidth, clientWidth } =
        document.querySelector('[data-strapi-main-content]') ?? document.body;
      return scrollWidth - clientWidth;
    });
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

describe('dialogs keep the focus, close by Escape and give it back', () => {
  const good = { trapped: true, closed: true, returned: true };

  it('a test event', async () => {
    const { page } = anna;
    await reach({ name: '', path: () => webhook('CRM sync'), reach: text(words('causes.title')) });
    const opener = button(page, words('test.send_test_event'));
    expect(await goThroughDialog(page, opener, dialogOf(page))).toEqual(good);
  });

  it('a question before deleting, from a menu', async () => {
    const { page } = anna;
    const opener = button(page, words('list.actions', { name: 'CRM sync' }));
    const open = async () => {
      await page.keyboard.press('Enter');
      const item = page.getByRole('menuitem', { name: words('list.delete') });
      await item.waitFor();
      await item.focus();
      await page.keyboard.press('Enter');
    };
    expect(await goThroughDialog(page, opener, page.getByRole('alertdialog'), open)).toEqual(good);
    await reach({ name: '', path: () => plugin, reach: text('crm.example.com') });
    expect(await goThroughDialog(page, opener, page.getByRole('alertdialog'), open)).toEqual(good);
  });

  it('what was missed', async () => {
    const { page } = anna;
    await reach({ name: '', path: () => webhook('Old mailing list'), reach: text(words('causes.title')) });
    const opener = button(page, words('attention.turn_on'));
    expect(await goThroughDialog(page, opener, dialogOf(page))).toEqual(good);
  });

  it('a new secret', async () => {
    const { page } = anna;
    await reach({
      name: '',
      path: () => webhook('CRM sync', '/settings'),
      reach: (current) => openForm(current, words('form.secret.title')),
    });
    const opener = button(page, words('form.secret.rotate'));
    expect(await goThroughDialog(page, opener, page.getByRole('alertdialog'))).toEqual(good);
  });

  it('sending again', async () => {
    const { page } = anna;
    await reach({
      name: '',
      path: () => `${plugin}/deliveries?webhook=${site.webhooks['Old mailing list']}`,
      reach: (current) => button(current, words('replay.everything_filtered')).waitFor(),
    });
    const opener = button(page, words('replay.everything_filtered'));
    expect(await goThroughDialog(page, opener, dialogOf(page))).toEqual(good);
  });

  it('emptying an inbox', async () => {
    const { page } = anna;
    await reach({ name: '', path: () => `${plugin}/inbox`, reach: text(words('inbox.verdict.verified')) });
    const opener = button(page, words('inbox.clear'));
    expect(await goThroughDialog(page, opener, page.getByRole('alertdialog'))).toEqual(good);
  });
});
