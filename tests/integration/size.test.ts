import type { Core, UID } from '@strapi/strapi';
import { addWebhook, forgetEvents, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { until } from './harness/wait';

// Twenty megabytes and six hundred entries, on a machine that may be busy.
jest.setTimeout(240_000);

const author = 'api::author.author' as UID.ContentType;
const article = 'api::article.article' as UID.ContentType;
const mebibyte = 1024 * 1024;

let playground: Playground;
let receiver: Receiver;
let strapi: Core.Strapi;

interface EventRow {
  type: string;
  body: string;
  thin_reason: string | null;
}

const events = async (): Promise<EventRow[]> =>
  (await playground.rows('event_webhooks_events')) as unknown as EventRow[];
const dataOf = (event: EventRow | undefined) =>
  JSON.parse(event?.body ?? '{}').data as Record<string, unknown>;
const write = (letters: number, title = 'Long') =>
  strapi.documents(article).create({
    data: { title, body: [{ type: 'paragraph', children: [{ type: 'text', text: 'x'.repeat(letters) }] }] },
  } as never) as Promise<{ documentId: string }>;
const createAuthors = async (count: number, name: string): Promise<number> => {
  const startedAt = performance.now();
  for (let index = 0; index < count; index += 1) {
    await strapi.documents(author).create({ data: { name: `${name} ${index}` } as never });
  }
  return performance.now() - startedAt;
};

beforeAll(async () => {
  receiver = await new Receiver().start();
  playground = await startPlayground();
  strapi = playground.strapi;
  await addWebhook(playground, { url: receiver.url(), events: ['author.*', 'article.*'] });
});

afterAll(async () => {
  await playground?.stop();
  await receiver?.stop();
});

beforeEach(async () => {
  await forgetEvents(playground);
  receiver.requests.length = 0;
});

describe('the size of a body (guarantee 7)', () => {
  it('at the limit it is whole, one byte above it is thin', async () => {
    await write(1000);
    const [small] = await events();
    const most = mebibyte - Buffer.byteLength(small?.body ?? '') + 1000;
    await write(most);
    await write(most + 1);
    const [, atLimit, above] = await events();
    expect(Buffer.byteLength(atLimit?.body ?? '')).toBe(mebibyte);
    expect(atLimit?.thin_reason).toBeNull();
    expect(above?.thin_reason).toBe(`too_large: ${mebibyte + 1} bytes, the limit is ${mebibyte}`);
    await until('all three', () => receiver.requests.length === 3);
    const sizes = receiver.requests.map(({ body }) => body.length).sort((a, b) => a - b);
    expect(sizes[2]).toBe(mebibyte);
  });

  it('an entry of 20 MB is saved as it is, and its event says where to find it', async () => {
    const { documentId } = await write(20 * mebibyte, 'Encyclopaedia');
    const saved = await strapi.documents(article).findOne({ documentId });
    expect(JSON.stringify(saved).length).toBeGreaterThan(20 * mebibyte);
    const [event] = await events();
    expect(event?.thin_reason).toMatch(/^too_large: 2\d{7} bytes, the limit is 1048576$/);
    expect(Buffer.byteLength(event?.body ?? '')).toBeLessThan(2000);
    expect(dataOf(event)).toMatchObject({ documentId, thin: event?.thin_reason });
    await until('the thin event', () => receiver.requests.length === 1);
    expect(receiver.bodies()[0]?.data).toMatchObject({ documentId });
  });
});

describe('a large import (guarantees 7, 8)', () => {
  it('gives an event for each entry, delivered once each, and within events.without none', async () => {
    const count = 300;
    const service = strapi.plugin('event-webhooks').service('events') as {
      without<T>(reason: string, run: () => Promise<T>): Promise<T>;
    };
    await service.without('an import', () => createAuthors(count, 'Silent'));
    expect(await events()).toEqual([]);
    await createAuthors(count, 'Loud');
    expect(await events()).toHaveLength(count);
    await until('all of them', () => receiver.requests.length >= count, { timeoutMs: 120_000 });
    const ids = receiver.requests.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(count);
    expect(receiver.requests).toHaveLength(count);
  });
});

describe('a full disk (guarantees 1, 7, 22)', () => {
  const pragma = async (text: string): Promise<number> => {
    const answer = (await strapi.db.connection.raw(`PRAGMA ${text}`)) as Record<string, number>[];
    return Object.values(answer[0] ?? {})[0] ?? 0;
  };
  /** SQLite itself then answers SQLITE_FULL, "database or disk is full", as it does when the file cannot grow. */
  const leaveRoomFor = async (pages: number): Promise<void> => {
    await pragma(`max_page_count = ${(await pragma('page_count')) + pages}`);
  };
  const heard = (name: string): boolean =>
    receiver.bodies().some(({ data }) => (data.entry as { name?: string } | undefined)?.name === name);
  const makeRoom = () => pragma('max_page_count = 1000000');
  /** An error and what caused it. */
  const told = (error: unknown): string =>
    error instanceof Error ? `${error.message} ${String(error.cause ?? '')}` : String(error);
  const titles = async (): Promise<string[]> =>
    ((await strapi.db.query(article).findMany({ select: ['title'] })) as { title: string }[]).map(
      ({ title }) => title,
    );

  afterEach(makeRoom);

  it('refuses the save with an error that says so; what was saved has its event, what was not has none', async () => {
    await strapi.db.connection.raw('VACUUM');
    await leaveRoomFor(40);
    const saved: string[] = [];
    const errors: string[] = [];
    for (let index = 0; errors.length < 5; index += 1) {
      const title = `Fills ${index}`;
      await write(3000, title).then(
        () => saved.push(title),
        (error: unknown) => errors.push(told(error)),
      );
    }
    expect(saved.length).toBeGreaterThan(0);
    for (const error of errors) expect(error).toMatch(/database or disk is full/);
    await makeRoom();
    expect((await titles()).filter((title) => title.startsWith('Fills')).sort()).toEqual(saved.sort());
    const heardOf = (await events()).map((event) => (dataOf(event).entry as { title: string }).title);
    expect(heardOf.sort()).toEqual(saved);
    await until('what was saved', async () => {
      const heard = receiver.bodies().map(({ data }) => (data.entry as { title: string }).title);
      return saved.every((title) => heard.includes(title));
    });
  });

  it('where only the event finds no room, the change is rolled back with it', async () => {
    // The entry alone takes some 225 pages, its event as many again: somewhere between there is room for one of them.
    let error = '';
    for (let pages = 0; !error.startsWith('event-webhooks:'); pages += 50) {
      // No page is free within the file then.
      await strapi.db.connection.raw('VACUUM');
      await leaveRoomFor(pages);
      error = await write(900_000, 'Crowded').then(() => 'saved', told);
      await makeRoom();
      expect(error).toMatch(/disk is full/);
      expect(await titles()).not.toContain('Crowded');
    }
    expect(error).toMatch(/the database refused the event of this change, so the change was not saved/);
    expect(await events()).toEqual([]);
  });

  it('the dispatcher survives it, and goes on where it was when there is room again', async () => {
    await strapi.db.connection.raw('VACUUM');
    receiver.answer = () => ({ status: 500, body: 'y'.repeat(16_000), delayMs: 300 });
    await strapi.documents(author).create({ data: { name: 'Waits' } as never });
    await until('the request', () => heard('Waits'));
    // The answer comes while there is no room to keep it.
    await leaveRoomFor(0);
    await new Promise((resolve) => setTimeout(resolve, 600));
    await makeRoom();
    receiver.answer = () => ({ status: 200 });
    await strapi.documents(author).create({ data: { name: 'Next' } as never });
    await until('the next event', () => heard('Next'));
    const first = await until('the outcome of the first', async () =>
      (await playground.rows('event_webhooks_deliveries')).find(
        ({ state, attempts }) => state === 'pending' && attempts === 1,
      ),
    );
    expect(first).toMatchObject({ attempts: 1, code: 'http_5xx' });
    expect(await playground.rows('event_webhooks_attempts')).toContainEqual(
      expect.objectContaining({ delivery_id: first.id, http_status: 500 }),
    );
  });
});
