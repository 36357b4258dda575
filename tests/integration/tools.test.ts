import type { UID } from '@strapi/strapi';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { appDir, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { until } from './harness/wait';

const author = 'api::author.author' as UID.ContentType;

/** Tools that load Strapi and do not listen: the console, scripts, consumers of a queue. */
describe('a process that loads Strapi and does not listen', () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startPlayground({ listen: false });
  });
  afterAll(() => playground?.stop());

  it('learns of a webhook that another process made, and writes what is announced', async () => {
    const webhook = {
      name: 'From elsewhere',
      url: 'http://127.0.0.1:9/nobody',
      events: ['author.*', 'locale.*'],
      active: false,
    };
    await playground.strapi.db.query('plugin::event-webhooks.webhook' as UID.Schema).create({
      data: { ...webhook, documentId: 'elsewhere' } as never,
    });
    await until('the webhook to be known', async () => {
      await playground.strapi.documents(author).create({ data: { name: 'Known' } as never });
      return (await playground.rows('event_webhooks_events')).length > 0;
    });
    await playground.strapi.eventHub.emit('locale.create', { localeId: 1, name: 'Ukrainian', code: 'uk' });
    await until('the announcement to be written', async () =>
      (await playground.rows('event_webhooks_events')).some(({ type }) => type === 'locale.created'),
    );
  });

  it('ends by itself when its work is done, and logs no error', async () => {
    const script = `
      const { createStrapi } = require('@strapi/strapi');
      (async () => {
        const app = await createStrapi({ appDir: ${JSON.stringify(appDir)}, distDir: ${JSON.stringify(path.join(appDir, 'dist'))} }).load();
        await new Promise((resolve) => setTimeout(resolve, 1500));
        await app.destroy();
        console.log('work done');
      })();`;
    const child = spawn(process.execPath, ['-e', script], { cwd: appDir, env: process.env });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (output += data.toString()));
    const code = await new Promise((resolve) => child.on('exit', resolve));
    expect(output).toContain('work done');
    expect(output).not.toMatch(/error|could not/i);
    expect(code).toBe(0);
  });
});
