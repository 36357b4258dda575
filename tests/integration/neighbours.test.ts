import type { UID } from '@strapi/strapi';
import { addWebhook, forgetEvents, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';

const author = 'api::author.author' as UID.ContentType;

/**
 * Beside our plugin: an app whose own bootstrap() registers document middlewares that use raw knex, call next()
 * twice, and retry after an error. Nothing may hang on SQLite's one connection, no event be lost or doubled.
 */
describe('middlewares of the app beside the capture', () => {
  let playground: Playground;
  let failures = 0;

  const events = async () =>
    (await playground.rows('event_webhooks_events')).map((row) => ({
      type: String(row.type),
      documentId: String(row.document_id),
      guarantee: String(row.guarantee),
      name: (JSON.parse(String(row.body)).data.entry as { name: string }).name,
    }));
  const create = (name: string) =>
    playground.strapi.documents(author).create({ data: { name } as never }) as Promise<{
      documentId: string;
    }>;

  beforeAll(async () => {
    playground = await startPlayground({
      bootstrap: (strapi) => {
        strapi.documents.use(async (context, next) => {
          if (context.uid !== author) return next();
          await strapi.db.connection('authors').count();
          const result = await next();
          await strapi.db.connection('authors').count();
          return result;
        });
        strapi.documents.use(async (context, next) => {
          const name = (context.params as { data?: { name?: string } }).data?.name ?? '';
          if (context.uid !== author || !name.startsWith('Twice')) return next();
          await next();
          if (name === 'Twice, then other') {
            context.params = { ...context.params, data: { name: 'Other' } } as never;
          }
          return next();
        });
        strapi.documents.use(async (context, next) => {
          if (context.uid !== author) return next();
          try {
            return await next();
          } catch {
            return next();
          }
        });
        strapi.db.lifecycles.subscribe({
          models: [author],
          afterCreate({ params }: { params: { data: { name?: string } } }) {
            if (params.data.name === 'Second try' && failures++ === 0) throw new Error('a passing fault');
          },
        } as never);
      },
    });
    await addWebhook(playground, { url: 'http://127.0.0.1:9/nobody', events: ['author.*'], active: false });
  });

  afterAll(async () => {
    await playground?.stop();
  });

  beforeEach(async () => {
    await forgetEvents(playground);
  });

  it('raw knex around next() does not hang on the only connection', async () => {
    const began = Date.now();
    await create('Knex');
    expect(Date.now() - began).toBeLessThan(2000);
    expect(await events()).toMatchObject([
      { type: 'author.created', name: 'Knex', guarantee: 'same_transaction' },
    ]);
  });

  it('who registers after the server listens stands outside of our transaction, and can be taken off again', async () => {
    const ran: string[] = [];
    const late = (name: string): (() => unknown) =>
      playground.strapi.documents.use(async (context, next) => {
        if (context.uid !== author) return next();
        const result = await next();
        ran.push(
          `${name} ${String((await playground.strapi.db.connection('authors').count())[0] !== undefined)}`,
        );
        return result;
      }) as unknown as () => unknown;
    const offs = [late('first'), late('second')];
    const began = Date.now();
    await create('Late');
    expect(Date.now() - began).toBeLessThan(2000);
    expect(ran).toEqual(['second true', 'first true']);
    expect(await events()).toMatchObject([
      { type: 'author.created', name: 'Late', guarantee: 'same_transaction' },
    ]);

    offs[0]?.();
    offs[0]?.();
    await create('Later');
    expect(ran.slice(2)).toEqual(['second true']);
    offs[1]?.();
    await create('Latest');
    expect(ran).toHaveLength(3);
    expect((await events()).map(({ name }) => name)).toEqual(['Late', 'Later', 'Latest']);
  });

  it('while middlewares come and go each operation gives its one event', async () => {
    const coming = setInterval(() => {
      const off = playground.strapi.documents.use((_context, next) => next()) as unknown as () => unknown;
      setTimeout(off, 3);
    }, 1);
    try {
      for (let index = 0; index < 10; index += 1)
        await Promise.all(Array.from({ length: 5 }, (_, other) => create(`Busy ${index} ${other}`)));
    } finally {
      clearInterval(coming);
    }
    const found = await events();
    expect(found).toHaveLength(50);
    expect(new Set(found.map(({ name }) => name)).size).toBe(50);
    expect(found.every(({ guarantee }) => guarantee === 'same_transaction')).toBe(true);
  });

  it('next() twice on create makes two documents and two events', async () => {
    await create('Twice created');
    const found = await events();
    expect(found.map(({ type, guarantee }) => [type, guarantee])).toEqual([
      ['author.created', 'same_transaction'],
      ['author.created', 'late'],
    ]);
    expect(new Set(found.map(({ documentId }) => documentId)).size).toBe(2);
    const rows = await playground.strapi.db.query(author).findMany({ where: { name: 'Twice created' } });
    expect(rows.map((row: { documentId: string }) => row.documentId).sort()).toEqual(
      found.map(({ documentId }) => documentId).sort(),
    );
  });

  it('next() twice on update with the same data is one event', async () => {
    const { documentId } = await create('Once');
    await playground.strapi
      .documents(author)
      .update({ documentId, data: { name: 'Twice updated' } as never });
    expect((await events()).map(({ type, name }) => [type, name])).toEqual([
      ['author.created', 'Once'],
      ['author.updated', 'Twice updated'],
    ]);
  });

  it('next() twice on update with other data is two events, the second late', async () => {
    const { documentId } = await create('Once');
    await playground.strapi
      .documents(author)
      .update({ documentId, data: { name: 'Twice, then other' } as never });
    expect((await events()).map(({ type, name, guarantee }) => [type, name, guarantee])).toEqual([
      ['author.created', 'Once', 'same_transaction'],
      ['author.updated', 'Twice, then other', 'same_transaction'],
      ['author.updated', 'Other', 'late'],
    ]);
  });

  it('a retry after an error leaves one document and one event', async () => {
    failures = 0;
    const { documentId } = await create('Second try');
    expect(failures).toBe(2);
    expect(await events()).toMatchObject([{ type: 'author.created', documentId, guarantee: 'late' }]);
    expect(await playground.strapi.db.query(author).count({ where: { name: 'Second try' } })).toBe(1);
  });
});
