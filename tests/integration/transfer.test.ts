import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { UID } from '@strapi/strapi';
import type { BusinessEventList } from '../../contracts';
import type { HomesService } from '../../server/src/homes/homes';
import type { SettingsService } from '../../server/src/settings/settings';
import type { WebhooksService } from '../../server/src/screens';
import { addWebhook, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { startProcess } from './harness/process';
import { Receiver } from './harness/receiver';
import { quiet, until } from './harness/wait';

jest.setTimeout(300_000);

const author = 'api::author.author' as UID.ContentType;
const playgroundFolder = path.resolve(__dirname, '../../playground');
const patience = { timeoutMs: 60_000 };

/** What `strapi export` of one project and `strapi import` into another do to webhooks, to what waits, and to the pause. */
describe('a transfer from another project', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-transfer-'));
  const archive = path.join(folder, 'archive');
  const project = (name: string) => ({
    DATABASE_CLIENT: 'sqlite',
    DATABASE_FILENAME: path.join(folder, `${name}.db`),
    ENCRYPTION_KEY: `the key of ${name}`,
  });
  const [source, target] = [project('source'), project('target')];
  let receiver: Receiver;
  let running: Playground | null = null;

  const boot = async (env: Record<string, string>): Promise<Playground> => {
    running = await startPlayground({ env });
    return running;
  };
  const stop = async (): Promise<void> => {
    await running?.stop();
    running = null;
  };
  const strapi = async (env: Record<string, string>, ...args: string[]): Promise<void> => {
    const one = startProcess('node_modules/@strapi/strapi/bin/strapi.js', args, env);
    const { code } = await one.ended;
    // Strapi writes a log of a transfer into the project's folder.
    for (const name of readdirSync(playgroundFolder))
      if (/^(ex|im)port_\d+\.log$/.test(name)) rmSync(path.join(playgroundFolder, name));
    if (code !== 0) throw new Error(one.output());
  };
  const pause = (one: Playground, reason: string) =>
    one.admin('POST', '/event-webhooks/settings/pause', { reason, minutes: null });
  /** Through the services: the administrator of an earlier boot is there already. */
  const services = ({ strapi: app }: Playground) => {
    const service = (name: string) => app.plugin('event-webhooks').service(name) as never;
    return {
      homes: service('homes') as HomesService,
      settings: service('settings') as SettingsService,
      webhooks: service('webhooks') as WebhooksService,
    };
  };
  const states = async (one: Playground): Promise<string[]> =>
    (await one.rows('event_webhooks_deliveries')).map(({ state }) => String(state));
  const save = (one: Playground, name: string) =>
    one.strapi.documents(author).create({ data: { name } as never });

  beforeAll(async () => {
    receiver = await new Receiver().start();
    const from = await boot(source);
    await addWebhook(from, { url: receiver.url(), events: ['author.created'], name: 'Of the source' });
    const made = await from.admin('POST', '/event-webhooks/business-events', {
      displayName: 'Author Renamed',
      type: 'author.renamed',
      contentType: author,
      on: [{ on: ['updated'], when: { field: 'name', changed: true } }],
    });
    expect(made.status).toBe(201);
    await pause(from, 'The source rests');
    await stop();
    await strapi(source, 'export', '--no-encrypt', '--no-compress', '-f', archive);

    const to = await boot(target);
    await addWebhook(to, { url: receiver.url(), events: ['author.created'], name: 'Gone soon' });
    await addWebhook(to, { url: receiver.url(), events: ['author.created'], name: 'Gone as well' });
    await pause(to, 'The target rests');
    await save(to, 'Waits');
    await until('what waits', async () => (await states(to)).join() === 'pending,pending', patience);
    await stop();
  });
  afterAll(async () => {
    await stop();
    await receiver?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('of content alone: the webhooks wait to be moved here, nothing stays pending, the pause stays', async () => {
    await strapi(target, 'import', '--force', '-f', `${archive}.tar`, '--exclude', 'config');
    const to = await boot(target);
    await until(
      'what waited for the old ones',
      async () => (await states(to)).join() === 'cancelled,cancelled',
      patience,
    );
    const events = await to.admin<BusinessEventList>('GET', '/event-webhooks/business-events');
    expect(events.body.results).toMatchObject([{ type: 'author.renamed', inCatalog: true, problems: [] }]);
    const { homes, settings, webhooks } = services(to);
    expect(settings.pause()).toMatchObject({ reason: 'The target rests' });
    const away = await homes.away();
    expect(away).toMatchObject([{ name: 'Of the source', rule: 'database' }]);
    await settings.resumeEverything();
    await save(to, 'Not sent');
    await until('it to wait', async () => (await states(to)).includes('pending'), patience);
    await quiet(1500);
    expect(receiver.requests).toHaveLength(0);

    const id = away[0]?.id ?? 0;
    await homes.move([id], false);
    // Sealed with the key of the source: it still sends nothing, and says why.
    expect((await webhooks.get(id)).needsAttention?.code).toBe('secret_unreadable');
    await quiet(1500);
    expect(receiver.requests).toHaveLength(0);
    await stop();
  });

  it('of everything: log and queue are empty, settings and pause are those of the source', async () => {
    await strapi(target, 'import', '--force', '-f', `${archive}.tar`);
    const to = await boot(target);
    expect(await states(to)).toEqual([]);
    const { homes, settings } = services(to);
    expect(await homes.away()).toMatchObject([{ name: 'Of the source', rule: 'database' }]);
    expect(settings.pause()).toMatchObject({ reason: 'The source rests' });
    await stop();
  });
});
