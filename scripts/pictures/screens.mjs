/**
 * Every picture: where it is taken and what is done there before. A new screen or dialog is one more entry.
 *
 * @typedef {object} Screen
 * @property {string} name of its files: `<name>-light.png`, `<name>-dark.png`
 * @property {string} path below `/admin`
 * @property {(page: import('playwright-core').Page, site: Site) => Promise<void>} ready until it shows what it is for
 * @property {'whole' | 'window'} [height] down to its end, or what fits the window (the default)
 * @property {(site: Site) => Promise<void>} [before] what must hold in the site, and `after` takes back
 * @property {(site: Site) => Promise<void>} [after]
 *
 * @typedef {{ webhooks: Record<string, number>, entry: { uid: string, documentId: string }, inbox: string,
 *   admin: (method: string, path: string, body?: unknown) => Promise<any>, setHome: (id: number, home: object) => void }} Site
 */
import { addCondition, anyUrlIsGood, fillIn, openSection } from './forms.mjs';
import { testAnswer } from './test-answer.mjs';

const plugin = '/plugins/event-webhooks';
const button = (page, name) => page.getByRole('button', { name, exact: true });
const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

async function openTest(page, answer) {
  await page.route('**/event-webhooks/webhooks/actions/test', (route) => route.fulfill({ json: answer }));
  await button(page, 'Send test event').first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
  await page
    .getByRole('dialog')
    .getByText(/ in \d+ ms/)
    .first()
    .waitFor();
}

