import type { Core, UID } from '@strapi/strapi';
import { databases } from './harness/databases';
import { startForeignApp } from './harness/foreign-app';
import { addWebhook, forgetEvents } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';

const article = 'api::article.article' as UID.ContentType;
const author = 'api::author.author' as UID.ContentType;
const page = 'api::page.page' as UID.ContentType;
const tag = 'api::tag.tag' as UID.ContentType;
const file = 'plugin::upload.file' as UID.ContentType;

interface Told {
  type: string;
  documentId: string;
  locale: string | null;
  status: string;
  guarantee: string;
  cause: string | null;
  thin: string | null;
  changed: string[] | null;
  entry: Record<string, unknown>;
  previous: Record<string, unknown> | null;
  truncated: Record<string, number> | undefined;
}

interface Stored {
  documentId: string;
  id: number;
}

/** What is told is what happened: on the app of strangers, on every database that is here. */
describe.each(databases)('what an event tells, on $client', (database) => {
  let app: Playground;
  let strapi: Core.Strapi;
  let receiver: Receiver;
  let webhookId: number;

  const told = async (): Promise<Told[]> =>
    (await app.rows('event_webhooks_events')).map((row) => {
      const { data } = JSON.parse(String(row.body)) as { data: Record<string, unknown> };
      return {
        type: String(row.type),
        documentId: String(row.document_id),
        locale: row.locale as string | null,
        status: String(row.status),
        guarantee: String(row.guarantee),
        cause: row.cause as string | null,
        thin: row.thin_reason as string | null,
        changed: row.changed_fields === null ? null : (JSON.parse(String(row.changed_fields)) as string[]),
        entry: data.entry as Record<string, unknown>,
        previous: data.previous as Record<string, unknown> | null,
        truncated: data.truncated as Record<string, number> | undefined,
      };
    });
  const names = async () => (await told()).map(({ type, locale }) => `${type}${locale ? ` ${locale}` : ''}`);
  const last = async (type: string) => (await told()).findLast((one) => one.type === type);
  const create = async (uid: UID.ContentType, data: Record<string, unknown>, rest = {}): Promise<Stored> =>
    (await strapi.documents(uid).create({ data, ...rest } as never)) as unknown as Stored;
  const update = async (uid: UID.ContentType, documentId: string, data: Record<string, unknown>, rest = {}) =>
    strapi.documents(uid).update({ documentId, data, ...rest } as never);
  const forget = () => forgetEvents(app);
  const rest = async (method: string, path: string, data?: Record<string, unknown>) => {
    const response = await fetch(`${app.url}/api${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: data === undefined ? undefined : JSON.stringify({ data }),
    });
    return { status: response.status, text: await response.text() };
  };
  const picture = async (name: string): Promise<Stored> =>
    (await strapi.db.query(file).create({
      data: {
        name,
        hash: name,
        ext: '.png',
        mime: 'image/png',
        size: 1,
        url: `/uploads/${name}.png`,
        provider: 'local',
        folderPath: '/',
      },
    })) as Stored;

  beforeAll(async () => {
    app = await startForeignApp({
      database,
      env: { EVENT_WEBHOOKS_OPTIONS: JSON.stringify({ capture: { maxRelated: 3 } }) },
    });
    strapi = app.strapi;
    const locales = strapi.plugin('i18n').service('locales') as {
      create(locale: { code: string; name: string }): Promise<unknown>;
    };
    await locales.create({ code: 'uk', name: 'Ukrainian' });
    await locales.create({ code: 'de', name: 'German' });
    const declare = (declaration: Record<string, unknown>) =>
      (strapi.plugin('event-webhooks').service('events') as { declare(d: unknown): Promise<void> }).declare({
        description: 'Of this test.',
        contentType: article,
        payload: { id: 'documentId' },
        ...declaration,
      });
    for (const field of ['body', 'facts', 'seo', 'sections', 'gallery']) {
      await declare({
        type: `${field}.rewritten`,
        displayName: `${field} rewritten`,
        on: [{ on: 'updated', when: { field, changed: true } }],
      });
    }
    await declare({
      type: 'issue.one',
      displayName: 'Issue one',
      on: [{ on: 'updated', when: { field: 'issueNumber', becomes: 1 } }],
    });
    receiver = await new Receiver().start();
    const { id } = await addWebhook(app, { url: receiver.url(), events: ['*', 'user.*'] });
    webhookId = id;
  });

  afterAll(async () => {
    await app?.stop();
    await receiver?.stop();
  });
  beforeEach(forget);

  describe('whatever the caller asks to get back', () => {
    it('REST with fields: updated and published, in its locale, whole', async () => {
      const { documentId } = await create(article, { title: 'Old', section: 'a' }, { locale: 'uk' });
      await forget();
      const answer = await rest('PUT', `/articles/${documentId}?locale=uk&fields[0]=section`, {
        title: 'New',
      });
      expect(answer.status).toBe(200);
      const [updated, published] = await told();
      expect(await names()).toEqual(['article.updated uk', 'article.published uk']);
      expect([updated?.status, published?.status]).toEqual(['draft', 'published']);
      for (const one of [updated, published]) {
        expect(one).toMatchObject({
          thin: null,
          documentId,
          entry: { title: 'New', section: 'a', locale: 'uk' },
        });
      }
      expect(updated).toMatchObject({ changed: ['title'], previous: { title: 'Old' } });
    });

    it('REST with populate, and REST that makes the entry', async () => {
      const made = await rest('POST', '/articles?locale=de&fields[0]=section&populate=author', {
        title: 'Made',
      });
      expect(made.status).toBe(201);
      expect(await names()).toEqual(['article.created de', 'article.published de']);
      for (const one of await told()) expect(one).toMatchObject({ thin: null, entry: { title: 'Made' } });
    });

    it.each([
      ['create', 'article.created'],
      ['publish', 'article.published'],
      ['discardDraft', 'article.draft_discarded'],
      ['unpublish', 'article.unpublished'],
      ['clone', 'article.created'],
      ['delete', 'article.deleted'],
    ])('code: %s with fields and populate', async (action, type) => {
      const asked = { locale: 'uk', fields: ['section'], populate: [] };
      const documents = strapi.documents(article) as unknown as Record<
        string,
        (params: Record<string, unknown>) => Promise<unknown>
      >;
      const { documentId } = await create(article, { title: 'Whole' }, { locale: 'uk', status: 'published' });
      await forget();
      const data = action === 'create' ? { title: 'Whole' } : {};
      await documents[action]?.({ ...asked, data, ...(action === 'create' ? {} : { documentId }) });
      expect(await names()).toEqual([`${type} uk`]);
      const [one] = await told();
      expect(one).toMatchObject({ thin: null, entry: { title: 'Whole', locale: 'uk' } });
      expect(one?.entry).toHaveProperty('sections');
    });

    it('GraphQL and the content manager', async () => {
      const { documentId } = await create(article, { title: 'Old' });
      await forget();
      const answer = await app.admin(
        'PUT',
        `/content-manager/collection-types/${article}/${documentId}?fields[0]=section`,
        { title: 'By hand' },
      );
      expect(answer.status).toBe(200);
      const query = `mutation { updateArticle(documentId: "${documentId}", data: { title: "By GraphQL" }) { section } }`;
      const graphql = await fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      expect(await graphql.json()).not.toHaveProperty('errors');
      expect((await told()).map(({ type, entry, locale }) => [type, entry.title, locale])).toEqual([
        ['article.updated', 'By hand', 'en'],
        ['article.updated', 'By GraphQL', 'en'],
        ['article.published', 'By GraphQL', 'en'],
      ]);
    });
  });

  describe('what changed', () => {
    const whole = async () => {
      const [one, two] = [await picture('one'), await picture('two')];
      return {
        pictures: [one, two] as const,
        data: {
          title: 'Whole',
          facts: { id: 7, tags: [{ id: 1 }] },
          body: [{ type: 'paragraph', children: [{ type: 'text', text: 'a' }] }],
          seo: {
            metaTitle: 'seo',
            social: { heading: 'h', image: one.id, links: [{ label: 'l', url: 'u' }] },
          },
          footnotes: [
            { mark: 1, text: 'first', source: { label: 's' } },
            { mark: 2, text: 'second' },
          ],
          sections: [
            { __component: 'sections.quote', text: 'q' },
            { __component: 'sections.slideshow', title: 's', slides: [{ caption: 'c', picture: two.id }] },
          ],
          gallery: [one.id, two.id],
        },
      };
    };
    const read = async (documentId: string) =>
      (await strapi.documents(article).findOne({
        documentId,
        populate: {
          seo: { populate: { social: { populate: '*' } } },
          footnotes: { populate: '*' },
          gallery: true,
          sections: {
            on: {
              'sections.quote': {},
              'sections.slideshow': { populate: { slides: { populate: '*' } } },
            },
          },
        },
      } as never)) as unknown as Record<string, Record<string, unknown> & Record<string, unknown>[]>;

    it('nothing that was not touched: not at a save, not by publishing, not without a change', async () => {
      const { data } = await whole();
      const { documentId } = await create(article, data, { status: 'published' });
      await forget();
      await update(article, documentId, { title: 'Other' });
      expect(await last('article.updated')).toMatchObject({
        changed: ['title'],
        previous: { title: 'Whole' },
      });
      await strapi.documents(article).publish({ documentId });
      expect(await last('article.published')).toMatchObject({
        changed: ['title'],
        previous: { title: 'Whole' },
      });
      await forget();
      await update(article, documentId, { title: 'Other', facts: data.facts, gallery: data.gallery });
      expect(await names()).toEqual([]);
      await strapi.documents(article).publish({ documentId });
      expect(await told()).toMatchObject([{ type: 'article.published', changed: [], previous: {} }]);
    });

    it('REST that names one field lists one field, in the draft and in what is live', async () => {
      const { data } = await whole();
      const { documentId } = await create(article, data, { status: 'published' });
      await forget();
      await rest('PUT', `/articles/${documentId}`, { format: 'essay' });
      expect((await told()).map(({ type, changed }) => [type, changed])).toEqual([
        ['article.updated', ['format']],
        ['article.published', ['format']],
      ]);
    });

    it('every kind of content, edited in place, with what it was', async () => {
      const { data, pictures } = await whole();
      const { documentId } = await create(article, data);
      const before = await read(documentId);
      const slideshow = (before.sections ?? [])[1] as { id: number; slides: { id: number }[] };
      const changes: [string, unknown, Record<string, unknown>][] = [
        ['facts', { id: 8, tags: [{ id: 1 }] }, { facts: data.facts }],
        ['body', [{ type: 'paragraph', children: [{ type: 'text', text: 'b' }] }], { body: data.body }],
        [
          'seo',
          {
            id: before.seo?.id,
            metaTitle: 'seo',
            social: { id: (before.seo?.social as Stored).id, heading: 'other' },
          },
          {
            seo: {
              metaTitle: 'seo',
              social: { heading: 'h', image: { name: 'one' }, links: [{ label: 'l' }] },
            },
          },
        ],
        [
          'footnotes',
          [{ id: (before.footnotes?.[0] as unknown as Stored).id, text: 'first, changed' }],
          { footnotes: [{ text: 'first', source: { label: 's' } }, { text: 'second' }] },
        ],
        [
          'sections',
          [
            { __component: 'sections.quote', id: before.sections?.[0]?.id, text: 'q' },
            {
              __component: 'sections.slideshow',
              id: slideshow.id,
              title: 's',
              slides: [{ id: slideshow.slides[0]?.id, caption: 'c', picture: pictures[0].id }],
            },
          ],
          { sections: [{ text: 'q' }, { slides: [{ caption: 'c', picture: { name: 'two' } }] }] },
        ],
        ['gallery', [pictures[1].id, pictures[0].id], { gallery: [{ name: 'one' }, { name: 'two' }] }],
      ];
      for (const [name, value, previous] of changes) {
        await forget();
        await update(article, documentId, { [name]: value });
        expect(await last('article.updated')).toMatchObject({ changed: [name], previous });
        const rule = (await names()).filter((type) => type.includes('rewritten'));
        expect(rule).toEqual(name === 'footnotes' ? [] : [`${name}.rewritten en`]);
      }
      await strapi.documents(article).publish({ documentId });
      await forget();
      await strapi.documents(article).publish({ documentId });
      expect((await last('article.published'))?.changed).toEqual([]);
    });

    it('a private field alone is no event', async () => {
      const { documentId } = await create(article, { title: 'T' });
      await forget();
      await update(article, documentId, { editorNote: 'for us' });
      expect(await names()).toEqual([]);
    });
  });

  describe('the other locales', () => {
    it('a shared field: their own names and past; rules that hold for them', async () => {
      const { documentId } = await create(article, { title: 'English', section: 'a', issueNumber: 5 });
      await update(article, documentId, { title: 'Українська' }, { locale: 'uk' });
      await forget();
      await update(article, documentId, { section: 'b' });
      expect(
        (await told()).map(({ type, locale, cause, changed, previous, entry }) => [
          type,
          locale,
          cause,
          changed,
          previous,
          entry.title,
        ]),
      ).toEqual([
        ['article.updated', 'en', null, ['section'], { section: 'a' }, 'English'],
        ['article.updated', 'uk', 'i18n_sync', ['section'], { section: 'a' }, 'Українська'],
      ]);
      await forget();
      await update(article, documentId, { issueNumber: 1 });
      expect(await names()).toEqual([
        'article.updated en',
        'issue.one en',
        'article.updated uk',
        'issue.one uk',
      ]);
      for (const one of await told()) expect(one.thin).toBeNull();
    });

    it('what is live in another locale changes too: it is published', async () => {
      const { documentId } = await create(
        article,
        { title: 'English', section: 'a' },
        { status: 'published' },
      );
      await update(article, documentId, { title: 'Українська' }, { locale: 'uk', status: 'published' });
      await forget();
      await update(article, documentId, { section: 'b' }, { status: 'published' });
      const late = (await told()).filter(({ locale }) => locale === 'uk');
      expect(late).toMatchObject([
        {
          type: 'article.published',
          status: 'published',
          cause: 'i18n_sync',
          changed: ['section'],
          previous: { section: 'a' },
          entry: { section: 'b' },
        },
      ]);
    });

    it('nothing where nothing changed: publishing one locale, adding one', async () => {
      const { documentId } = await create(
        article,
        { title: 'English', section: 'a' },
        { status: 'published' },
      );
      await update(article, documentId, { title: 'Українська' }, { locale: 'uk', status: 'published' });
      await forget();
      await strapi.documents(article).publish({ documentId, locale: 'uk' });
      await update(article, documentId, { title: 'Deutsch' }, { locale: 'de' });
      expect(await names()).toEqual(['article.published uk', 'article.created de']);
    });

    it('a locale that is added with another shared value: only that, not the shared components', async () => {
      const { documentId } = await create(page, { title: 'English', template: 'a', seo: { metaTitle: 's' } });
      await forget();
      await update(page, documentId, { title: 'Deutsch', template: 'b' }, { locale: 'de' });
      expect(
        (await told()).map(({ type, locale, changed, previous }) => [type, locale, changed, previous]),
      ).toEqual([
        ['page.created', 'de', null, null],
        ['page.updated', 'en', ['template'], { template: 'a' }],
      ]);
    });

    it('a shared component, edited in place', async () => {
      const { documentId } = await create(page, { title: 'English', seo: { metaTitle: 'a' } });
      await update(page, documentId, { title: 'Українська' }, { locale: 'uk' });
      await forget();
      const row = (await strapi
        .documents(page)
        .findOne({ documentId, populate: ['seo'] } as never)) as unknown as { seo: Stored };
      await update(page, documentId, { seo: { id: row.seo.id, metaTitle: 'b' } });
      expect(
        (await told()).map(({ locale, changed, previous }) => [locale, changed, previous]),
      ).toMatchObject([
        ['en', ['seo'], { seo: { metaTitle: 'a' } }],
        ['uk', ['seo'], { seo: { metaTitle: 'a' } }],
      ]);
    });
  });

  describe('related entries', () => {
    it('a type without drafts tells the published ones of a type with them, and no draft', async () => {
      const live = await create(article, { title: 'Live' }, { status: 'published' });
      await update(article, live.documentId, { title: 'Live, being rewritten' });
      const draft = await create(article, { title: 'Only a draft' });
      await forget();
      const { documentId } = await create(author, {
        name: 'Lesia',
        articles: [live.documentId, draft.documentId],
      });
      await update(author, documentId, { name: 'Lesia Ukrainka' });
      for (const one of await told()) {
        expect((one.entry.articles as { title: string }[]).map(({ title }) => title)).toEqual(['Live']);
        expect(JSON.stringify(one)).not.toMatch(/being rewritten|Only a draft/);
      }
      const tried = await app.admin<{ data: unknown }>(
        'POST',
        `/event-webhooks/webhooks/${webhookId}/trigger`,
        {
          eventType: 'author.updated',
          entry: { uid: author, documentId, locale: null },
        },
      );
      expect(JSON.stringify(tried.body)).not.toMatch(/being rewritten|Only a draft/);
    });

    it('what is sent by hand as published is what is live, never a draft in its place', async () => {
      const trigger = (documentId: string) =>
        app.admin<{ error?: { message: string } }>('POST', `/event-webhooks/webhooks/${webhookId}/trigger`, {
          eventType: 'article.published',
          entry: { uid: article, documentId, locale: 'en' },
        });
      const draft = await create(article, { title: 'Only a draft' });
      const live = await create(article, { title: 'Live' }, { status: 'published' });
      await update(article, live.documentId, { title: 'Being rewritten' });
      await forget();
      const refused = await trigger(draft.documentId);
      expect([refused.status, refused.body.error?.message]).toEqual([
        400,
        expect.stringContaining('is not published'),
      ]);
      expect((await trigger(live.documentId)).status).toBeLessThan(300);
      expect((await told()).map(({ type, entry }) => [type, entry.title])).toEqual([
        ['article.published', 'Live'],
      ]);
    });

    it('the draft of an entry tells drafts, what is live tells what is live', async () => {
      const topic = await create(tag, { name: 'Live tag' }, { status: 'published' });
      await update(tag, topic.documentId, { name: 'Draft tag' });
      await forget();
      await create(article, { title: 'Tagged', tags: [topic.documentId] }, { status: 'published' });
      expect(
        (await told()).map(({ status, entry }) => [
          status,
          (entry.tags as { name: string }[]).map(({ name }) => name),
        ]),
      ).toEqual([
        ['draft', ['Draft tag']],
        ['published', ['Live tag']],
      ]);
    });

    it('within a zone too', async () => {
      const speaker = await create(author, { name: 'Speaker' });
      await create(
        article,
        {
          title: 'Own',
          author: speaker.documentId,
          sections: [{ __component: 'sections.quote', text: 'q', speaker: speaker.documentId }],
        },
        { status: 'published' },
      );
      const published = await last('article.published');
      expect((published?.entry.sections as { speaker: { name: string } }[])[0]?.speaker.name).toBe('Speaker');
    });

    it('a long relation is told up to the limit, with the true count, and its changes are seen beyond it', async () => {
      const made: Stored[] = [];
      for (let index = 0; index < 6; index += 1)
        made.push(await create(article, { title: `A${index}` }, { status: 'published' }));
      const ids = made.map(({ documentId }) => documentId);
      const { documentId } = await create(author, { name: 'Prolific', articles: ids.slice(0, 5) });
      const created = await last('author.created');
      expect(created?.truncated).toEqual({ articles: 5 });
      expect((created?.entry.articles as { title: string }[]).map(({ title }) => title)).toEqual([
        'A0',
        'A1',
        'A2',
      ]);
      await forget();
      await update(author, documentId, { name: 'Still prolific' });
      expect(await last('author.updated')).toMatchObject({ changed: ['name'], truncated: { articles: 5 } });
      await forget();
      await update(author, documentId, { articles: { disconnect: [ids[4]], connect: [ids[5]] } });
      expect(await last('author.updated')).toMatchObject({
        changed: ['articles'],
        truncated: { articles: 5 },
      });
    });

    it('the other side of a relation gives no event', async () => {
      const { documentId } = await create(author, { name: 'B' });
      const x = await create(article, { title: 'X' }, { status: 'published' });
      await forget();
      await update(author, documentId, { articles: { connect: [x.documentId] } });
      await strapi.documents(author).delete({ documentId });
      expect((await told()).map(({ type, changed }) => [type, changed])).toEqual([
        ['author.updated', ['articles']],
        ['author.deleted', null],
      ]);
    });
  });

  it('discarding the draft of what was never published deletes it', async () => {
    const { documentId } = await create(article, { title: 'Never live' });
    await forget();
    await strapi.documents(article).discardDraft({ documentId });
    expect(await told()).toMatchObject([
      { type: 'article.deleted', status: 'draft', documentId, thin: null, entry: { title: 'Never live' } },
    ]);
    expect(await strapi.documents(article).findOne({ documentId })).toBeNull();
  });

  describe('two requests at once on one document', () => {
    const rounds = 8;

    it('the same change twice is told once', async () => {
      for (let round = 0; round < rounds; round += 1) {
        const { documentId } = await create(article, { title: 'T', issueNumber: 0 }, { status: 'published' });
        await forget();
        const answers = await Promise.all(
          [1, 1].map((issueNumber) => rest('PUT', `/articles/${documentId}`, { issueNumber })),
        );
        expect(answers.map(({ status }) => status)).toEqual([200, 200]);
        expect((await names()).filter((type) => type.startsWith('issue.one'))).toHaveLength(1);
        expect((await names()).filter((type) => type.startsWith('article.updated'))).toHaveLength(1);
      }
    });

    it('two changes are told one after the other', async () => {
      for (let round = 0; round < rounds; round += 1) {
        const { documentId } = await create(article, { title: 'T', issueNumber: 1 }, { status: 'published' });
        await forget();
        await Promise.all(
          [2, 3].map((issueNumber) => rest('PUT', `/articles/${documentId}`, { issueNumber })),
        );
        const updates = (await told()).filter(({ type }) => type === 'article.updated');
        const steps = updates.map(({ previous, entry }) => [previous?.issueNumber, entry.issueNumber]);
        const first = steps.find(([from]) => from === 1);
        const second = steps.find((step) => step !== first);
        expect(steps).toHaveLength(2);
        expect(second?.[0]).toBe(first?.[1]);
        expect(await strapi.db.query(article).count({ where: { documentId } })).toBe(2);
      }
    });

    it('two deletions are one, and both requests are answered', async () => {
      for (let round = 0; round < rounds; round += 1) {
        const { documentId } = await create(article, { title: 'T' }, { status: 'published' });
        await forget();
        const answers = await Promise.all([1, 2].map(() => rest('DELETE', `/articles/${documentId}`)));
        expect(answers.map(({ status }) => status < 500)).toEqual([true, true]);
        expect(await names()).toEqual(['article.deleted en']);
      }
    });

    it('many documents at once do not end each other', async () => {
      const made = await Promise.all(
        Array.from({ length: 16 }, (_, index) =>
          create(article, { title: `N${index}` }, { status: 'published' }),
        ),
      );
      await forget();
      const answers = await Promise.all(
        made.map(({ documentId }, index) => rest('PUT', `/articles/${documentId}`, { title: `M${index}` })),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      expect((await names()).filter((type) => type === 'article.updated en')).toHaveLength(16);
    });
  });
});
