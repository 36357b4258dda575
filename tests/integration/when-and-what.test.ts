import type { UID } from '@strapi/strapi';
import type { FieldModels, FieldTree, FieldTreePart, WhyView } from '../../contracts';
import { databases } from './harness/databases';
import { addWebhook, forgetEvents, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import type { Received } from './harness/receiver';
import { until } from './harness/wait';

type Data = Record<string, unknown>;
interface Document {
  documentId: string;
}

const slack = {
  method: 'POST',
  bodyType: 'json',
  body: '{ "text": "*{{ entry.title }}* by {{ entry.author.name }}", "minutes": {{ entry.readingMinutes }} }',
};

describe.each(databases)('when and what a webhook sends ($client)', (database) => {
  let playground: Playground;
  let receiver: Receiver;

  const documents = (name: string) => {
    const service = playground.strapi.documents(`api::${name}.${name}` as UID.ContentType);
    return {
      create: async (data: Data) => (await service.create({ data } as never)) as Document,
      update: async (documentId: string, data: Data) =>
        (await service.update({ documentId, data } as never)) as Document,
      publish: (documentId: string) => service.publish({ documentId } as never),
      delete: (documentId: string) => service.delete({ documentId } as never),
    };
  };
  const webhook = (events: string[], more: Data = {}) =>
    addWebhook(playground, { url: receiver.url(), events, ...more });
  const matched = async () =>
    until('every event to be matched', async () => {
      const rows = await playground.rows('event_webhooks_events');
      return rows.length > 0 && rows.every((row) => row.matched_at !== null);
    });
  const states = async () => (await playground.rows('event_webhooks_deliveries')).map(({ state }) => state);
  const sent = (count: number) => until(`${count} requests`, () => receiver.requests.length === count);
  const json = (request: Received | undefined) => JSON.parse(String(request?.body)) as Data;

  beforeAll(async () => {
    receiver = await new Receiver().start();
    playground = await startPlayground({ database });
  });
  afterAll(async () => {
    await playground?.stop();
    await receiver?.stop();
  });
  afterEach(async () => {
    const { body } = await playground.admin<{ results: { id: number }[] }>(
      'GET',
      '/event-webhooks/webhooks?pageSize=100',
    );
    for (const { id } of body.results) await playground.admin('DELETE', `/event-webhooks/webhooks/${id}`);
    await forgetEvents(playground);
    receiver.requests.length = 0;
    receiver.answer = () => ({ status: 200, body: 'ok' });
  });

  describe('only when', () => {
    it('a payment becomes completed: one request, and none for any other change', async () => {
      await webhook(['payment.*'], { conditions: { all: [{ field: 'state', becomes: 'completed' }] } });
      const payments = documents('payment');
      const { documentId } = await payments.create({ referenceCode: 'A', state: 'pending', total: 10 });
      await payments.update(documentId, { total: 20 });
      await payments.update(documentId, { state: 'completed' });
      await payments.update(documentId, { total: 30 });
      await payments.update(documentId, { state: 'refunded' });
      await matched();
      await sent(1);
      expect(json(receiver.requests[0])).toMatchObject({
        data: { payment_status: 'completed', payment_total_raw: 20 },
      });
      await until('its end', async () => (await states())[0] === 'succeeded');
      expect(await states()).toHaveLength(1);
    });

    it('the customer behind a payment is the right one, although nobody writes that relation', async () => {
      const customers = documents('customer');
      const vip = await customers.create({
        name: 'Olena',
        email: 'olena@example.com',
        emailVerification: 'verified',
      });
      const other = await customers.create({
        name: 'Pavlo',
        email: 'pavlo@example.com',
        emailVerification: 'none',
      });
      const conditions = {
        all: [
          { field: 'customer.emailVerification', is: 'verified' },
          {
            any: [
              { field: 'total', greaterThan: 100 },
              { field: 'customer', changed: true },
            ],
          },
        ],
      };
      await webhook(['payment.updated'], { conditions });
      const payments = documents('payment');
      const one = await payments.create({ referenceCode: 'B', total: 1, customer: vip.documentId });
      await payments.update(one.documentId, { total: 101 });
      await payments.update(one.documentId, { total: 2 });
      await payments.update(one.documentId, { total: 500, customer: other.documentId });
      await payments.update(one.documentId, { total: 3, customer: vip.documentId });
      await matched();
      await sent(2);
      expect(
        receiver.requests.map((request) => (json(request)['data'] as Data)['payment_total_raw']),
      ).toEqual([101, 3]);
    });

    it('is judged by what was, also after the entry has changed again or is gone; and says why not', async () => {
      const { id } = await webhook(['payment.updated'], {
        conditions: { all: [{ field: 'total', lessThan: 5 }] },
      });
      const payments = documents('payment');
      const { documentId } = await payments.create({ referenceCode: 'C', total: 50 });
      await payments.update(documentId, { total: 40 });
      await payments.update(documentId, { total: 4 });
      await payments.delete(documentId);
      await matched();
      await sent(1);
      const trial = await playground.admin<{ fired: number; tried: { holds: unknown; findings: Data[] }[] }>(
        'POST',
        '/event-webhooks/conditions/actions/try',
        { events: ['payment.updated'], conditions: { all: [{ field: 'total', lessThan: 5 }] } },
      );
      expect(trial.body).toMatchObject({
        subject: 'Payment',
        fired: 1,
        tried: [
          { holds: true, findings: [{ place: [0], truth: true, before: 40, after: 4 }] },
          { holds: false, findings: [{ place: [0], truth: false, before: 50, after: 40 }] },
        ],
      });
      const why = await playground.admin<WhyView>(
        'GET',
        `/event-webhooks/webhooks/${id}/why?eventType=payment.updated&uid=api::payment.payment&documentId=${documentId}`,
      );
      expect(why.status).toBe(200);
      // The newest has its delivery; the one before was kept from being sent.
      expect(why.body).toMatchObject({ conditions: null, events: [{ holds: null }, { holds: false }] });
      expect(why.body.checks.map(({ name }) => name)).not.toContain('condition');
    });

    it('is said by “Why did it not fire?”, by what was when it happened', async () => {
      const { id } = await webhook(['payment.updated'], {
        conditions: { all: [{ field: 'total', changesFrom: 1, to: 3 }] },
      });
      const payments = documents('payment');
      const { documentId } = await payments.create({ referenceCode: 'W', total: 1 });
      await payments.update(documentId, { total: 2 });
      await matched();
      const why = async () => {
        const path = `/event-webhooks/webhooks/${id}/why`;
        const query = new URLSearchParams({ eventType: 'payment.updated', documentId });
        return (await playground.admin<WhyView>('GET', `${path}?${query}`)).body;
      };
      const unmet = {
        reason: 'condition',
        conditions: { findings: [{ place: [0], truth: false, before: 1, after: 2 }] },
        events: [{ deliveryId: null, holds: false }],
      };
      expect(await why()).toMatchObject(unmet);
      await payments.delete(documentId);
      expect(await why()).toMatchObject(unmet);
    });

    it('an event that became part of a later one says so', async () => {
      const { id } = await webhook(['payment.updated'], {
        collapse: { per: 'document', quietSeconds: 60, maxSeconds: 600, send: 'latest' },
      });
      const payments = documents('payment');
      const { documentId } = await payments.create({ referenceCode: 'M', total: 1 });
      await payments.update(documentId, { total: 2 });
      await payments.update(documentId, { total: 3 });
      await matched();
      const rows = await playground.rows('event_webhooks_events');
      const first = rows.find(({ type }) => type === 'payment.updated');
      const last = rows.filter(({ type }) => type === 'payment.updated').at(-1);
      // As if the later one had not been of this entry, so that the merged one is the newest.
      await playground.strapi.db
        .connection('event_webhooks_events')
        .where({ id: last?.id })
        .update({ document_id: 'another' });
      const { body } = await playground.admin<WhyView>(
        'GET',
        `/event-webhooks/webhooks/${id}/why?eventType=payment.updated&documentId=${documentId}`,
      );
      expect(body.events).toMatchObject([{ id: first?.id, state: 'collapsed' }]);
      expect(body.reason).toBeNull();
      expect(body.checks).toContainEqual({ name: 'delivery', answer: 'yes', detail: 'collapsed' });
      expect(body.checks.map(({ name }) => name)).not.toContain('answered');
    });

    it('a field that only one of the content types has is empty in the others', async () => {
      await webhook(['payment.updated', 'author.updated'], {
        conditions: { all: [{ field: 'total', greaterThan: 1 }] },
      });
      const payment = await documents('payment').create({ referenceCode: 'D', total: 1 });
      const author = await documents('author').create({ name: 'Anna' });
      await documents('author').update(author.documentId, { name: 'Ганна' });
      await documents('payment').update(payment.documentId, { total: 2 });
      await matched();
      await sent(1);
      expect(json(receiver.requests[0])).toMatchObject({ type: 'payment.updated' });
      await until('its end', async () => (await states())[0] === 'succeeded');
      expect(await states()).toHaveLength(1);
    });

    it.each([
      [{ all: [{ field: 'state', is: 'paid' }] }, 'conditions.all.0.is'],
      [{ all: [{ status: 'draft' }] }, 'conditions.all.0'],
      [{ all: [{ field: 'nothing', is: 1 }] }, 'conditions.all.0.field'],
      [{ all: [{ field: 'customer.internalNotes', present: true }] }, 'conditions.all.0.field'],
      [{ all: [{ field: 'currency', greaterThan: 3 }] }, 'conditions.all.0'],
    ])('what can never hold is refused by its place: %j', async (conditions, place) => {
      const answer = await playground.admin<{ error: { details: { errors: { path: string[] }[] } } }>(
        'POST',
        '/event-webhooks/webhooks',
        { name: 'Never', url: receiver.url(), events: ['payment.*'], conditions },
      );
      expect(answer.status).toBe(400);
      const [first] = answer.body.error.details.errors;
      expect(first?.path.join('.')).toMatch(new RegExp(`^${place}`));
    });
  });

  describe('what is sent', () => {
    it('is rendered once: a retry sends the same bytes, whatever the template has become', async () => {
      const secret = 'xoxb-0123456789';
      const { id } = await webhook(['article.updated'], {
        format: 'template',
        template: {
          ...slack,
          path: '/{{ entry.documentId }}',
          query: [{ name: 'key', value: '{{ secret.token }}' }],
        },
        templateSecrets: [{ name: 'token', value: secret }],
        retryScheduleSeconds: [1],
      });
      const author = await documents('author').create({ name: 'Ліна "Q"' });
      const articles = documents('article');
      const { documentId } = await articles.create({
        title: 'Old',
        readingMinutes: 3,
        author: author.documentId,
      });
      receiver.answer = () => ({ status: receiver.requests.length === 1 ? 500 : 200 });
      await articles.update(documentId, { title: 'A "quoted"\nline \\ end' });
      await sent(1);
      await playground.admin('PUT', `/event-webhooks/webhooks/${id}`, {
        template: { ...slack, body: '{"text":"new"}' },
      });
      await sent(2);
      const [first, second] = receiver.requests;
      expect(second?.body.equals(first?.body ?? Buffer.of())).toBe(true);
      expect(second?.path).toBe(`/hook/${documentId}?key=${secret}`);
      expect(json(first)).toEqual({ text: '*A "quoted"\nline \\ end* by Ліна "Q"', minutes: 3 });
      // A manual resend follows the template as it is now.
      const [row] = await playground.rows('event_webhooks_deliveries');
      await until('its end', async () => (await states())[0] === 'succeeded');
      await playground.admin('POST', `/event-webhooks/deliveries/${String(row?.['id'])}/resend`);
      await sent(3);
      expect(json(receiver.requests[2])).toEqual({ text: 'new' });
    });

    it('stands in the log as it was sent, its secrets hidden, and is found by its text', async () => {
      const secret = 'sk_live_0123456789';
      await webhook(['article.created'], {
        format: 'template',
        template: {
          method: 'PUT',
          bodyType: 'form',
          fields: [
            { name: 'title', value: '{{ entry.title }} & more' },
            { name: 'token', value: '{{ secret.token }}' },
          ],
        },
        templateSecrets: [{ name: 'token', value: secret }],
      });
      await documents('article').create({ title: 'Weiß' });
      await sent(1);
      expect(receiver.requests[0]).toMatchObject({
        method: 'PUT',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      expect(String(receiver.requests[0]?.body)).toBe(`title=Wei%C3%9F%20%26%20more&token=${secret}`);
      await until('its end', async () => (await states())[0] === 'succeeded');
      const [row] = await playground.rows('event_webhooks_deliveries');
      expect(JSON.stringify(row)).not.toContain(secret);
      const detail = await playground.admin<{ body: string; attemptLog: { request: Data }[] }>(
        'GET',
        `/event-webhooks/deliveries/${String(row?.['id'])}`,
      );
      expect(detail.body.body).toContain('title=Wei%C3%9F%20%26%20more&token=••••');
      expect(detail.body.attemptLog[0]?.request).toMatchObject({ method: 'PUT' });
      expect(JSON.stringify(await playground.rows('event_webhooks_attempts'))).not.toContain(secret);
      const found = await playground.admin<{ results: unknown[] }>(
        'GET',
        '/event-webhooks/deliveries?text=%2526%2520more',
      );
      expect(found.body.results).toHaveLength(1);
    });

    it('what a template cannot be filled in for fails with its line and column, and goes when it is mended', async () => {
      const broken =
        '{ "name": {% for one in entry.blocks %}{{ one.text | truncate: 5 }},{% endfor %}\n"x": {{ entry.title }} }';
      const answer = await playground.admin<{ error: { message: string } }>(
        'POST',
        '/event-webhooks/webhooks',
        {
          name: 'Broken',
          url: receiver.url(),
          events: ['article.created'],
          format: 'template',
          template: { bodyType: 'json', body: broken },
        },
      );
      expect([answer.status, answer.body.error.message]).toEqual([
        400,
        expect.stringMatching(/template\.body: line \d+, column \d+/),
      ]);
      const { id } = await webhook(['article.created'], {
        format: 'template',
        template: {
          bodyType: 'json',
          body: '{ "minutes": {% if entry.title == "Bad" %}oops{% else %}1{% endif %} }',
        },
      });
      await documents('article').create({ title: 'Bad' });
      const [delivery] = await until('its end', async () => {
        const rows = await playground.rows('event_webhooks_deliveries');
        return rows[0]?.state === 'failed' ? rows : null;
      });
      expect(delivery).toMatchObject({ code: 'template_failed', attempts: 1 });
      expect(receiver.requests).toEqual([]);
      await playground.admin('PUT', `/event-webhooks/webhooks/${id}`, {
        template: { bodyType: 'json', body: '{"ok":1}' },
      });
      await playground.admin('POST', `/event-webhooks/deliveries/${String(delivery?.['id'])}/resend`);
      await sent(1);
      expect(json(receiver.requests[0])).toEqual({ ok: 1 });
    });

    it.each(['flat', 'cloudevents', 'thin', 'strapi'])(
      '%s: another format of the same event',
      async (format) => {
        await webhook(['author.created'], { format });
        const { documentId } = await documents('author').create({ name: 'Anna' });
        await sent(1);
        const text = String(receiver.requests[0]?.body);
        expect(text).toContain(documentId);
        expect(text.includes('Anna')).toBe(format !== 'thin');
      },
    );

    it('a header that is rendered to nothing is left out, and a secret one is sent as it is, in each format', async () => {
      const headers = [
        { name: 'X-Title', value: '{{ entry.nothing }}', secret: false },
        { name: 'X-Name', value: '{{ entry.name | upcase }}', secret: false },
        { name: 'Authorization', value: 'Bearer 0123456789', secret: true },
      ];
      const { id } = await webhook(['author.created'], {
        headers,
        format: 'template',
        template: { bodyType: 'none' },
      });
      await documents('author').create({ name: 'anna' });
      await sent(1);
      expect(receiver.requests[0]?.headers).toMatchObject({
        'x-name': 'ANNA',
        authorization: 'Bearer 0123456789',
      });
      expect(receiver.requests[0]?.headers).not.toHaveProperty('x-title');
      await playground.admin('PUT', `/event-webhooks/webhooks/${id}`, { format: 'flat', template: null });
      await documents('author').create({ name: 'anna' });
      await sent(2);
      expect(receiver.requests[1]?.headers).toMatchObject({
        'x-name': '{{ entry.name | upcase }}',
        authorization: 'Bearer 0123456789',
      });
    });

    it('a test and a preview show the same request, and nothing of a secret', async () => {
      const form = {
        name: 'Slack',
        url: receiver.url(),
        events: ['article.published'],
        format: 'template',
        template: { ...slack, query: [{ name: 'key', value: '{{ secret.token }}' }] },
        templateSecrets: [{ name: 'token', value: 'xoxb-0123456789' }],
      };
      const preview = await playground.admin<{
        request: { url: string; body: string } | null;
        problems: unknown[];
      }>('POST', '/event-webhooks/webhooks/actions/preview', {
        webhook: form,
        eventType: 'article.published',
      });
      expect(preview.body.problems).toEqual([]);
      expect(JSON.stringify(preview.body)).not.toContain('xoxb-');
      const test = await playground.admin<{ ok: boolean; request: { body: string; url: string } }>(
        'POST',
        '/event-webhooks/webhooks/actions/test',
        { webhook: form, eventType: 'article.published' },
      );
      expect(test.body.ok).toBe(true);
      expect(test.body.request.body).toBe(preview.body.request?.body);
      expect(receiver.requests[0]?.path).toBe('/hook?key=xoxb-0123456789');
      expect(JSON.stringify(test.body)).not.toContain('xoxb-');
    });
  });

  describe('collapse', () => {
    const collapse = { quietSeconds: 1, maxSeconds: 3, per: 'webhook', send: 'latest' };

    it('many saves are few requests, the last with the last state; the log tells what became one', async () => {
      await webhook(['author.updated'], { collapse });
      const authors = documents('author');
      const { documentId } = await authors.create({ name: '0' });
      for (let save = 1; save <= 30; save += 1) await authors.update(documentId, { name: String(save) });
      await until('the last state', () =>
        receiver.requests.some(
          (request) => (json(request)['data'] as { entry: Data }).entry['name'] === '30',
        ),
      );
      expect(receiver.requests.length).toBeLessThanOrEqual(2);
      const rows = await playground.rows('event_webhooks_deliveries');
      expect(rows).toHaveLength(30);
      const live = rows.at(-1);
      const detail = await playground.admin<{
        collapsed: { count: number; deliveries: Data[]; into: number | null };
      }>('GET', `/event-webhooks/deliveries/${String(live?.['id'])}`);
      const together = rows.filter(({ collapse_group: group }) => group === live?.['collapse_group']).length;
      expect(detail.body.collapsed).toMatchObject({ count: together, into: null });
      const first = await playground.admin<{ state: string; collapsed: { into: number } }>(
        'GET',
        `/event-webhooks/deliveries/${String(rows.find(({ collapse_group: g }) => g === live?.['collapse_group'])?.['id'])}`,
      );
      expect(first.body).toMatchObject({ state: 'collapsed', collapsed: { into: live?.['id'] } });
    });

    it('an older state is not sent after a newer one, although it has failed meanwhile', async () => {
      await webhook(['author.updated'], {
        collapse: { ...collapse, maxSeconds: 1 },
        retryScheduleSeconds: [1],
      });
      const authors = documents('author');
      const { documentId } = await authors.create({ name: '0' });
      const nameIn = (request: Received | undefined) =>
        (json(request)['data'] as { entry: Data }).entry['name'];
      receiver.answer = (request) =>
        nameIn(request) === 'old' ? { status: 500, delayMs: 3000 } : { status: 200 };
      await authors.update(documentId, { name: 'old' });
      await sent(1);
      await authors.update(documentId, { name: 'new' });
      await sent(2);
      await until('both to be over', async () => {
        const [first, second] = await states();
        return first === 'collapsed' && second === 'succeeded';
      });
      expect(receiver.requests).toHaveLength(2);
      expect(nameIn(receiver.requests[1])).toBe('new');
    });

    it('two webhooks that begin with the same event get their own events only', async () => {
      const authors = documents('author');
      const { documentId } = await authors.create({ name: 'first' });
      const more = { collapse: { ...collapse, send: 'all' } };
      await webhook(['author.updated'], more);
      await webhook(['author.*'], { ...more, url: receiver.url('/all') });
      await authors.update(documentId, { name: 'second' });
      await authors.create({ name: 'third' });
      await sent(2);
      const typesAt = (path: string) => {
        const found = receiver.requests.find((request) => request.path === path);
        return (JSON.parse(String(found?.body)) as { type: string }[]).map(({ type }) => type);
      };
      expect(typesAt('/hook')).toEqual(['author.updated']);
      expect(typesAt('/all')).toEqual(['author.updated', 'author.created']);
    });

    it('all of them as an array, oldest first, by choice', async () => {
      await webhook(['author.updated'], { collapse: { ...collapse, send: 'all' } });
      const authors = documents('author');
      const { documentId } = await authors.create({ name: '0' });
      for (const name of ['a', 'b', 'c']) await authors.update(documentId, { name });
      await sent(1);
      const names = (JSON.parse(String(receiver.requests[0]?.body)) as { data: { entry: Data } }[]).map(
        ({ data }) => data.entry['name'],
      );
      expect(names).toEqual(['a', 'b', 'c']);
    });
  });

  describe('which fields', () => {
    const pageUid = 'api::page.page';
    const all: FieldTree = { fields: 'all', parts: {} };
    const only = (...fields: string[]): FieldTree => ({ fields, parts: {} });
    const products: FieldTreePart = { tree: { fields: 'all', parts: { image: { tree: all } } } };
    /** Four levels below the page, through zones, components and relations. */
    const deep: FieldTree = {
      fields: 'all',
      parts: {
        seo: { tree: all },
        blocks: {
          on: {
            'blocks.hero': { fields: 'all', parts: { image: { tree: all }, link: { tree: all } } },
            'blocks.product-list': { fields: 'all', parts: { products } },
            'blocks.article-list': {
              fields: 'all',
              parts: {
                articles: {
                  tree: {
                    fields: 'all',
                    parts: { author: { tree: { fields: 'all', parts: { articles: { tree: all } } } } },
                  },
                },
              },
            },
            'blocks.author-quote': { fields: 'all', parts: { author: { tree: all } } },
            'blocks.comparison': {
              fields: 'all',
              parts: {
                table: {
                  tree: {
                    fields: 'all',
                    parts: { rows: { tree: { fields: 'all', parts: { product: { tree: all } } } } },
                  },
                },
              },
            },
          },
        },
      },
    };

    /** The same depth as the content API is asked for. */
    const populateOf = ({ parts }: FieldTree): Data =>
      Object.fromEntries(
        Object.entries(parts).map(([name, { tree, on }]) => {
          const inner = (one: FieldTree): unknown =>
            Object.keys(one.parts).length === 0 ? { fields: ['*'] } : { populate: populateOf(one) };
          return [
            name,
            on
              ? { on: Object.fromEntries(Object.entries(on).map(([uid, one]) => [uid, inner(one)])) }
              : inner(tree ?? all),
          ];
        }),
      );
    const queryOf = (value: unknown, path: string): string[] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, inner]) => queryOf(inner, `${path}[${key}]`))
        : [`${path}=${encodeURIComponent(String(value))}`];

    let token: string;
    const fromApi = async (documentId: string, query: Record<string, string>): Promise<unknown> => {
      const text = [
        ...queryOf(populateOf(deep), 'populate'),
        ...Object.entries(query).map((one) => one.join('=')),
      ];
      const response = await fetch(`${playground.url}/api/pages/${documentId}?${text.join('&')}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(response.status).toBe(200);
      return ((await response.json()) as { data: unknown }).data;
    };
    const pages = () => playground.strapi.documents(pageUid as UID.ContentType);
    const dataOf = (request: Received | undefined) => json(request)['data'] as Data & { entry: Data };
    const at = (path: string) => receiver.requests.filter((request) => request.path === path);
    const selected = async () =>
      (await playground.rows('event_webhooks_events')).map((row) => row['selected'] as string | null);

    let page: Document;
    const blocksOf = async (locale = 'en') => {
      const product = async (name: string) =>
        (await documents('product').create({ name, price: 9 })).documentId;
      const author = (await documents('author').create({ name: 'Olena' })).documentId;
      const articles = playground.strapi.documents('api::article.article');
      const live = { title: 'Live', author } as never;
      const article = await articles.create({ data: live, locale, status: 'published' });
      await articles.update({ documentId: article.documentId, locale, data: { title: 'Draft' } as never });
      const three = [await product('One'), await product('Two'), await product('Three')];
      return [
        { __component: 'blocks.hero', heading: 'Hi', link: { label: 'More', url: '/more' } },
        { __component: 'blocks.product-list', title: 'Ours', products: three },
        { __component: 'blocks.article-list', title: 'Read', articles: [article.documentId] },
        { __component: 'blocks.author-quote', text: 'So it is', author },
        {
          __component: 'blocks.comparison',
          heading: 'Which?',
          table: {
            caption: 'Both',
            rows: three.map((one, index) => ({ label: `Row ${index}`, product: one })),
          },
        },
      ];
    };

    beforeAll(async () => {
      const tokens = playground.strapi.service('admin::api-token') as unknown as {
        create(given: object): Promise<{ accessKey: string }>;
      };
      const made = await tokens.create({
        name: 'Reader',
        type: 'full-access',
        lifespan: null,
        description: '',
      });
      token = made.accessKey;
      const data = { title: 'Home', slug: 'home', seo: { title: 'Home' }, blocks: await blocksOf() };
      page = (await pages().create({ data, locale: 'en' } as never)) as Document;
      const uk = { title: 'Головна', slug: 'golovna', blocks: await blocksOf('uk') };
      await pages().update({ documentId: page.documentId, locale: 'uk', data: uk } as never);
      await until('earlier events to be matched', async () =>
        (await playground.rows('event_webhooks_events')).every((row) => row.matched_at !== null),
      );
      await forgetEvents(playground);
    });

    it('a page of nested zones arrives as the content API gives it, in each locale, as it is live', async () => {
      await webhook(['page.published'], { fields: { [pageUid]: deep } });
      await pages().publish({ documentId: page.documentId, locale: 'en' } as never);
      await pages().publish({ documentId: page.documentId, locale: 'uk' } as never);
      await sent(2);
      for (const locale of ['en', 'uk']) {
        const told = receiver.requests.map(dataOf).find((data) => data['locale'] === locale);
        expect(told?.entry).toEqual(await fromApi(page.documentId, { locale }));
        expect(told).not.toHaveProperty('thin');
      }
      const [{ entry }] = receiver.requests.map(dataOf) as [Data & { entry: Data }];
      expect(JSON.stringify(entry)).toContain('"title":"Live"');
      expect(JSON.stringify(entry)).not.toContain('"title":"Draft"');
    });

    it('related entries follow the version of the event, and a save is read deeper only where that is told', async () => {
      await webhook(['page.updated'], { fields: { [pageUid]: deep } });
      await pages().update({ documentId: page.documentId, locale: 'en', data: { title: 'Start' } } as never);
      await sent(1);
      const { entry } = dataOf(receiver.requests[0]);
      expect(entry).toEqual(await fromApi(page.documentId, { locale: 'en', status: 'draft' }));
      expect(JSON.stringify(entry)).toContain('"title":"Draft"');
      await pages().publish({ documentId: page.documentId, locale: 'en' } as never);
      expect(await selected()).toEqual([expect.stringContaining('"entry"')]);
    });

    it('another webhook gets three fields of it, a third the whole, and nobody else is told more', async () => {
      await webhook(['page.published'], {
        url: receiver.url('/three'),
        fields: { [pageUid]: only('title', 'slug') },
      });
      await webhook(['page.*'], { url: receiver.url('/whole') });
      await pages().update({
        documentId: page.documentId,
        locale: 'en',
        data: { seo: { title: 'New' } },
      } as never);
      await pages().publish({ documentId: page.documentId, locale: 'en' } as never);
      await sent(3);
      const three = dataOf(at('/three')[0]);
      expect(Object.keys(three.entry)).toEqual(['id', 'documentId', 'title', 'slug']);
      expect(three).toMatchObject({ changedFields: [], previous: {} });
      const whole = at('/whole').map(dataOf);
      expect(whole[1]).toMatchObject({ changedFields: ['seo'], entry: { blocks: expect.any(Array) } });
      // What the whole entry holds is not stored a second time.
      expect(await selected()).toEqual([null, null]);
      const rows = await playground.rows('event_webhooks_deliveries');
      const own = rows.filter(({ body }) => body !== null);
      expect(own).toHaveLength(1);
      const log = await playground.admin<{ request: { body: string } }>(
        'GET',
        `/event-webhooks/deliveries/${String(own[0]?.['id'])}`,
      );
      expect(JSON.stringify(log.body)).not.toContain('blocks.hero');
    });

    it('lists are cut to their limit, with the true number; what has gone or is unpublished is told as it was', async () => {
      const limited: FieldTree = {
        fields: ['title'],
        parts: {
          blocks: {
            on: {
              'blocks.product-list': {
                fields: [],
                parts: {
                  products: { tree: { fields: ['name'], parts: { image: { tree: all } } }, limit: 2 },
                },
              },
            },
          },
        },
      };
      await webhook(['page.unpublished', 'page.deleted'], { fields: { [pageUid]: limited } });
      const data = { title: 'Goes', slug: 'goes', blocks: await blocksOf() };
      const { documentId } = (await pages().create({
        data,
        locale: 'en',
        status: 'published',
      } as never)) as Document;
      await pages().unpublish({ documentId, locale: 'en' } as never);
      await pages().delete({ documentId, locale: 'en' } as never);
      await sent(2);
      for (const told of receiver.requests.map(dataOf)) {
        const blocks = told.entry['blocks'] as Data[];
        expect(blocks.map((block) => Object.keys(block).sort())).toEqual([
          ['__component', 'id'],
          ['__component', 'id', 'products'],
          ...[3, 4, 5].map(() => ['__component', 'id']),
        ]);
        const names = (blocks[1]?.['products'] as Data[]).map(({ name, image }) => [name, image]);
        expect(names).toEqual([
          ['One', null],
          ['Two', null],
        ]);
        expect(told['truncated']).toEqual({ 'blocks.1.products': 3 });
      }
    });

    it('lists behind other entries are read up to a limit for all of them together; their true numbers are told', async () => {
      const { connection } = playground.strapi.db;
      const many = 600;
      const articles = [];
      for (const name of ['First', 'Second', 'Third']) {
        const author = (await documents('author').create({ name })).documentId;
        const { documentId } = await documents('article').create({ title: `${name} 0`, author });
        articles.push(documentId);
        const [{ id: authorId }] = (await connection('authors').where({ document_id: author })) as [Data];
        const rest = Array.from({ length: many - 1 }, (_, index) => index + 1);
        await connection.batchInsert(
          'articles',
          rest.map((place) => ({
            document_id: `${author}-${place}`,
            title: `${name} ${place}`,
            locale: 'en',
          })),
          90,
        );
        const rows = (await connection('articles')
          .where('document_id', 'like', `${author}-%`)
          .orderBy('id')) as Data[];
        await connection.batchInsert(
          'articles_author_lnk',
          rows.map(({ id }, index) => ({ article_id: id, author_id: authorId, article_ord: index + 2 })),
          90,
        );
      }
      const author = { tree: { fields: ['name'], parts: { articles: { tree: only('title') } } } };
      const list = { fields: [], parts: { articles: { tree: { fields: ['title'], parts: { author } } } } };
      const tree: FieldTree = {
        fields: ['title'],
        parts: { blocks: { on: { 'blocks.article-list': list } } },
      };
      await webhook(['page.created'], { fields: { [pageUid]: tree } });
      let most = 0;
      const count = (answer: unknown) => {
        const rows = (answer as { rows?: unknown[] } | undefined)?.rows ?? answer;
        if (Array.isArray(rows)) most = Math.max(most, rows.length);
      };
      connection.on('query-response', count);
      const blocks = [
        { __component: 'blocks.article-list', title: 'All', articles },
        { __component: 'blocks.article-list', title: 'Again', articles: articles.slice(0, 1) },
      ];
      await pages().create({ data: { title: 'Many', slug: 'many', blocks }, locale: 'en' } as never);
      await sent(1);
      connection.removeListener('query-response', count);
      const told = dataOf(receiver.requests[0]);
      const [all, again] = told.entry['blocks'] as { articles: { author: { articles: Data[] } }[] }[];
      const lists = [...(all?.articles ?? []), ...(again?.articles ?? [])].map(
        ({ author }) => author.articles,
      );
      expect(lists.map(({ length }) => length)).toEqual([100, 100, 100, 100]);
      expect(lists[1]?.slice(0, 3).map(({ title }) => title)).toEqual(['Second 0', 'Second 1', 'Second 2']);
      expect(told['truncated']).toEqual({
        'blocks.0.articles.0.author.articles': many,
        'blocks.0.articles.1.author.articles': many,
        'blocks.0.articles.2.author.articles': many,
        'blocks.1.articles.0.author.articles': many,
      });
      expect(told).not.toHaveProperty('thin');
      expect(most).toBeLessThanOrEqual(1001);
    });

    it('counts in every format, in merged deliveries, tests, triggers and previews alike', async () => {
      const fields = { [pageUid]: only('title') };
      const merging = { quietSeconds: 1, maxSeconds: 5, per: 'webhook', send: 'all' };
      await webhook(['page.updated'], { fields, collapse: merging, url: receiver.url('/all') });
      const templated = await webhook(['page.updated'], {
        fields,
        url: receiver.url('/template'),
        format: 'template',
        template: {
          method: 'POST',
          bodyType: 'json',
          body: '{ "entry": {{ entry }}, "changed": {{ event.changedFields | json }} }',
        },
      }).catch((error: unknown) => error as Error);
      expect(templated).not.toBeInstanceOf(Error);
      const change = (title: string) =>
        pages().update({
          documentId: page.documentId,
          locale: 'en',
          data: { title, seo: { title } },
        } as never);
      await change('A');
      await change('B');
      await until('the merged one', () => at('/all').length === 1 && at('/template').length === 2);
      const merged = JSON.parse(String(at('/all')[0]?.body)) as { data: { entry: Data } }[];
      expect(merged.map(({ data }) => data.entry['title'])).toEqual(['A', 'B']);
      for (const { data } of merged) expect(Object.keys(data.entry)).toEqual(['id', 'documentId', 'title']);
      for (const request of at('/template')) {
        expect(Object.keys(json(request)['entry'] as Data)).toEqual(['id', 'documentId', 'title']);
        expect(json(request)['changed']).toEqual(['title']);
      }

      receiver.requests.length = 0;
      const { id } = await webhook(['page.published'], { fields: { [pageUid]: deep } });
      const entry = { uid: pageUid, documentId: page.documentId, locale: 'en' };
      const test = await playground.admin('POST', '/event-webhooks/webhooks/actions/test', {
        ...{ webhookId: id, eventType: 'page.published', entry },
      });
      const triggered = await playground.admin('POST', `/event-webhooks/webhooks/${id}/trigger`, {
        ...{ eventType: 'page.published', entry },
      });
      expect([test.status, triggered.status]).toEqual([200, 200]);
      await until('both', () => at('/hook').length === 2);
      const live = await fromApi(page.documentId, { locale: 'en' });
      for (const request of at('/hook')) expect(dataOf(request).entry).toEqual(live);
      const preview = async (more: Data) => {
        const { body } = await playground.admin<{ request: { body: string } }>(
          'POST',
          '/event-webhooks/webhooks/actions/preview',
          {
            ...{ eventType: 'page.published', ...more },
            webhook: {
              name: 'P',
              url: receiver.url(),
              events: ['page.published'],
              fields: { [pageUid]: deep },
            },
          },
        );
        return (JSON.parse(body.request.body) as { data: { entry: Data; thin?: string } }).data;
      };
      const sample = await preview({});
      expect(sample).not.toHaveProperty('thin');
      expect(sample.entry['blocks']).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            products: [
              expect.objectContaining({ image: expect.objectContaining({ url: expect.any(String) }) }),
            ],
          }),
        ]),
      );
    });

    it('accounts behind relations are told only to who names the event', async () => {
      const siteUid = 'api::site.site';
      const user = { tree: only('username', 'email') };
      const customer = { tree: { fields: ['name'], parts: { user } } };
      const fields = { [siteUid]: { fields: ['title'], parts: { customer } } };
      await webhook(['*'], { fields, url: receiver.url('/everything') });
      await webhook(['site.*'], { fields, url: receiver.url('/named') });
      const account = (await playground.strapi.documents('plugin::users-permissions.user').create({
        data: { username: 'olena', email: 'olena@example.com', password: 'Secret123' } as never,
      })) as Document;
      const owner = await documents('customer').create({ name: 'Olena', user: account.documentId });
      await documents('site').create({ title: 'Hers', customer: owner.documentId });
      const toldAt = (path: string) =>
        at(path)
          .map(dataOf)
          .find((data) => data['uid'] === siteUid)?.entry['customer'];
      await until('both', () => toldAt('/everything') !== undefined && toldAt('/named') !== undefined);
      const ids = { id: expect.any(Number) as number, documentId: account.documentId };
      expect(toldAt('/named')).toMatchObject({
        name: 'Olena',
        user: { ...ids, username: 'olena', email: 'olena@example.com' },
      });
      expect((toldAt('/everything') as Data)['user']).toEqual(ids);
    });

    it('what cannot be ticked is refused by its place, and what has gone since is told with its remedy', async () => {
      const form = { name: 'F', url: receiver.url(), events: ['page.*'] };
      const refused = await playground.admin<{
        error: { details: { errors: { path: string[]; message: string }[] } };
      }>('POST', '/event-webhooks/webhooks', {
        ...form,
        fields: {
          [pageUid]: {
            fields: ['lost'],
            parts: { blocks: { on: { 'blocks.hero': only('heading', 'none') } } },
          },
          'api::customer.customer': only('internalNotes'),
        },
      });
      expect(refused.status).toBe(400);
      expect(
        refused.body.error.details.errors.map(({ path, message }) => `${path.join('.')}: ${message}`),
      ).toEqual([
        `fields.${pageUid}.fields.0: "lost" is not a field of Page (${pageUid})`,
        `fields.${pageUid}.parts.blocks.on.blocks.hero.fields.1: "none" is not a field of Hero (blocks.hero)`,
        'fields.api::customer.customer.fields.0: "internalNotes" of Customer (api::customer.customer) is private and cannot be sent',
      ]);
      const { id } = await webhook(['page.*'], { fields: { [pageUid]: only('title') } });
      await playground.strapi.db
        .connection('event_webhooks_webhooks')
        .where({ id })
        .update({ fields: JSON.stringify({ [pageUid]: only('title', 'was') }), revision: 7 });
      const seen = await playground.admin<{ needsAttention: unknown; fields: unknown }>(
        'GET',
        `/event-webhooks/webhooks/${id}`,
      );
      expect(seen.body.needsAttention).toEqual({ code: 'fields_gone', detail: 'Page › was' });
      // The rest of the form can still be saved.
      expect(
        (await playground.admin('PUT', `/event-webhooks/webhooks/${id}`, { name: 'Other' })).status,
      ).toBe(200);
    });

    it('can be chosen from all that the content type leads to', async () => {
      const { status, body } = await playground.admin<FieldModels>(
        'GET',
        `/event-webhooks/fields?uids=${pageUid}`,
      );
      expect(status).toBe(200);
      expect(Object.keys(body.models)).toEqual(
        expect.arrayContaining([pageUid, 'blocks.hero', 'api::product.product']),
      );
      expect(body).toMatchObject({ maxRelated: 100, defaults: { [pageUid]: { fields: 'all' } } });
    });
  });
});