async function openMenu(page, name, item) {
  await button(page, `Actions for ${name}`).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

/** @returns {Screen[]} */
export function screens({ webhooks, entry, inbox }) {
  const crm = `${plugin}/webhooks/${webhooks['CRM sync']}`;
  const accounting = `${plugin}/webhooks/${webhooks['Accounting: payments']}`;
  return [
    {
      name: 'list',
      path: plugin,
      height: 'whole',
      async ready(page) {
        await page.getByText('accounting.example.com').waitFor();
      },
    },
    {
      name: 'list-empty',
      path: plugin,
      async ready(page) {
        await page.getByText('No webhooks yet').waitFor();
      },
      async before({ page }) {
        await page.route(/event-webhooks\/webhooks\?/, (route) =>
          route.fulfill({
            json: { results: [], pagination: { page: 1, pageSize: 10, pageCount: 0, total: 0 } },
          }),
        );
      },
    },
    {
      name: 'presets',
      path: `${plugin}/new`,
      height: 'whole',
      async ready(page) {
        await page.getByRole('link', { name: 'Your own receiver' }).waitFor();
      },
    },
    {
      name: 'preset',
      path: `${plugin}/new?preset=slack`,
      height: 'whole',
      before: anyUrlIsGood,
      async ready(page) {
        await page
          .locator('[name="url"]')
          .fill('https://hooks.slack.com/services/T024BE7LD/B07QKXYZ/example');
        await page.getByText('The message', { exact: true }).waitFor();
      },
    },
    {
      name: 'form',
      path: `${plugin}/new?preset=plain`,
      height: 'whole',
      before: anyUrlIsGood,
      async ready(page) {
        await fillIn(page, { name: 'Accounting: payments', event: 'Payment Received' });
        await page.getByText('"payment_reference_code"').waitFor();
      },
    },
    {
      name: 'conditions',
      path: `${plugin}/new?preset=plain`,
      height: 'whole',
      before: anyUrlIsGood,
      async ready(page) {
        await fillIn(page, { name: 'Completed payments', event: 'Payment Updated' });
        await openSection(page, 'Only when…');
        await addCondition(page, 'State', 'becomes', 'completed');
        await page.keyboard.press('Escape');
        await page.getByText('Sends only when State becomes completed.').waitFor();
        await page
          .getByText(/^(Would have fired|None of these events)/)
          .first()
          .waitFor();
      },
    },
    {
      name: 'fields',
      path: `${plugin}/new?preset=plain`,
      height: 'whole',
      before: anyUrlIsGood,
      async ready(page) {
        await fillIn(page, { name: 'Titles', event: 'Article Created' });
        await openSection(page, 'What is sent');
        const tick = (name) => page.getByRole('checkbox', { name, exact: true });
        await tick('Title').waitFor();
        await button(page, 'Nothing').click();
        await tick('Title').click();
        await button(page, 'Expand Author').click();
        await tick('Author → Name').click();
        await page.getByText(/^\d{3} bytes$/).waitFor();
      },
    },
    {
      name: 'business-event',
      path: `${plugin}/events/new`,
      height: 'whole',
      async ready(page) {
        await page.getByRole('combobox', { name: 'Content type' }).fill('Artic');
        await page.getByRole('option', { name: 'Article', exact: true }).click();
        await page.locator('[name="displayName"]').fill('Article Renamed');
        await page.getByRole('checkbox', { name: 'updated', exact: true }).click();
        await addCondition(page, 'Title', 'changes');
        await page.getByText('Fill in when it occurs').waitFor({ state: 'hidden' });
        await page.getByText('"title"').first().waitFor();
      },
    },
    {
      name: 'webhook',
      path: crm,
      height: 'whole',
      async ready(page) {
        await page.getByRole('heading', { name: 'Causes of failure' }).waitFor();
        await page.getByText('Timed out').first().waitFor();
      },
    },
    {
      name: 'verify',
      path: `${accounting}/verify`,
      async ready(page) {
        await page.getByRole('group', { name: 'Receiver in Node.js' }).waitFor();
      },
    },
    {
      name: 'deliveries',
      path: `${plugin}/deliveries`,
      async ready(page) {
        await page.locator('tbody tr').first().waitFor();
      },
    },
    {
      name: 'delivery',
      path: `${plugin}/deliveries?webhook=${webhooks['CRM sync']}&state=pending`,
      height: 'whole',
      async ready(page) {
        await page.locator('tbody tr').nth(4).getByRole('button').first().click();
        await page.getByRole('heading', { name: 'What was sent' }).waitFor();
      },
    },
    {
      name: 'replay',
      path: `${plugin}/deliveries?webhook=${webhooks['CRM sync']}`,
      async ready(page) {
        await button(page, 'Resend all matching the filters').click();
        await page.getByRole('dialog').getByText('will be resent').first().waitFor();
      },
    },
    {
      name: 'test-success',
      path: accounting,
      ready: (page) => openTest(page, testAnswer('accounting.example.com', true)),
    },
    {
      name: 'test-failure',
      path: crm,
      ready: (page) => openTest(page, testAnswer('crm.example.com', false)),
    },
    {
      name: 'test-entry',
      path: accounting,
      async ready(page) {
        await button(page, 'Send test event').first().click();
        await page
          .getByRole('dialog')
          .getByRole('radio', { name: 'A real entry, with its current data' })
          .click();
        await page.getByRole('dialog').getByRole('radio').nth(2).click();
      },
    },
    {
      name: 'trigger',
      path: accounting,
      async ready(page) {
        await openMenu(page, 'Accounting: payments', 'Trigger now');
        await page.getByRole('dialog').getByRole('radio').nth(2).click();
      },
    },
    {
      name: 'why',
      path: plugin,
      async ready(page) {
        await openMenu(page, 'Old mailing list', 'Why did it not fire?');
        await page.getByRole('dialog').getByText('Newest events of this type').waitFor();
      },
    },
    {
      name: 'events',
      path: `${plugin}/events?event=payment.received`,
      height: 'whole',
      async ready(page) {
        await page.getByText('"payment_reference_code"').waitFor();
      },
    },
    {
      name: 'inbox',
      path: `${plugin}/inbox?inbox=${inbox}`,
      height: 'whole',
      async ready(page) {
        await page.getByText('payment_reference_code: ').waitFor();
      },
    },
    {
      name: 'settings',
      path: `${plugin}/settings`,
      height: 'whole',
      async ready(page) {
        await page.getByRole('heading', { name: 'Data retention' }).waitFor();
      },
    },
    {
      name: 'home',
      path: '/',
      async ready(page) {
        await page.getByRole('region', { name: 'Webhooks, last 24 hours' }).getByText('succeeded').waitFor();
        await page.getByRole('region', { name: 'Webhooks, last 24 hours' }).scrollIntoViewIfNeeded();
      },
    },
    {
      name: 'entry',
      path: `/content-manager/collection-types/${entry.uid}/${entry.documentId}`,
      async ready(page) {
        await page.getByRole('link', { name: 'All deliveries of this entry' }).waitFor();
      },
    },
    {
      name: 'paused',
      path: plugin,
      before: ({ admin }) =>
        admin('POST', '/event-webhooks/settings/pause', {
          reason: 'The CRM moves to a new server',
          minutes: 120,
        }),
      after: ({ admin }) => admin('POST', '/event-webhooks/settings/resume'),
      async ready(page) {
        await page.getByText('Everything is paused: The CRM moves to a new server').waitFor();
        await page.getByText('accounting.example.com').waitFor();
      },
    },
    {
      name: 'away',
      path: plugin,
      before: async ({ setHome }) =>
        setHome(webhooks['Accounting: payments'], {
          ...{ name: null, host: 'cms.example.com', environment: 'production' },
        }),
      after: ({ admin }) =>
        admin('POST', '/event-webhooks/webhooks/actions/home', {
          ...{ ids: [webhooks['Accounting: payments']], action: 'move' },
        }),
      async ready(page) {
        await page.getByText('this database seems to be a copy').first().waitFor();
        await page.getByText('accounting.example.com').waitFor();
      },
    },
  ];
}

export { heading };
