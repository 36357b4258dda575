import type { UID } from '@strapi/strapi';
import type { AffectedBecause, ShownBy } from '../../contracts';
import { databases } from './harness/databases';
import { addWebhook, forgetEvents, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { quiet, until } from './harness/wait';

jest.setTimeout(120_000);

type Data = Record<string, unknown>;
interface Doc {
  id: number;
  documentId: string;
}

/** What a page shows, by the way in which it shows it. */
const list = (...products: string[]) => ({ __component: 'blocks.product-list', title: 'List', products });
const comparison = (product: string) => ({
  __component: 'blocks.comparison',
  heading: 'Compare',
  table: { caption: 'Table', rows: [{ label: 'Other' }, { label: 'This', product }] },
});
const quote = (author: string) => ({ __component: 'blocks.author-quote', text: 'Well said', author });
const articles = (...ids: string[]) => ({ __component: 'blocks.article-list', title: 'News', articles: ids });
/** Of a page its slug and, three levels below, who wrote the articles that it lists: no event of the page tells that. */
const slugAndAuthors = {
  fields: ['slug'],
  parts: {
    blocks: {
      on: {
        'blocks.article-list': {
          fields: [],
          parts: {
            articles: {
              tree: { fields: ['title'], parts: { author: { tree: { fields: ['name'], parts: {} } } } },
            },
          },
        },
      },
    },
  },
};
const hero = (image: number) => ({ __component: 'blocks.hero', heading: 'Welcome', image });

describe.each(databases)('who shows what changed: $client', (database) => {
  let playground: Playground;
  let affected: Receiver;
  /** The same with fields of its own choice. */
  let chosen: Receiver;
  let told: Receiver;
  /** The same, of several changes all in one request. */
  let together: Receiver;

  beforeAll(async () => {
    const start = () => new Receiver().start();
    [affected, chosen, told, together] = await Promise.all([start(), start(), start(), start()]);
    // What is due is sent at once: nothing here is about how long it waits.
    const env = { EVENT_WEBHOOKS_OPTIONS: JSON.stringify({ delivery: { pollSeconds: 0.05 } }) };
    playground = await startPlayground({ database, empty: true, env });
    const locales = playground.strapi.plugin('i18n').service('locales') as {
      findByCode(code: string): Promise<unknown>;
      create(locale: Data): Promise<unknown>;
    };
    if (!(await locales.findByCode('uk'))) await locales.create({ code: 'uk', name: 'Ukrainian (uk)' });
    await addWebhook(playground, { url: affected.url(), events: ['page.affected'] });
    await addWebhook(playground, {
      url: chosen.url(),
      events: ['page.affected'],
      fields: { 'api::page.page': slugAndAuthors },
    });
    await addWebhook(playground, {
      url: together.url(),
      events: ['product.updated'],
      shownBy: true,
      collapse: { quietSeconds: 60, maxSeconds: 60, per: 'webhook', send: 'all' },
    });
    await addWebhook(playground, {
      url: told.url(),
      events: ['product.*', 'author.*', 'article.*', 'media.*'],
      shownBy: true,
    });
  });
  afterAll(async () => {
    await playground?.stop();
    await Promise.all([affected, chosen, told, together].map((receiver) => receiver?.stop()));
    delete process.env.EVENT_WEBHOOKS_OPTIONS;
  });

  const documents = (uid: string) => playground.strapi.documents(uid as UID.ContentType);
  const make = (uid: string, data: Data, more: Data = {}) =>
    documents(uid).create({ data, ...more } as never) as Promise<Doc>;
  const product = (name: string) => make('api::product.product', { name, slug: name.toLowerCase() });
  const author = (name: string) => make('api::author.author', { name });
  const page = (slug: string, blocks: Data[], more: Data = { status: 'published' }) =>
    make('api::page.page', { title: slug.toUpperCase(), slug, blocks }, more);
  const change = (uid: string, { documentId }: Doc, data: Data, more: Data = {}) =>
    documents(uid).update({ documentId, data, ...more } as never);
  const picture = () =>
    playground.strapi.db.query('plugin::upload.file').create({
      data: {
        ...{ name: 'a.png', hash: `a_${Math.random()}`, ext: '.png', mime: 'image/png', size: 1 },
        ...{ url: '/uploads/a.png', provider: 'local', folderPath: '/' },
      },
    }) as Promise<Doc>;

  /** What was received since, once everything is matched and sent. */
  const received = async (act: () => Promise<unknown>) => {
    await settled();
    for (const { requests } of [affected, chosen, told, together]) requests.length = 0;
    await act();
    await settled();
    return {
      pages: affected
        .bodies()
        .map(({ data }) => (data.entry as { slug: string }).slug)
        .sort(),
      because: affected.bodies().flatMap(({ data }) => data.because as AffectedBecause[]),
      bodies: affected.bodies(),
      shownBy: told.bodies().map(({ data }) => data.shownBy as ShownBy),
      entries: affected.bodies().map(({ data }) => data.entry as Data),
    };
  };

  /** Affected events are merged: they wait for a quiet period, which the test does not. */
  const settled = () =>
    until(
      'everything sent',
      async () => {
        const { connection } = playground.strapi.db;
        await connection('event_webhooks_deliveries')
          .where({ state: 'pending' })
          .where('due_at', '>', 0)
          .whereNotNull('collapse_key')
          .update({ due_at: 0 })
          .catch((error: { code?: string }) => {
            // MariaDB ends one of two: in the next round.
            if (error.code !== 'ER_LOCK_DEADLOCK') throw error;
          });
        const unmatched: unknown = await connection('event_webhooks_events')
          .whereNull('matched_at')
          .first('id');
        const unsent: unknown = await connection('event_webhooks_deliveries')
          .whereNotIn('state', ['succeeded', 'collapsed'])
          .first('id');
        return unmatched === undefined && unsent === undefined;
      },
      { timeoutMs: 30_000 },
    );

  it('pages that show a product, in a zone and in a nested component, and no others; as they are', async () => {
    const [shown, other] = [await product('Studio'), await product('Other')];
    await page('listed', [list(other.documentId, shown.documentId)]);
    await page('nested', [comparison(shown.documentId)]);
    await page('neither', [list(other.documentId)]);
    const { pages, because, shownBy, entries } = await received(() =>
      change('api::product.product', shown, { price: 5 }),
    );
    expect(pages).toEqual(['listed', 'nested']);
    expect(because.map(({ type, documentId, title, via }) => ({ type, documentId, title, via }))).toEqual(
      expect.arrayContaining(
        [['blocks.products'], ['blocks.table.rows.product']].map((via) => ({
          ...{ type: 'product.updated', documentId: shown.documentId, title: 'Studio', via },
        })),
      ),
    );
    expect(shownBy[0]).toMatchObject({ total: 2, truncated: false });
    expect(shownBy[0]?.entries.map(({ slug, status }) => `${slug} ${status}`).sort()).toEqual([
      'listed published',
      'nested published',
    ]);
    expect(JSON.stringify(entries)).toContain('"price":5');
    expect(JSON.stringify(entries)).not.toContain('createdBy');
  });

  it('an author who is renamed: the pages that quote her, and in two steps those that list her articles', async () => {
    const her = await author('Lesia');
    const article = await make(
      'api::article.article',
      { title: 'Forest', slug: 'forest', author: her.documentId },
      { status: 'published' },
    );
    await page('quotes', [quote(her.documentId)]);
    await page('lists', [articles(article.documentId)]);
    const { pages, shownBy } = await received(() => change('api::author.author', her, { name: 'Olena' }));
    expect(pages).toEqual(['lists', 'quotes']);
    expect(shownBy[0]?.entries.find(({ slug }) => slug === 'lists')?.via).toEqual([
      'blocks.articles',
      'author',
    ]);
    expect(shownBy[0]?.total).toBe(3);
    const picked = chosen
      .bodies()
      .find(({ data }) => (data.entry as { slug: string }).slug === 'lists')?.data;
    expect(picked?.entry).toMatchObject({
      slug: 'lists',
      blocks: [{ articles: [{ title: 'Forest', author: { name: 'Olena' } }] }],
    });
    expect(picked?.entry).not.toHaveProperty('title');
    expect(picked).not.toHaveProperty('thin');
    expect(picked?.because).toMatchObject([
      { documentId: her.documentId, via: ['blocks.articles', 'author'] },
    ]);
  });

  it('drafts concern drafts only; publishing and unpublishing concern what is published', async () => {
    const article = await make(
      'api::article.article',
      { title: 'News', slug: 'news' },
      { status: 'published' },
    );
    await page('published', [articles(article.documentId)]);
    await page('draft', [articles(article.documentId)], {});
    const saved = await received(() => change('api::article.article', article, { title: 'Newer' }));
    expect(saved.pages).toEqual([]);
    expect(saved.shownBy[0]?.entries.map(({ status }) => status)).toEqual(['draft', 'draft']);
    const documentId = article.documentId;
    const published = await received(() =>
      documents('api::article.article').publish({ documentId } as never),
    );
    expect(published.pages).toEqual(['published']);
    const unpublished = await received(() =>
      documents('api::article.article').unpublish({ documentId } as never),
    );
    expect(unpublished.pages).toEqual(['published']);
    expect(unpublished.shownBy[0]?.entries.map(({ slug }) => slug)).toEqual(['published']);
  });

  it('what is deleted: those that showed it until then', async () => {
    const gone = await product('Gone');
    await page('showed', [list(gone.documentId), comparison(gone.documentId)]);
    const { pages, because, shownBy } = await received(() =>
      documents('api::product.product').delete({ documentId: gone.documentId } as never),
    );
    expect(pages).toEqual(['showed']);
    expect(because[0]).toMatchObject({ type: 'product.deleted', title: 'Gone' });
    expect(shownBy[0]?.total).toBe(1);
  });

  it('a picture that is replaced, and one that is deleted', async () => {
    const image = await picture();
    await page('pictured', [hero(image.id)]);
    const files = playground.strapi.db.query('plugin::upload.file');
    const replaced = await received(() =>
      files.update({ where: { id: image.id }, data: { url: '/uploads/b.png' } }),
    );
    expect(replaced.pages).toEqual(['pictured']);
    const deleted = await received(() => files.delete({ where: { id: image.id } }));
    expect(deleted.pages).toEqual(['pictured']);
  });

  it('each language shows its own version; what has no languages concerns all', async () => {
    const article = await make('api::article.article', { title: 'Hello', slug: 'hello' }, { locale: 'en' });
    await change('api::article.article', article, { title: 'Привіт', slug: 'pryvit' }, { locale: 'uk' });
    const plan = await product('Plan');
    const both = [articles(article.documentId), list(plan.documentId)];
    const shown = await page('in-english', both, { locale: 'en' });
    await change(
      'api::page.page',
      shown,
      { title: 'УКР', slug: 'ukrainskoiu', blocks: both },
      { locale: 'uk' },
    );
    for (const uid of ['api::article.article', 'api::page.page'])
      await documents(uid).publish({
        ...{ documentId: uid === 'api::page.page' ? shown.documentId : article.documentId },
        locale: ['en', 'uk'],
      } as never);
    const { documentId } = article;
    await change('api::article.article', article, { title: 'Вітаю' }, { locale: 'uk' });
    const ukrainian = await received(() =>
      documents('api::article.article').publish({ documentId, locale: 'uk' } as never),
    );
    expect(ukrainian.pages).toEqual(['ukrainskoiu']);
    const all = await received(() => change('api::product.product', plan, { price: 1 }));
    expect(all.pages).toEqual(['in-english', 'ukrainskoiu']);
  });

  it('not: what nobody shows, a change of the page itself, what is the same as before', async () => {
    const [lone, shown] = [await product('Lone'), await product('Shown')];
    const own = await page('own', [list(shown.documentId)]);
    const { pages } = await received(async () => {
      await change('api::product.product', lone, { price: 3 });
      await change('api::page.page', own, { title: 'Renamed' });
      await documents('api::page.page').publish({ documentId: own.documentId } as never);
      await change('api::product.product', shown, { name: 'Shown' });
    });
    expect(pages).toEqual([]);
  });

  it('several changes that affect one page are one delivery, each event written once', async () => {
    const [one, two] = [await product('One'), await product('Two')];
    await page('of-two', [list(two.documentId), comparison(one.documentId)]);
    const { pages, because } = await received(() =>
      playground.strapi.db.transaction(async () => {
        await change('api::product.product', two, { price: 2 });
        await change('api::product.product', one, { price: 1 });
      }),
    );
    expect(pages).toEqual(['of-two']);
    expect(because).toMatchObject([{ documentId: one.documentId }]);
    const all = together.requests.map(({ body }) => JSON.parse(String(body)) as { data: Data }[]);
    expect(all.map((bodies) => bodies.map(({ data }) => (data.shownBy as ShownBy).total))).toEqual([[1, 1]]);
    const events = await playground.rows('event_webhooks_events');
    const causes = events.filter(({ document_id }) =>
      [one.documentId, two.documentId].includes(String(document_id)),
    );
    // Matched again, as after somebody has asked for events that were set aside.
    await playground.strapi.db
      .connection('event_webhooks_events')
      .whereIn(
        'id',
        causes.map(({ id }) => id as number),
      )
      .update({ matched_at: null });
    await settled();
    expect(await playground.rows('event_webhooks_events')).toHaveLength(events.length);
  });

  it('the first 100 are listed, and all are counted', async () => {
    const { documentId } = await make('api::article.article', { title: 'Popular' });
    await playground.strapi.db.transaction(async () => {
      for (let at = 0; at < 103; at += 1) await page(`many-${at}`, [articles(documentId)], {});
    });
    const { shownBy } = await received(() =>
      documents('api::article.article').update({ documentId, data: { title: 'Loved' } } as never),
    );
    expect(shownBy[0]).toMatchObject({ total: 103, truncated: true });
    expect(shownBy[0]?.entries).toHaveLength(100);
  });

  it('is not written for a change that nobody shows and nobody is subscribed to', async () => {
    await forgetEvents(playground);
    await make('api::customer.customer', { name: 'Nobody', email: 'nobody@example.com' });
    await quiet(300);
    expect(await playground.rows('event_webhooks_events')).toEqual([]);
  });
});
