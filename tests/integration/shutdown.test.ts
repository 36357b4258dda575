import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { UID } from '@strapi/strapi';
import Database from 'better-sqlite3';
import { addWebhook, startPlayground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { quiet, until } from './harness/wait';

const author = 'api::author.author' as UID.ContentType;

describe('start and stop (guarantee 21)', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-stop-'));
  const file = path.join(folder, 'data.db');
  const env = { DATABASE_FILENAME: file };
  let receiver: Receiver;

  const states = (): string[] => {
    const database = new Database(file, { readonly: true });
    const rows = database.prepare('select state from event_webhooks_deliveries order by id').all() as {
      state: string;
    }[];
    database.close();
    return rows.map(({ state }) => state);
  };

  beforeAll(async () => {
    receiver = await new Receiver().start();
  });
  afterAll(async () => {
    await receiver?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('a request in flight is awaited at shutdown and its answer is kept', async () => {
    const playground = await startPlayground({ env });
    receiver.answer = () => ({ delayMs: 1000 });
    await addWebhook(playground, { url: receiver.url(), events: ['author.created'] });
    await playground.strapi.documents(author).create({ data: { name: 'In flight' } as never });
    await until('the request', () => receiver.requests.length === 1);
    await playground.stop();
    expect(states()).toEqual(['succeeded']);
  });

  it('a process that does not listen captures but sends nothing; the next one that listens sends it', async () => {
    receiver.answer = () => ({});
    const tool = await startPlayground({ env, listen: false });
    await tool.strapi.documents(author).create({ data: { name: 'From the command line' } as never });
    await quiet(1500);
    await tool.stop();
    expect(receiver.requests).toHaveLength(1);

    const server = await startPlayground({ env });
    await until('what waited', () => receiver.requests.length === 2);
    await server.stop();
    expect(states()).toEqual(['succeeded', 'succeeded']);
    expect(receiver.bodies()[1]?.data.entry).toMatchObject({ name: 'From the command line' });
  });

  it('no answer within the grace period: the delivery goes back to the queue, none is lost', async () => {
    receiver.answer = () => ({ delayMs: 9000 });
    const playground = await startPlayground({ env });
    await playground.strapi.documents(author).create({ data: { name: 'Too slow' } as never });
    await until('the request', () => receiver.requests.length === 3);
    await playground.stop();
    expect(states()).toEqual(['succeeded', 'succeeded', 'pending']);
  });
});
