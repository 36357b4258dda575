import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { receivers } from '../../server/src/rendering/receivers.fixture';
import type { Received } from '../../server/src/rendering/receivers.fixture';
import { comeIn } from './administrator';
import type { Administrator } from './administrator';
import { openBrowser } from './browser';
import { startPlayground } from './playground';
import type { Playground } from './playground';
import { until } from './until';

/** A stand-in of a service on loopback: it keeps what it takes, and refuses what the real one refuses. */
class StandIn {
  readonly taken: Received[] = [];
  readonly refused: string[] = [];
  private server: Server | null = null;

  constructor(private readonly preset: string) {}

  async start(): Promise<this> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
        const { method = '', headers } = request;
        const body = Buffer.concat(chunks).toString('utf8');
        const received = { method, path: pathname, query: searchParams, headers, body };
        const answer = receivers[this.preset]?.(received) ?? { status: 404, body: '' };
        if (answer.status < 300) this.taken.push(received);
        else this.refused.push(`${answer.status} ${answer.body}`);
        response.writeHead(answer.status).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    return this;
  }

  url = (path: string): string => `http://127.0.0.1:${(this.server?.address() as AddressInfo).port}${path}`;
  stop = (): Promise<void> => new Promise((resolve) => this.server?.close(() => resolve()) ?? resolve());
}

type Data = Record<string, unknown>;

