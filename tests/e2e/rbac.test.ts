import type { Browser, Page } from 'playwright-core';
import { permissions } from '../../contracts';
import type { PermissionName } from '../../contracts';
import { openBrowser } from './browser';
import type { Playground } from './playground';
import { startSite } from './site';
import type { Site } from './site';
import { until } from './until';
import { signIn } from './visitor';
import type { Visitor } from './visitor';
import { wordsOf } from './words';

const words = wordsOf('en');
const plugin = '/plugins/event-webhooks';
const arriveWithinMs = 10_000;
const crm = 'CRM sync';

let browser: Browser;
let playground: Playground;
let site: Site;

beforeAll(async () => {
  browser = await openBrowser();
  ({ playground, site } = await startSite());
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await playground?.stop();
});

type Screen = 'webhooks' | 'new' | 'webhook' | 'deliveries' | 'events' | 'inbox' | 'settings';

/** Each screen's address, the permission it asks for, and what shows that it is there. */
const screens: Record<Screen, { path: () => string; needs: PermissionName; title: () => string }> = {
  webhooks: { path: () => `${plugin}?page=1`, needs: 'read', title: () => words('plugin.name') },
  new: { path: () => `${plugin}/new?preset=plain`, needs: 'create', title: () => words('list.add') },
  webhook: { path: () => `${plugin}/webhooks/${site.webhooks[crm]}`, needs: 'read', title: () => crm },
  deliveries: {
    path: () => `${plugin}/deliveries`,
    needs: 'deliveriesRead',
    title: () => words('nav.deliveries'),
  },
  events: { path: () => `${plugin}/events`, needs: 'eventsRead', title: () => words('nav.events') },
  inbox: { path: () => `${plugin}/inbox`, needs: 'inboxRead', title: () => words('nav.inbox') },
  settings: { path: () => `${plugin}/settings`, needs: 'settingsRead', title: () => words('settings.title') },
};
const sections = ['webhooks', 'deliveries', 'events', 'inbox', 'settings'] as const;

/** What one permission adds to what is seen on a screen, and nobody without it sees. */
interface Sight {
  needs: PermissionName;
  on: Screen;
  what: string;
  see: (page: Page) => Promise<boolean>;
}

const shows = (role: 'button' | 'link' | 'tab' | 'checkbox', name: () => string) => (page: Page) =>
  page.getByRole(role, { name: name(), exact: true }).first().isVisible();

async function rowMenuHas(page: Page, name: string): Promise<boolean> {
  await page.getByRole('button', { name: words('list.actions', { name: crm }), exact: true }).click();
  await page.getByRole('menuitem').first().waitFor();
  const has = await page.getByRole('menuitem', { name, exact: true }).isVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  return has;
}

const sights: Sight[] = [
  { needs: 'create', on: 'webhooks', what: 'add', see: shows('link', () => words('list.add')) },
  {
    ...{ needs: 'create', on: 'webhooks', what: 'duplicate' },
    see: (page) => rowMenuHas(page, words('list.duplicate')),
  },
  {
    ...{ needs: 'update', on: 'webhooks', what: 'the switch' },
    see: (page) => page.getByRole('switch', { name: words('list.active_switch', { name: crm }) }).isEnabled(),
  },
  { needs: 'update', on: 'webhooks', what: 'edit', see: (page) => rowMenuHas(page, words('list.edit')) },
  { needs: 'update', on: 'webhooks', what: 'resume', see: shows('button', () => words('hold.resume')) },
  { needs: 'delete', on: 'webhooks', what: 'delete', see: (page) => rowMenuHas(page, words('list.delete')) },
  {
    ...{ needs: 'test', on: 'webhooks', what: 'test, in the row’s menu' },
    see: (page) => rowMenuHas(page, words('test.send_test_event')),
  },
  {
    ...{ needs: 'trigger', on: 'webhooks', what: 'trigger now' },
    see: (page) => rowMenuHas(page, words('trigger.title')),
  },
  {
    ...{ needs: 'deliveriesRead', on: 'webhooks', what: 'why did it not fire' },
    see: (page) => rowMenuHas(page, words('why.title')),
  },
  { needs: 'test', on: 'webhook', what: 'test', see: shows('button', () => words('test.send_test_event')) },
  {
    ...{ needs: 'deliveriesRead', on: 'webhook', what: 'the tab Deliveries' },
    see: shows('tab', () => words('webhook.tab.deliveries')),
  },
  {
    ...{ needs: 'deliveriesResend', on: 'deliveries', what: 'send what was missed' },
    see: shows('button', () => words('replay.missed_title')),
  },
  {
    ...{ needs: 'deliveriesResend', on: 'deliveries', what: 'select' },
    see: shows('checkbox', () => words('deliveries.select_all')),
  },
  {
    needs: 'inboxManage',
    on: 'inbox',
    what: 'make',
    see: shows('button', () => words('inbox.make_another')),
  },
  { needs: 'inboxManage', on: 'inbox', what: 'clear', see: shows('button', () => words('inbox.clear')) },
  {
    ...{ needs: 'create', on: 'new', what: 'events to choose from' },
    see: (page) => page.getByText('Payment Received', { exact: true }).first().isVisible(),
  },
  {
    ...{ needs: 'create', on: 'inbox', what: 'add a webhook for it' },
    see: shows('link', () => words('inbox.add_webhook')),
  },
  {
    ...{ needs: 'settingsUpdate', on: 'settings', what: 'pause' },
    see: shows('button', () => words('pause.button')),
  },
  { needs: 'settingsUpdate', on: 'settings', what: 'save', see: shows('button', () => words('form.save')) },
];

