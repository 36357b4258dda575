import type { Core, UID } from '@strapi/strapi';
import Ajv from 'ajv/dist/2020';
import type { EventTypeList, EventTypeView, StandardBody } from '../../contracts';
import { addWebhook, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { until } from './harness/wait';

type Data = Record<string, unknown>;
interface Doc {
  documentId: string;
  id: number;
}

/**
 * Null is a value of these alone: a type without locales, a change without a past, a draft; and the link that
 * verifies an address, which is a secret and left out unless the site builder hands it in.
 */
const mayBeNull = new Set([
  ...['locale', 'changedFields', 'previous', 'publishedAt', 'verification_link'],
  // A webhook that works again has failed since never.
  ...['reason', 'failing_since', 'disables_at'],
]);

let playground: Playground;
let receiver: Receiver;
let strapi: Core.Strapi;
let catalog: EventTypeView[];

const documents = (uid: string) => {
  const service = strapi.documents(uid as UID.ContentType);
  return {
    create: (data: Data, extra: Data = {}) => service.create({ data, ...extra } as never) as Promise<Doc>,
    update: (documentId: string, data: Data, extra: Data = {}) =>
      service.update({ documentId, data, ...extra } as never) as Promise<Doc>,
    delete: (documentId: string) => service.delete({ documentId, locale: '*' } as never),
    publish: (documentId: string) => service.publish({ documentId } as never),
    unpublish: (documentId: string) => service.unpublish({ documentId } as never),
    discardDraft: (documentId: string) => service.discardDraft({ documentId } as never),
  };
};

const picture = (): Promise<Doc> =>
  strapi.db.query('plugin::upload.file').create({
    data: {
      name: 'olena.png',
      alternativeText: 'Olena',
      caption: 'In the studio',
      width: 100,
      height: 100,
      // Free JSON: whatever stands in it, as the sample has it.
      formats: { thumbnail: { url: '/uploads/thumbnail_olena.png', width: 50, height: 50, size: 1.5 } },
      hash: `olena_${Math.random()}`,
      ext: '.png',
      mime: 'image/png',
      size: 12.5,
      url: '/uploads/olena.png',
      previewUrl: '/uploads/preview_olena.png',
      provider: 'local',
      provider_metadata: { note: 'pictures' },
      folderPath: '/1',
      focalPoint: { x: 50, y: 50 },
    },
  }) as Promise<Doc>;

const zone = [
  { __component: 'shared.rich-feature', title: 'Fast', text: 'Answers at once' },
  { __component: 'shared.quote', text: 'It loses nothing', author: 'Olena' },
];

/** Makes every change of the playground once, by the ways the site itself makes them. */
async function makeEveryChange(): Promise<void> {
  const image = await picture();
  const parent = (await strapi.db.query('plugin::upload.folder').create({
    data: { name: 'All', path: '/6', pathId: 6 },
  })) as Doc;
  const folder = (await strapi.db.query('plugin::upload.folder').create({
    data: { name: 'Pictures', path: '/6/7', pathId: 7, parent: parent.id },
  })) as Doc;
  await strapi.db
    .query('plugin::upload.folder')
    .update({ where: { id: folder.id }, data: { name: 'Photos' } });
  await strapi.db.query('plugin::upload.folder').delete({ where: { id: folder.id } });
  const second = await picture();
  await strapi.db
    .query('plugin::upload.file')
    .update({ where: { id: second.id }, data: { name: 'sign.png' } });
  await strapi.db.query('plugin::upload.file').delete({ where: { id: second.id } });

  const users = strapi.plugin('users-permissions').service('user') as {
    add(values: Data): Promise<Doc>;
    edit(id: number, values: Data): Promise<Doc>;
    remove(where: Data): Promise<unknown>;
  };
  const role = (await strapi.db
    .query('plugin::users-permissions.role')
    .findOne({ where: { type: 'authenticated' } })) as Doc;
  const account = {
    provider: 'local',
    password: 'Secret-Pass-1',
    confirmed: true,
    blocked: false,
    role: role.id,
  };
  const user = await users.add({ ...account, username: 'olena', email: 'olena@example.com' });
  const leaving = await users.add({ ...account, username: 'petro', email: 'petro@example.com' });
  await users.edit(leaving.id, { username: 'petro2' });
  await users.remove({ id: leaving.id });

  const locales = strapi.plugin('i18n').service('locales') as {
    create(locale: Data): Promise<Doc>;
    update(params: Data, updates: Data): Promise<unknown>;
    delete(params: Data): Promise<unknown>;
    findByCode(code: string): Promise<Doc | null>;
  };
  if (!(await locales.findByCode('uk'))) await locales.create({ name: 'Ukrainian (uk)', code: 'uk' });
  const german = await locales.create({ name: 'German (de)', code: 'de' });
  await playground.admin('PUT', `/i18n/locales/${german.id}`, { name: 'Deutsch (de)', isDefault: false });
  await playground.admin('DELETE', `/i18n/locales/${german.id}`);

  const author = await documents('api::author.author').create({ name: 'Lesia', email: 'lesia@example.com' });
  const articles = documents('api::article.article');
  const text = [{ type: 'paragraph', children: [{ type: 'text', text: 'Text' }] }];
  const article = await articles.create({
    title: 'Title',
    slug: 'title',
    body: text,
    topic: 'news',
    readingMinutes: 4,
    cover: image.id,
    author: author.documentId,
    seo: { title: 'Seo', description: 'Description' },
    blocks: zone,
  });
  await documents('api::author.author').update(author.documentId, { name: 'Lesia U.' });
  await articles.publish(article.documentId);
  await articles.update(article.documentId, { title: 'Other' });
  await articles.publish(article.documentId);
  await articles.update(article.documentId, { title: 'Third' });
  await articles.discardDraft(article.documentId);
  await articles.unpublish(article.documentId);
  await articles.publish(article.documentId);
  await articles.delete(article.documentId);

  const homepages = documents('api::homepage.homepage');
  const homepage = await homepages.create({ headline: 'Hello', intro: 'Welcome', hero: image.id });
  await homepages.publish(homepage.documentId);
  await homepages.update(homepage.documentId, { headline: 'Good day' });
  await homepages.publish(homepage.documentId);
  await homepages.update(homepage.documentId, { headline: 'Good evening' });
  await homepages.discardDraft(homepage.documentId);
  await homepages.unpublish(homepage.documentId);
  await homepages.publish(homepage.documentId);
  await homepages.delete(homepage.documentId);

  await pages(image, author);

  await network(image, user);
  const bare = await documents('api::author.author').create({ name: 'Ivan', email: 'ivan@example.com' });
  const last = await articles.create({ title: 'Last', author: bare.documentId });
  await documents('api::author.author').update(author.documentId, { articles: [last.documentId] });
  await documents('api::author.author').delete(author.documentId);
}

/** A page with every block, the deepest of them too. */
async function pages(image: Doc, author: Doc): Promise<void> {
  const product = await documents('api::product.product').create({ name: 'Shown', slug: 'shown' });
  const article = await documents('api::article.article').create({ title: 'Shown', slug: 'shown' });
  const shown = documents('api::page.page');
  const page = await shown.create({
    title: 'Plans',
    slug: 'plans',
    seo: { title: 'Seo', description: 'Description' },
    blocks: [
      {
        __component: 'blocks.hero',
        heading: 'Plans',
        image: image.id,
        link: { label: 'Compare', url: '/compare' },
      },
      { __component: 'blocks.product-list', title: 'Plans', products: [product.documentId] },
      { __component: 'blocks.article-list', title: 'News', articles: [article.documentId] },
      { __component: 'blocks.author-quote', text: 'Text', author: author.documentId },
      {
        __component: 'blocks.comparison',
        heading: 'Studio or Business?',
        table: { caption: 'Plans', rows: [{ label: 'Five sites', product: product.documentId }] },
      },
    ],
  });
  await shown.publish(page.documentId);
  await shown.update(page.documentId, { title: 'All plans' });
  await shown.publish(page.documentId);
  await shown.update(page.documentId, { title: 'Other plans' });
  await shown.discardDraft(page.documentId);
  await shown.unpublish(page.documentId);
  await shown.publish(page.documentId);
  await shown.delete(page.documentId);
}

async function network(image: Doc, user: Doc): Promise<void> {
  const customers = documents('api::customer.customer');
  const memberships = documents('api::membership.membership');
  const payments = documents('api::payment.payment');
  const sites = documents('api::site.site');
  const domains = documents('api::domain.domain');
  const products = documents('api::product.product');

  const product = await products.create({
    name: 'Studio plan',
    slug: 'studio-plan',
    price: 49,
    currency: 'USD',
    description: 'Everything',
    image: image.id,
    features: zone,
  });
  await products.update(product.documentId, { price: 59 });
  const customer = await customers.create({
    name: 'Olena Kovalenko',
    email: 'olena@example.com',
    emailVerification: 'pending',
    avatar: image.id,
    user: user.documentId,
    billingAddress: {
      companyName: 'Kovalenko Ceramics',
      billingEmail: 'billing@example.com',
      addressLine1: 'Virmenska 12',
      addressLine2: 'Room 3',
      city: 'Lviv',
      state: 'Lvivska',
      zipCode: '79008',
      country: 'UA',
    },
  });
  const membership = await memberships.create({
    referenceCode: 'QG2P384NR3',
    state: 'active',
    initialAmount: 49,
    amount: 19,
    currency: 'USD',
    description: '$19 a month',
    gateway: 'stripe',
    dateExpiration: '2027-01-01T00:00:00.000Z',
    customer: customer.documentId,
    product: product.documentId,
  });
  await customers.update(customer.documentId, { emailVerification: 'verified' });
  const payment = {
    referenceCode: 'PEN8DJ8GKM',
    state: 'pending',
    subtotal: 40,
    taxTotal: 9,
    total: 49,
    currency: 'USD',
    gateway: 'stripe',
    kind: 'renewal',
    invoiceUrl: 'https://example.com/invoice',
    invoiceMessage: 'Thank you',
    paymentUrl: 'https://example.com/pay',
    products: [product.documentId],
    membership: membership.documentId,
    customer: customer.documentId,
  };
  const renewal = await payments.create(payment);
  await payments.update(renewal.documentId, { invoiceSentAt: '2026-11-24T10:00:00.000Z' });
  await payments.update(renewal.documentId, { state: 'failed' });
  const site = await sites.create({
    title: 'Kovalenko Ceramics',
    description: 'Handmade tableware from Lviv',
    url: 'https://kovalenko.example.com',
    adminUrl: 'https://kovalenko.example.com/admin',
    state: 'published',
    kind: 'demo',
    demoExpiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    membership: membership.documentId,
    customer: customer.documentId,
  });
  const mapping = {
    domain: 'kovalenko.example.com',
    stage: 'checking_dns',
    active: true,
    primary: true,
    secure: true,
  };
  const domain = await domains.create({ ...mapping, site: site.documentId });
  await domains.update(domain.documentId, { stage: 'done' });
  await sites.update(site.documentId, { title: 'Kovalenko' });
  // Everything has its relatives now: these are the complete ones.
  await memberships.update(membership.documentId, { amount: 29 });
  await customers.update(customer.documentId, { name: 'Olena K.' });
  await code(site, renewal, customer, membership, product, user);
  await memberships.update(membership.documentId, { state: 'expired' });
  await products.update(product.documentId, { price: 69 });
  await domains.delete(domain.documentId);
  await sites.delete(site.documentId);
  await payments.delete(renewal.documentId);
  await memberships.delete(membership.documentId);
  await products.delete(product.documentId);
  await customers.delete(customer.documentId);
}

/** What is emitted by code: the cron task of the playground, and its checkout over HTTP. */
async function code(
  site: Doc,
  payment: Doc,
  customer: Doc,
  membership: Doc,
  product: Doc,
  user: Doc,
): Promise<void> {
  const events = strapi.plugin('event-webhooks').service('events') as {
    emit(type: string, data: Data): Promise<string | null>;
    emitFrom(type: string, documentId: string, extra: Data): Promise<string | null>;
  };
  await events.emitFrom('demo_site.expiring', site.documentId, {
    demo_expires_at: new Date(Date.now() + 3_600_000).toISOString(),
    demo_time_remaining: '1 hour',
  });
  await events.emit('checkout.started', {
    form_slug: 'default-checkout',
    user_id: user.documentId,
    ip_address: '127.0.0.1',
    referrer: 'https://example.com/pricing',
  });
  await events.emit('checkout.step_completed', {
    customer_id: customer.documentId,
    membership_id: membership.documentId,
    plan_id: product.documentId,
    plan_slug: 'studio-plan',
    cart_type: 'new',
    is_free: false,
  });
  await events.emitFrom('checkout.completed', payment.documentId, {
    cart_type: 'new',
    gateway: 'stripe',
    is_free: false,
  });
  await events.emit('checkout.failed', {
    error_codes: ['card_declined'],
    error_messages: { card_declined: 'The card was declined.' },
    user_id: user.documentId,
  });
}

const isObject = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Where a delivered value is unlike its sample: other keys, another type. A relation may be empty and a field
 * of a related entry null (the schema says so and is checked besides); a list is compared item by item, those
 * of a dynamic zone by their component; which fields `previous` holds is the change's business.
 */
function unlike(delivered: unknown, sample: unknown, path: string): string[] {
  if (path === 'data.previous')
    return isObject(delivered) === isObject(sample) ? [] : [`${path}: not as in the sample`];
  if (path === 'data.changedFields')
    return Array.isArray(delivered) === Array.isArray(sample) ? [] : [`${path}: no list`];
  const nullable = mayBeNull.has(path.split('.').at(-1) ?? '') || /\.\d+\./.test(path);
  if (delivered === null && nullable) return [];
  if (Array.isArray(sample)) {
    if (!Array.isArray(delivered)) return [`${path}: ${typeof delivered}, not a list`];
    return delivered.flatMap((item: unknown, index) => {
      const same = (candidate: unknown) =>
        !isObject(candidate) || !isObject(item) || candidate['__component'] === item['__component'];
      return unlike(item, sample.find(same), `${path}.${index}`);
    });
  }
  if (isObject(sample)) {
    if (!isObject(delivered)) return [`${path}: ${String(delivered)}, not an object`];
    const keys = Object.keys(sample).sort().join();
    const found = Object.keys(delivered).sort().join();
    if (keys !== found) return [`${path}: has ${found}, the sample has ${keys}`];
    return Object.entries(sample).flatMap(([key, inner]) => unlike(delivered[key], inner, `${path}.${key}`));
  }
  if (sample === null && nullable) return [];
  return typeof delivered === typeof sample
    ? []
    : [`${path}: ${typeof delivered}, the sample has ${typeof sample}`];
}

/** What a sample must not show: a blank that tells a form-mapping tool nothing. */
function blanks(value: unknown, path: string): string[] {
  if (value === '' || (Array.isArray(value) && value.length === 0)) return [path];
  if (value === null) return mayBeNull.has(path.split('.').at(-1) ?? '') ? [] : [path];
  if (typeof value !== 'object') return [];
  const entries = Object.entries(value as Data);
  return entries.length === 0 ? [path] : entries.flatMap(([key, inner]) => blanks(inner, `${path}.${key}`));
}

/** The delivered payloads nearest to complete come first: the one with most values that are not null. */
const fullness = (body: StandardBody): number => (JSON.stringify(body).match(/:(?!null)/g) ?? []).length;

/** A webhook fails for days, works again, is disabled; and another finds itself in a copied database. */
async function makeEveryNews(): Promise<void> {
  const sick = await new Receiver().start();
  try {
    const { id } = await addWebhook(playground, {
      url: sick.url(),
      events: ['author.created'],
      retryScheduleSeconds: [],
    });
    const change = (columns: Data) =>
      strapi.db.connection('event_webhooks_webhooks').where({ id }).update(columns);
    const news = async (type: string, cause: () => unknown) => {
      await cause();
      await until(type, () => receiver.bodies().some((body) => body.type === type));
    };
    const create = () => documents('api::author.author').create({ name: 'Iryna' });

    sick.answer = () => ({ status: 500 });
    const since = Date.now() - 3 * 24 * 3_600_000;
    await change({ failing_since: since, last_failure_at: since + 24 * 3_600_000 });
    // Without a schedule, its first attempt is its last; the webhook itself is told nothing.
    await news('webhook.failing', create);
    await news('delivery.failed', () => undefined);
    sick.answer = () => ({ status: 200 });
    await news('webhook.recovered', create);
    sick.answer = () => ({ status: 410 });
    await news('webhook.disabled', create);

    const home = { name: null, host: 'www.example.org', environment: process.env.NODE_ENV ?? 'development' };
    await change({ home: JSON.stringify(home), active: true, disabled_reason: null });
    strapi.config.set('server.absoluteUrl', 'https://cms.example.com');
    const homes = strapi.plugin('event-webhooks').service('homes') as { settle(): Promise<void> };
    await news('webhook.away', () => homes.settle());
    strapi.config.set('server.absoluteUrl', playground.url);
  } finally {
    await sick.stop();
  }
}

beforeAll(async () => {
  receiver = await new Receiver().start();
  playground = await startPlayground();
  strapi = playground.strapi;
  const { body } = await playground.admin<EventTypeList>('GET', '/event-webhooks/event-types');
  catalog = body.results;
  await addWebhook(playground, { url: receiver.url(), events: catalog.map(({ type }) => type) });
  await makeEveryChange();
  await until(
    'everything to arrive',
    async () => {
      const events = await playground.rows('event_webhooks_events');
      const rows = await playground.rows('event_webhooks_deliveries');
      return (
        events.every(({ matched_at }) => matched_at !== null) &&
        rows.length === events.length &&
        rows.every(({ state }) => state === 'succeeded')
      );
    },
    { timeoutMs: 45_000 },
  );
  await makeEveryNews();
}, 180_000);

afterAll(async () => {
  await playground?.stop();
  await receiver?.stop();
});

/** The catalog as `product.md` promises it, so that a type that vanishes is missed here. */
const promised = [
  ...['article', 'homepage', 'page'].flatMap((type) =>
    ['created', 'updated', 'deleted', 'published', 'unpublished', 'draft_discarded'].map(
      (action) => `${type}.${action}`,
    ),
  ),
  ...[
    'author',
    'customer',
    'membership',
    'payment',
    'product',
    'site',
    'domain',
    'user',
    'media',
    'media_folder',
  ].flatMap((type) => ['created', 'updated', 'deleted'].map((action) => `${type}.${action}`)),
  'payment.received',
  'renewal_payment.created',
  'site.published',
  'customer.email_verification_needed',
  'payment.failed',
  'membership.expired',
  'invoice.sent',
  'demo_site.expiring',
  'checkout.started',
  'checkout.step_completed',
  'checkout.completed',
  'checkout.failed',
  // Releases and review workflows come with a licence: without one they cannot happen, so they are not offered.
  'locale.created',
  'locale.updated',
  'locale.deleted',
  'delivery.failed',
  'webhook.failing',
  'webhook.recovered',
  'webhook.disabled',
  'webhook.away',
];

/** What follows from the changes of other entries: `showing.test.ts`. */
const derived = [
  ...['article', 'author', 'customer', 'domain', 'homepage'],
  ...['membership', 'page', 'payment', 'product', 'site'],
].map((model) => `${model}.affected`);

describe('every event of the catalog is delivered when its change happens, and looks like its sample', () => {
  it('the catalog holds what is promised, and nothing that is not tested here', () => {
    expect(catalog.map(({ type }) => type).sort()).toEqual([...promised, ...derived].sort());
    for (const type of catalog) {
      expect(type.displayName).not.toBe('');
      expect(type.description).not.toBe('');
    }
  });

  it.each(promised)('%s', (type) => {
    const view = catalog.find((candidate) => candidate.type === type);
    if (!view) throw new Error(`${type} is not in the catalog`);
    expect(blanks(view.sample.data, 'data')).toEqual([]);
    const [delivered] = (receiver.bodies() as StandardBody[])
      .filter((body) => body.type === type)
      .sort((a, b) => fullness(b) - fullness(a));
    if (!delivered) throw new Error(`${type} was never delivered`);
    expect(unlike(delivered.data, view.sample.data, 'data')).toEqual([]);

    const fits = new Ajv({ strict: false, validateFormats: false }).compile(view.schema);
    expect([fits(view.sample.data), fits.errors]).toEqual([true, null]);
    for (const body of (receiver.bodies() as StandardBody[]).filter((one) => one.type === type)) {
      expect([fits(body.data), fits.errors]).toEqual([true, null]);
    }
  });
});
