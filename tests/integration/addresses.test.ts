import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { administrator, addWebhook, startPlayground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { quiet, until } from './harness/wait';

// A Strapi of its own for each way of starting it.
jest.setTimeout(240_000);

const program = path.resolve(__dirname, '../fixtures/strapi-process.cjs');
const publicUrl = 'http://93.184.216.34/hook';

/** Strapi in a process without NODE_ENV, and its database from outside. */
async function startProcess(way: 'start' | 'develop') {
  const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-addresses-'));
  const file = path.join(folder, 'data.db');
  const { NODE_ENV: _, EVENT_WEBHOOKS_ALLOW: __, ...rest } = process.env;
  const child = fork(program, [way], {
    env: {
      ...rest,
      SEED: 'off',
      STRAPI_TELEMETRY_DISABLED: 'true',
      DATABASE_CLIENT: 'sqlite',
      DATABASE_FILENAME: file,
    },
  });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const ask = async <T>(target: string, body: unknown, token?: string) => {
    const response = await fetch(url + target, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as T };
  };
  const { body } = await ask<{ data: { token: string } }>('/admin/register-admin', administrator);
  const query = <T>(sql: string, ...values: unknown[]): T[] => {
    const database = new Database(file);
    try {
      const statement = database.prepare(sql);
      return (statement.reader ? statement.all(...values) : [statement.run(...values)]) as T[];
    } finally {
      database.close();
    }
  };
  return {
    query,
    save: (to: string) =>
      ask('/event-webhooks/webhooks', { name: 'Test', url: to, events: ['author.created'] }, body.data.token),
    write: (name: string) =>
      ask('/content-manager/collection-types/api::author.author', { name }, body.data.token),
    async stop() {
      child.disconnect();
      await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Sent {
  state: string;
  code: string | null;
}

describe('what opens addresses (guarantee 25)', () => {
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await new Receiver().start();
  });
  afterAll(() => receiver?.stop());
  beforeEach(() => void (receiver.requests.length = 0));

  it('strapi start does not, also without NODE_ENV: neither when saving nor when sending', async () => {
    const strapi = await startProcess('start');
    try {
      for (const url of [
        receiver.url(),
        'http://localhost:1/',
        'http://10.0.0.1/',
        'http://169.254.169.254/',
      ]) {
        const { status, body } = await strapi.save(url);
        expect([url, status]).toEqual([url, 400]);
        expect(JSON.stringify(body)).toMatch(/not allowed to be called|which is never called/);
      }
      // Saved while it was public, and private since.
      expect((await strapi.save(publicUrl)).status).toBe(201);
      strapi.query('update event_webhooks_webhooks set url = ?', receiver.url());
      await strapi.write('Refused');
      const row = await until('the attempt', () => {
        const [first] = strapi.query<Sent>('select state, code from event_webhooks_deliveries');
        return first?.code ? first : null;
      });
      expect(row).toEqual({ state: 'pending', code: 'address_refused' });
      await quiet(200);
      expect(receiver.requests).toHaveLength(0);
    } finally {
      await strapi.stop();
    }
  });

  it('strapi develop opens loopback and private ones, and nothing of link-local and metadata', async () => {
    const strapi = await startProcess('develop');
    try {
      for (const url of ['http://169.254.169.254/', 'http://169.254.1.1/', 'http://[fe80::1]/']) {
        const { status } = await strapi.save(url);
        expect([url, status]).toEqual([url, 400]);
      }
      const { status, body } = await strapi.save(receiver.url());
      expect([status, body]).toEqual([201, expect.anything()]);
      await strapi.write('Allowed');
      await until('the request', () => receiver.requests.length === 1);

      strapi.query('update event_webhooks_webhooks set url = ?', 'http://169.254.169.254/latest/');
      await strapi.write('Refused');
      const last = await until('the attempt', () => {
        const rows = strapi.query<Sent>('select state, code from event_webhooks_deliveries order by id');
        return rows[1]?.code ? rows[1] : null;
      });
      expect(last.code).toBe('address_refused');
    } finally {
      await strapi.stop();
    }
  });
});

describe("Strapi's own proxy (server.proxy)", () => {
  it('is the way out for webhooks; what was opened inside and the inbox go straight', async () => {
    const receiver = await new Receiver().start();
    const asked: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request: IncomingMessage, socket: net.Socket) => {
      asked.push(request.url ?? '');
      const tunnel = net.connect(Number(new URL(receiver.url()).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        tunnel.pipe(socket).pipe(tunnel);
      });
      for (const end of [socket, tunnel]) end.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as net.AddressInfo;
    const playground = await startPlayground({
      settings: { 'server.proxy': { fetch: `http://127.0.0.1:${port}` } },
    });
    try {
      const { body: inbox } = await playground.admin<{ url: string; token: string }>(
        'POST',
        '/event-webhooks/inboxes',
        {},
      );
      await addWebhook(playground, { name: 'Outside', url: publicUrl, events: ['author.created'] });
      await addWebhook(playground, {
        name: 'Inside',
        url: receiver.url('/inside'),
        events: ['author.created'],
      });
      await addWebhook(playground, { name: 'Inbox', url: inbox.url, events: ['author.created'] });
      await playground.strapi.documents('api::author.author').create({ data: { name: 'Anna' } as never });
      await until('three successes', async () => {
        const rows = await playground.rows('event_webhooks_deliveries');
        return rows.length === 3 && rows.every(({ state }) => state === 'succeeded');
      });
      expect(asked).toEqual(['93.184.216.34:80']);
      expect(receiver.requests.map(({ path: to }) => to).sort()).toEqual(['/hook', '/inside']);
      const { body: caught } = await playground.admin<{ results: unknown[] }>(
        'GET',
        `/event-webhooks/inboxes/${inbox.token}/requests`,
      );
      expect(caught.results).toHaveLength(1);
    } finally {
      await playground.stop();
      proxy.closeAllConnections();
      proxy.close();
      await receiver.stop();
    }
  });
});