/** A role for each permission; one that acts on what it must see first has that too. */
const roles: PermissionName[][] = [
  ['read'],
  ['create'],
  ['deliveriesRead'],
  ['eventsRead'],
  ['inboxRead'],
  ['settingsRead'],
  ['read', 'deliveriesRead'],
  ['read', 'create'],
  ['read', 'update'],
  ['read', 'delete'],
  ['read', 'test'],
  ['read', 'trigger'],
  ['read', 'revealSecret'],
  ['deliveriesRead', 'deliveriesResend'],
  ['inboxRead', 'inboxManage'],
  ['settingsRead', 'settingsUpdate'],
];

/** Everybody may read payments, so that the panel beside one depends on our permission alone. */
const editor = [
  {
    ...{ action: 'plugin::content-manager.explorer.read', subject: 'api::payment.payment', conditions: [] },
    properties: { fields: ['referenceCode', 'state'] },
  },
];

async function userWith(has: readonly PermissionName[], index: number) {
  const { data: role } = await playground.admin<{ data: { id: number } }>('POST', '/admin/roles', {
    name: `Role ${index}`,
    description: has.join(', '),
  });
  const ours = has.map((name) => ({
    action: permissions[name],
    subject: null,
    conditions: [],
    properties: {},
  }));
  await playground.admin('PUT', `/admin/roles/${role.id}/permissions`, { permissions: [...ours, ...editor] });
  const email = `role${index}@example.com`;
  const { data: user } = await playground.admin<{ data: { id: number } }>('POST', '/admin/users', {
    ...{ email, firstname: 'Somebody', lastname: String(index), roles: [role.id] },
  });
  const password = 'Webhooks-2026';
  await playground.admin('PUT', `/admin/users/${user.id}`, { password, isActive: true });
  return { email, password };
}

describe.each(roles.map((has, index) => ({ title: has.join(' and '), has, index })))(
  'who may $title',
  ({ has, index }) => {
    let visitor: Visitor;
    const refused: string[] = [];
    const may = (name: PermissionName) => has.includes(name);

    beforeAll(async () => {
      visitor = await signIn(browser, playground.url, await userWith(has, index));
      visitor.page.on('response', (response) => {
        const { pathname } = new URL(response.url());
        if (pathname.startsWith('/event-webhooks/') && response.status() === 403) refused.push(pathname);
      });
    }, 60_000);
    afterAll(() => visitor?.context.close());

    it('sees the menu entries, screens, buttons and panels of that permission and no others', async () => {
      const { page, visit } = visitor;
      await visit('/');
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      const widget = page.getByText(words('home.delivered'));
      if (may('read')) await widget.waitFor();
      const seen: Record<string, boolean> = { 'the widget': await widget.isVisible() };
      const expected: Record<string, boolean> = { 'the widget': may('read') };

      for (const [name, { path, needs, title }] of Object.entries(screens)) {
        await visit(path());
        const heading = page.getByRole('heading', { level: 1, name: title(), exact: true });
        const closed = page.getByText(/permissions to access that content/);
        // The list's address is the menu's: who may not see the list gets the first page that is theirs.
        const section = sections.find((one) => may(screens[one].needs));
        const first = section ?? (may('create') ? 'new' : undefined);
        if (name === 'webhooks' && !may(needs) && first) {
          await page.getByRole('heading', { level: 1, name: screens[first].title(), exact: true }).waitFor();
          continue;
        }
        await heading.or(closed).first().waitFor();
        seen[`the screen ${name}`] = await heading.isVisible();
        expected[`the screen ${name}`] = may(needs);
        if (!may(needs)) continue;
        await page.waitForLoadState('networkidle');
        for (const { needs: more, on, what, see } of sights.filter((sight) => sight.on === name)) {
          seen[`${on}: ${what}`] = await see(page);
          expected[`${on}: ${what}`] = may(more);
        }
        // The navigation beside it names what may be gone to.
        const links = await page
          .locator('nav[aria-label="Webhooks"] a')
          .filter({ visible: true })
          .allInnerTexts();
        expect(links).toEqual(
          sections.filter((section) => may(screens[section].needs)).map((section) => words(`nav.${section}`)),
        );
      }
      await visit(`/content-manager/collection-types/${site.entry.uid}/${site.entry.documentId}`);
      await page.getByRole('heading', { level: 1, name: 'INV-2026-0412' }).waitFor();
      const panel = page.getByRole('link', { name: words('entry.all') });
      if (may('deliveriesRead')) await until('the panel', arriveWithinMs, () => panel.isVisible());
      seen['the panel'] = await panel.isVisible();
      expected['the panel'] = may('deliveriesRead');

      expect(seen).toEqual(expected);
      expect(refused).toEqual([]);
    });
  },
);
