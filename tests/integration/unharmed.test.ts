import type { Core, UID } from '@strapi/strapi';
import { databases } from './harness/databases';
import { startForeignApp } from './harness/foreign-app';
import { addWebhook, forgetEvents } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';

const article = 'api::article.article' as UID.ContentType;
const author = 'api::author.author' as UID.ContentType;
const tag = 'api::tag.tag' as UID.ContentType;

/** MySQL commits when a table is altered, and a statement that fails does no harm to its transactions. */
const transactional = databases.filter(({ client }) => client !== 'mysql');

/** A save is never refused because of what capture reads, in a transaction of its own or of the app's. */
/** What receivers are told; the cause stands in the log. */
const notRead = 'not_read: the entry could not be read';

describe.each(transactional)('where a read of ours fails, on $client', (database) => {
  let app: Playground;
  let strapi: Core.Strapi;
  let receiver: Receiver;
  const sql = (statement: string) => strapi.db.connection.raw(statement);
  const events = async () =>
    (await app.rows('event_webhooks_events')).map((row) => ({
      type: row.type,
      thin: row.thin_reason as string | null,
      data: (JSON.parse(String(row.body)) as { data: Record<string, unknown> }).data,
    }));
  const documents = (uid: UID.ContentType) =>
    strapi.documents(uid) as unknown as Record<
      'create' | 'update' | 'publish' | 'delete' | 'findOne',
      (params: Record<string, unknown>) => Promise<{ documentId: string; title: string }>
    >;

  beforeAll(async () => {
    receiver = await new Receiver().start();
    app = await startForeignApp({ database });
    strapi = app.strapi;
    await addWebhook(app, { url: receiver.url(), events: ['*'] });
  });

  afterAll(async () => {
    await app?.stop();
    await receiver?.stop();
  });

  let warn: jest.SpyInstance;
  /** What the log says of this test. */
  const logged = () => warn.mock.calls.map(([line]) => String(line)).join('\n');
  beforeEach(async () => {
    await forgetEvents(app);
    warn = jest.spyOn(strapi.log, 'warn');
  });
  afterEach(() => warn.mockRestore());

  it('a column that was renamed, in the app’s own transaction: all that it does is there, and told', async () => {
    const { documentId } = await documents(article).create({ data: { title: 'Before' } });
    await strapi.db.transaction(async ({ trx }) => {
      await trx.raw('alter table articles_tags_lnk rename column tag_ord to moved');
      await documents(author).create({ data: { name: 'Before it' } });
      await Promise.all([
        documents(article).update({ documentId, data: { title: 'After' } }),
        ...['A', 'B', 'C'].map((title) => documents(article).create({ data: { title } })),
      ]);
      await documents(author).create({ data: { name: 'After it' } });
      // Strapi itself reads the entries anew after the commit.
      await trx.raw('alter table articles_tags_lnk rename column moved to tag_ord');
    });
    expect(await documents(article).findOne({ documentId })).toMatchObject({ title: 'After' });
    expect(await strapi.documents(article).count({})).toBe(4);
    const told = await events();
    expect(told.map(({ type }) => type).sort()).toEqual([
      ...(Array(4).fill('article.created') as string[]),
      'article.updated',
      'author.created',
      'author.created',
    ]);
    const updated = told.find(({ type }) => type === 'article.updated');
    expect(updated?.thin).toBe(notRead);
    expect(logged()).toMatch(/could not be read, its event is in the thin form: .*tag_ord/);
    expect(updated?.data).toMatchObject({ documentId, locale: 'en', status: 'draft' });
    expect(told.filter(({ thin }) => thin !== null)).toHaveLength(4);
  });

  if (database.client === 'postgres') {
    /** Authors that can be read only where `fault` is not set, or slowly; it is set for one transaction. */
    const withFault = async (fault: string, run: () => Promise<unknown>): Promise<void> => {
      await sql('alter table authors rename to authors_kept');
      await sql(`create view authors as select a.* from authors_kept a
        where case when current_setting('test.fault', true) = 'on' then ${fault} else true end`);
      try {
        await run();
        // Strapi reads the entry anew by itself, without anybody waiting for it.
        await new Promise((resolve) => setTimeout(resolve, 300));
      } finally {
        await sql('drop view authors');
        await sql('alter table authors_kept rename to authors');
      }
    };
    const written = async () => {
      const lesia = await documents(author).create({ data: { name: 'Lesia' } });
      return documents(article).create({ data: { title: 'Before', author: lesia.documentId } });
    };

    it('in a transaction of ours too: changed, published, deleted', async () => {
      const { documentId } = await written();
      const off = strapi.db.lifecycles.subscribe({
        models: [article],
        // From here on, to the end of the transaction.
        ...Object.fromEntries(
          ['beforeUpdate', 'beforeCreate', 'beforeDelete'].map((hook) => [
            hook,
            () => strapi.db.transaction(({ trx }) => trx.raw("set local test.fault = 'on'")),
          ]),
        ),
      } as never) as unknown as () => void;
      await withFault('1 / (a.id - a.id) = 1', async () => {
        await documents(article).update({ documentId, data: { title: 'After' } });
        await documents(article).publish({ documentId });
      }).finally(off);
      expect(await documents(article).findOne({ documentId, status: 'published' })).toMatchObject({
        title: 'After',
      });
      const told = (await events()).slice(-2);
      expect(told.map(({ type }) => type)).toEqual(['article.updated', 'article.published']);
      for (const { thin } of told) expect(thin).toBe(notRead);
      expect(logged()).toMatch(/division by zero/);
    });

    it('what is deleted while it cannot be read', async () => {
      const { documentId } = await written();
      await withFault('1 / (a.id - a.id) = 1', () =>
        strapi.db.transaction(async ({ trx }) => {
          await trx.raw("set local test.fault = 'on'");
          await documents(article).delete({ documentId });
        }),
      );
      expect((await events()).at(-1)).toMatchObject({
        type: 'article.deleted',
        thin: notRead,
        data: { documentId, locale: 'en', status: 'draft' },
      });
      expect(logged()).toMatch(/division by zero/);
    });

    it('a read that takes longer than statement_timeout', async () => {
      const { documentId } = await written();
      await withFault('(select pg_sleep(0.4) is not null)', () =>
        strapi.db.transaction(async ({ trx }) => {
          await trx.raw("set local test.fault = 'on'");
          await trx.raw('set local statement_timeout = 50');
          await documents(article).update({ documentId, data: { title: 'After' } });
        }),
      );
      expect(await documents(article).findOne({ documentId })).toMatchObject({ title: 'After' });
      expect((await events()).at(-1)).toMatchObject({ type: 'article.updated', thin: notRead });
      expect(logged()).toMatch(/statement timeout/);
    });

    it('a row that another transaction holds longer than lock_timeout is saved by whoever may wait', async () => {
      const { documentId } = await documents(article).create({ data: { title: 'Held' } });
      const holder = await strapi.db.connection.transaction();
      await holder.raw('select id from articles where document_id = ? for update', [documentId]);
      const saved = strapi.db.transaction(async ({ trx }) => {
        await trx.raw('set local lock_timeout = 100');
        await documents(tag).create({ data: { name: 'Beside it' } });
        return documents(article)
          .update({ documentId, data: { title: 'Never' } })
          .catch((error: unknown) => String(error));
      });
      const outcome = await saved.catch((error: unknown) => String(error));
      await holder.rollback();
      // Core's own update waits for the same row and is refused: no error of ours takes its place.
      expect(outcome).toMatch(/lock timeout/);
      expect(outcome).not.toMatch(/event-webhooks/);
    });
  }
});