describe('what a webhook is to say, set up by mouse', () => {
  let browser: Browser;
  let playground: Playground;
  let anna: Administrator;
  const crm = new StandIn('plain');
  const slack = new StandIn('slack');
  const netlify = new StandIn('netlify');
  const nextjs = new StandIn('nextjs');

  beforeAll(async () => {
    browser = await openBrowser();
    await Promise.all([crm, slack, netlify, nextjs].map((service) => service.start()));
    playground = await startPlayground({ EVENT_WEBHOOKS_ALLOW: '127.0.0.1', SEED: 'off', CRON: 'false' });
    anna = await comeIn(browser, playground.url, 'en', 'sentences');
  }, 240_000);

  afterAll(async () => {
    await anna?.leave();
    await browser?.close();
    await playground?.stop();
    await Promise.all([crm, slack, netlify, nextjs].map((service) => service.stop()));
  });

  /** A change in the content manager. */
  const content = async (method: string, name: string, rest: string, data: Data = {}): Promise<Data> => {
    const { data: entry } = await playground.admin<{ data: Data }>(
      method,
      `/content-manager/collection-types/api::${name}.${name}${rest}`,
      data,
    );
    return entry;
  };

  /** Everything that has happened is matched, and what is due is sent. */
  const settled = () =>
    until('every delivery to be over', 20_000, async () => {
      const { results } = await playground.admin<{ results: { state: string }[] }>(
        'GET',
        '/event-webhooks/deliveries?pageSize=100',
      );
      return results.every(({ state }) => state !== 'pending' && state !== 'delivering');
    });

  const add = async (preset: string): Promise<Page> => {
    const { page, words, goTo } = anna;
    await goTo('webhooks');
    await page
      .getByRole('link', { name: words('list.add') })
      .first()
      .click();
    await page.getByRole('link', { name: preset }).click();
    return page;
  };
  const chooseEvent = async (name: string) => {
    const { page, words } = anna;
    await page.getByRole('combobox', { name: words('form.event.label'), exact: true }).fill(name);
    // At its beginning: what is sought for `Page Affected` is found in `Homepage Affected` too.
    await page
      .getByRole('option', { name: new RegExp(`^${name}`) })
      .first()
      .click();
    await page.getByRole('button', { name: words('form.event.remove', { name }) }).waitFor();
  };
  const openSection = async (title: string) => {
    const head = anna.page.getByRole('button', { name: title }).first();
    const isOpen = async () => (await head.getAttribute('aria-expanded')) === 'true';
    // A click may only close what was open above it.
    await until(`the section ${title}`, 10_000, async () => {
      if (!(await isOpen())) await head.click();
      return isOpen();
    });
  };
  /** Field, comparison, and a value that is picked. */
  const condition = async (number: string, field: string, operator: string, value?: string) => {
    const { page, words } = anna;
    await page
      .getByRole('button', { name: words('only_when.add') })
      .first()
      .click();
    const row = page.getByRole('group', { name: words('only_when.row', { number }), exact: true });
    await row.getByRole('combobox', { name: words('only_when.row.field', { number }) }).fill(field);
    await page.getByRole('option', { name: field, exact: true }).click();
    await row.getByRole('combobox', { name: words('only_when.row.operator', { number }) }).click();
    await page.getByRole('option', { name: operator, exact: true }).click();
    if (value === undefined) return;
    await row.getByRole('combobox', { name: words('only_when.row.value', { number }) }).fill(value);
    await page.getByRole('option', { name: value, exact: true }).click();
  };
  /** The bodies that came to a path of the CRM. */
  const sentTo = (path: string) =>
    crm.taken
      .filter((request) => request.path === path)
      .map(({ body }) => JSON.parse(body) as { type: string; data: Data });
  const save = async () => {
    const { page, words } = anna;
    await page
      .getByRole('button', { name: words('form.save') })
      .first()
      .click();
    await page.waitForURL(/webhooks\/\d+|event-webhooks$/);
  };

  it('“when a payment becomes completed, tell the CRM”', async () => {
    const { words, pictures } = anna;
    const page = await add(words('presets.own'));
    await page.locator('[name="name"]').fill('CRM');
    await page.locator('[name="url"]').fill(crm.url('/payments'));
    await chooseEvent('Payment Updated');
    await openSection(words('only_when.title'));
    await condition('1', 'State', words('only_when.operator.becomes'), 'completed');
    await page.getByText('Sends only when State becomes completed.').waitFor();
    await pictures.take('conditions');
    await save();

    const { documentId } = await content('POST', 'payment', '', {
      referenceCode: 'A',
      state: 'pending',
      total: 10,
    });
    const change = (data: Data) => content('PUT', 'payment', `/${String(documentId)}`, data);
    await change({ total: 20 });
    await change({ state: 'failed' });
    await change({ state: 'completed' });
    await change({ total: 30 });
    await change({ state: 'refunded' });
    await settled();
    expect(crm.refused).toEqual([]);
    expect(sentTo('/payments').map(({ data }) => data)).toMatchObject([
      { payment_status: 'completed', payment_total_raw: 20 },
    ]);
  });

  it('“when an article’s title changes, tell Slack in one sentence”', async () => {
    const { words, pictures } = anna;
    const page = await add('Slack');
    await page.locator('[name="url"]').fill(slack.url('/services/T0/B0/X'));
    await chooseEvent('Article Updated');
    await page.getByRole('button', { name: /Anything published/ }).click();
    const message = page.getByRole('textbox', { name: words('preset.field.message') });
    await message.fill('“{{ previous.title }}” is now “{{ entry.title }}”');
    await pictures.take('slack');
    await page.getByRole('button', { name: words('presets.open_all') }).click();
    await openSection(words('only_when.title'));
    await condition('1', 'Title', words('only_when.operator.changed'));
    await save();

    const { documentId } = await content('POST', 'article', '', {
      title: 'Soup & <bread>',
      readingMinutes: 1,
    });
    const change = (data: Data) => content('PUT', 'article', `/${String(documentId)}`, data);
    await change({ readingMinutes: 2 });
    await change({ topic: 'Kitchen' });
    await change({ title: 'Seven "soups"' });
    await change({ title: 'Seven "soups"', readingMinutes: 3 });
    await content('POST', 'article', `/${String(documentId)}/actions/publish`, { title: 'Seven "soups"' });
    await change({ readingMinutes: 4 });
    await settled();
    expect(slack.refused).toEqual([]);
    expect(slack.taken.map(({ body }) => (JSON.parse(body) as Data)['text'])).toEqual([
      '“Soup &amp; &lt;bread&gt;” is now “Seven "soups"”',
    ]);
  });

  it('“when editors have been quiet, rebuild the site once”', async () => {
    const { words } = anna;
    const page = await add('Netlify');
    await page.locator('[name="url"]').fill(netlify.url('/build_hooks/abc'));
    await page.getByRole('button', { name: words('presets.open_all') }).click();
    await openSection(words('form.delivery.title'));
    await page.getByRole('textbox', { name: words('form.merge.quietSeconds') }).fill('2');
    await save();

    for (const title of ['One', 'Two', 'Three', 'Four']) {
      const { documentId } = await content('POST', 'article', '', { title });
      await content('POST', 'article', `/${String(documentId)}/actions/publish`, { title });
    }
    await until('the build', 20_000, async () => netlify.taken.length > 0);
    await settled();
    expect(netlify.refused).toEqual([]);
    expect(netlify.taken).toHaveLength(1);
    expect(netlify.taken[0]?.query.get('trigger_title')).toBe('article.published Four');
    expect(netlify.taken[0]?.body).toBe('');
  });

  it('“revalidate the pages that show this product”', async () => {
    const product = async (name: string) =>
      String(
        (await content('POST', 'product', '', { name, slug: name.toLowerCase(), price: 1 }))['documentId'],
      );
    const [studio, other] = [await product('Studio'), await product('Other')];
    const { documentId: articleId } = await content('POST', 'article', '', { title: 'News', slug: 'news' });
    await content('POST', 'article', `/${String(articleId)}/actions/publish`, { title: 'News' });
    const publish = async (slug: string, blocks: Data[]) => {
      const { documentId } = await content('POST', 'page', '', { title: slug, slug, blocks });
      await content('POST', 'page', `/${String(documentId)}/actions/publish`, { title: slug, slug });
      return String(documentId);
    };
    const connect = (...documentIds: string[]) => ({
      connect: documentIds.map((documentId) => ({ documentId })),
    });
    const plans = await publish('plans', [
      { __component: 'blocks.product-list', title: 'Plans', products: connect(other, studio) },
    ]);
    const compare = await publish('compare', [
      {
        __component: 'blocks.comparison',
        heading: 'Compare',
        table: { caption: 'Plans', rows: [{ label: 'A' }, { label: 'B', product: connect(studio) }] },
      },
      { __component: 'blocks.article-list', title: 'News', articles: connect(String(articleId)) },
    ]);
    const third = await publish('extras', [
      { __component: 'blocks.product-list', title: 'Extras', products: connect(other) },
    ]);

    const { words, pictures } = anna;
    const page = await add('Next.js');
    await page.locator('[name="url"]').fill(nextjs.url('/api/revalidate'));
    await page.getByRole('textbox', { name: words('preset.nextjs.path') }).fill('/{{ entry.slug }}');
    await page.getByLabel(words('preset.nextjs.token')).fill('token-12345678');
    for (const verb of ['published', 'unpublished', 'deleted', 'affected'] as const)
      await page
        .getByRole('button', {
          name: words('form.event.remove', {
            name: words('event.anything', { verb: words(`sentence.verb.${verb}`) }),
          }),
          exact: true,
        })
        .click();
    await chooseEvent('Page Affected');
    await pictures.take('nextjs');
    await save();

    const lone = await product('Lone');
    // Not: what nobody shows, a draft, a page of its own, what is the same, what another page shows before it is saved.
    await content('PUT', 'product', `/${lone}`, { price: 2 });
    await content('PUT', 'article', `/${String(articleId)}`, { title: 'Draft of news' });
    await content('PUT', 'page', `/${third}`, { title: 'More extras' });
    await content('POST', 'page', `/${third}/actions/publish`, { title: 'More extras', slug: 'extras' });
    await content('PUT', 'product', `/${studio}`, { name: 'Studio' });
    await settled();
    expect(nextjs.taken).toEqual([]);

    await content('PUT', 'product', `/${studio}`, { price: 29 });
    await until('both pages', 30_000, async () => nextjs.taken.length > 1);
    await settled();
    expect(nextjs.refused).toEqual([]);
    const bodies = nextjs.taken.map(({ body }) => JSON.parse(body) as { tags: string[]; paths: string[] });
    expect(bodies.sort((a, b) => String(a.paths[0]).localeCompare(String(b.paths[0])))).toEqual([
      { tags: ['page', `page:${compare}`], paths: ['/compare'] },
      { tags: ['page', `page:${plans}`], paths: ['/plans'] },
    ]);
  });

  it('“when an article about food gets another title, call it Article Renamed and send that”', async () => {
    const { words, pictures, goTo, page } = anna;
    await goTo('events');
    await page
      .getByRole('link', { name: words('business.add') })
      .first()
      .click();
    await page.getByRole('combobox', { name: words('business.content_type') }).fill('Artic');
    await page.getByRole('option', { name: 'Article', exact: true }).click();
    await page.locator('[name="displayName"]').fill('Article Renamed');
    await page.getByRole('checkbox', { name: words('sentence.verb.updated'), exact: true }).click();
    await condition('1', 'Title', words('only_when.operator.changed'));
    await page.getByRole('radio', { name: words('business.payload.paths') }).click();
    await page.getByRole('combobox', { name: words('business.paths.path'), exact: true }).fill('title');
    await page.getByRole('option', { name: 'Title (title)' }).click();
    await page.getByRole('textbox', { name: words('business.paths.key') }).fill('headline');
    await page.getByText(words('business.preview.of_sample')).waitFor();
    await page.getByText('"headline"').first().waitFor();
    await pictures.take('business-event');
    await page
      .getByRole('button', { name: words('form.save') })
      .first()
      .click();
    await page.getByRole('link', { name: 'Article Renamed', exact: true }).waitFor();

    await add(words('presets.own'));
    await page.locator('[name="name"]').fill('Renamed');
    await page.locator('[name="url"]').fill(crm.url('/renamed'));
    await chooseEvent('Article Renamed');
    await save();
    const { documentId } = await content('POST', 'article', '', { title: 'Before' });
    await content('PUT', 'article', `/${String(documentId)}`, { readingMinutes: 2 });
    await content('PUT', 'article', `/${String(documentId)}`, { title: 'After' });
    await settled();
    expect(sentTo('/renamed')).toMatchObject([{ type: 'article.renamed', data: { headline: 'After' } }]);
  });

  it('“of an article send its title and who wrote it, nothing else”', async () => {
    const { words, pictures } = anna;
    const page = await add(words('presets.own'));
    await page.locator('[name="name"]').fill('Titles');
    await page.locator('[name="url"]').fill(crm.url('/titles'));
    await chooseEvent('Article Created');
    await openSection(words('sending.title'));
    const tick = (name: string) => page.getByRole('checkbox', { name, exact: true });
    await tick('Title').waitFor();
    await page.getByRole('button', { name: words('fields.use_nothing'), exact: true }).click();
    await tick('Title').click();
    await page.getByRole('button', { name: words('fields.unfold', { name: 'Author' }) }).click();
    await tick('Author → Name').click();
    expect(await tick('Author').getAttribute('aria-checked')).toBe('mixed');
    await pictures.take('fields');
    await save();

    const { documentId: author } = await content('POST', 'author', '', { name: 'Olena' });
    await content('POST', 'article', '', { title: 'Soup', readingMinutes: 3, author: { connect: [author] } });
    await settled();
    const [sent] = sentTo('/titles');
    expect(Object.keys((sent?.data['entry'] ?? {}) as Data).sort()).toEqual([
      'author',
      'documentId',
      'id',
      'title',
    ]);
    expect(sent?.data['entry']).toMatchObject({ title: 'Soup', author: { name: 'Olena' } });
  });
});
