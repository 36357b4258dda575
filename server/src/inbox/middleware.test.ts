import { createHmac, randomBytes } from 'node:crypto';
import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { inboxLimits } from '../../../contracts';
import { mask, masked } from '../delivery/attempt/mask';
import { verify } from '../delivery/attempt/signature';
import type { InboxStore, StoredInbox, StoredInboxRequest } from '../store/inbox';
import { openInboxDatabase } from '../store/inbox.fixture';
import { createInboxMiddleware, hungUpStatus } from './middleware';
import { createRoom } from './room';
import { inboxPath, newInboxToken } from './token';
import type { SecretsOfWebhook } from './verdict';

// Of hexadecimal digits: Base64 of other bytes may hold a `/`, which no header name may.
const secret = `whsec_${Buffer.from(randomBytes(16).toString('hex')).toString('base64')}`;
/** Small, so that a test fills it. */
const roomBytes = 4 * 1024 * 1024;
const bodyTimeoutMs = 1500;
const bytesPerMinute = 16 * 1024 * 1024;

const otherSecret = `whsec_${randomBytes(32).toString('base64')}`;

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
}

/** By the specification alone, so that it does not share a mistake with the code under test. */
function signed(body: Buffer | string, key = secret, timestamp = Math.floor(Date.now() / 1000)) {
  const id = 'msg_2b4f';
  const digest = createHmac('sha256', Buffer.from(key.slice('whsec_'.length), 'base64'))
    .update(Buffer.concat([Buffer.from(`${id}.${timestamp}.`), Buffer.from(body)]))
    .digest('base64');
  return { 'Webhook-Id': id, 'Webhook-Timestamp': String(timestamp), 'Webhook-Signature': `v1,${digest}` };
}

describe('the inbox', () => {
  let database: Awaited<ReturnType<typeof openInboxDatabase>>;
  let server: http.Server;
  let port: number;
  let store: InboxStore;
  let webhooks: SecretsOfWebhook[];
  let clock: () => number;
  const room = createRoom(roomBytes);
  const errors: unknown[] = [];
  const koaErrors: unknown[] = [];
  const loose: unknown[] = [];
  const onLoose = (error: unknown) => loose.push(error);

  beforeAll(async () => {
    process.on('unhandledRejection', onLoose).on('uncaughtExceptionMonitor', onLoose);
    database = await openInboxDatabase();
    const app = new Koa();
    app.on('error', (error) => koaErrors.push(error));
    app.use(
      createInboxMiddleware({
        store: {
          find: (...given) => store.find(...given),
          addRequest: (...given) => store.addRequest(...given),
          setAnswer: (...given) => store.setAnswer(...given),
        },
        secrets: { secretsOf: async () => webhooks },
        verify,
        mask,
        room,
        bodyTimeoutMs,
        bytesPerMinute,
        serverUrl: () => 'http://cms.example.com/base',
        now: () => clock(),
        onError: (error) => errors.push(error),
      }),
    );
    app.use((ctx) => {
      ctx.body = 'Strapi';
    });
    server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await database.close();
    process.off('unhandledRejection', onLoose).off('uncaughtExceptionMonitor', onLoose);
    expect({ errors, koaErrors, loose }).toEqual({ errors: [], koaErrors: [], loose: [] });
  });
  afterEach(() => void jest.restoreAllMocks());
  beforeEach(() => {
    store = database.store;
    clock = Date.now;
    webhooks = [
      {
        webhookId: 3,
        webhookName: 'Search',
        secrets: [otherSecret],
        secretHeaders: [],
        secretAddress: [],
        host: 'b.example',
        url: 'https://b.example',
      },
      {
        webhookId: 7,
        webhookName: 'CRM',
        secrets: [secret],
        secretHeaders: [],
        secretAddress: [],
        host: 'a.example',
        url: 'https://a.example',
      },
    ];
  });

  async function open(
    settings: { answerStatus?: number; answerDelaySeconds?: number; expiresAt?: number } = {},
  ) {
    const token = newInboxToken();
    const createdAt = Date.now();
    await store.create({
      token,
      name: 'Inbox',
      answerStatus: 200,
      answerDelaySeconds: 0,
      createdAt,
      expiresAt: createdAt + 60_000,
      ...settings,
    });
    const inbox = await store.find(token, 0);
    if (!inbox) throw new Error('was not created');
    return inbox;
  }

  function send(
    path: string,
    options: { method?: string; headers?: http.OutgoingHttpHeaders; body?: Buffer | string } = {},
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { method = 'POST', headers = {}, body } = options;
      const request = http.request({ host: '127.0.0.1', port, path, method, headers, agent: false });
      request.on('error', reject);
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      });
      request.end(body);
    });
  }

  async function caught(inbox: StoredInbox): Promise<StoredInboxRequest[]> {
    const rows = await store.requests(inbox.id);
    const requests = await Promise.all(rows.map((row) => store.request(inbox.id, row.id)));
    return requests.filter((request) => request !== null);
  }

  const post = (inbox: StoredInbox, body: Buffer | string, headers: http.OutgoingHttpHeaders = {}) =>
    send(inboxPath(inbox.token), { body, headers });

  async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
    for (let n = 0; n < 300; n += 1) {
      if (await holds()) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error('did not come about within 3 s');
  }

  describe('verifies the signature over the exact bytes', () => {
    it.each([
      ['spaces and 1.0 in JSON', Buffer.from('{"a":1.0,  "b":"\\u00e9"}')],
      ['a number that JavaScript rounds', Buffer.from('{"id":12345678901234567890,"x":1e400}')],
      ['keys that come twice', Buffer.from('{"a":1,"a":2}\r\n')],
      ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x80, 0x7d])],
      ['a byte order mark', Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d])],
      ['nothing at all', Buffer.alloc(0)],
      ['2 MiB', Buffer.alloc(inboxLimits.bodyBytes, 'x')],
    ])('%s', async (_, body) => {
      const inbox = await open();
      const answer = await post(inbox, body, { 'content-type': 'application/json', ...signed(body) });
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.text)).toEqual({ received: true });
      const [request] = await caught(inbox);
      expect(request?.signature).toMatchObject({ verdict: 'verified', webhookId: 7, webhookName: 'CRM' });
      expect(request?.bodyBase64).toBe(body.toString('base64'));
      expect(request?.bodyBytes).toBe(body.length);
    });

    it('asks the webhook that points here before the others', async () => {
      const inbox = await open();
      const url = `http://localhost:1337${inboxPath(inbox.token)}`;
      webhooks.push({
        webhookId: 9,
        webhookName: 'Mine',
        secrets: [secret],
        secretHeaders: [],
        secretAddress: [],
        host: 'localhost',
        url,
      });
      await post(inbox, '{}', signed('{}'));
      expect((await caught(inbox))[0]?.signature).toMatchObject({ verdict: 'verified', webhookId: 9 });
    });

    it('knows the secret before a rotation, and is not stopped by one that is none', async () => {
      const inbox = await open();
      webhooks = [
        {
          webhookId: 1,
          webhookName: 'Broken',
          secrets: ['whsec_***'],
          secretHeaders: [],
          secretAddress: [],
          host: 'x',
          url: 'https://x',
        },
        {
          webhookId: 2,
          webhookName: 'Rotated',
          secrets: [otherSecret, secret],
          secretHeaders: [],
          secretAddress: [],
          host: 'x',
          url: 'https://x',
        },
      ];
      await post(inbox, '{}', signed('{}'));
      expect((await caught(inbox))[0]?.signature).toMatchObject({ verdict: 'verified', webhookId: 2 });
    });

    const seconds = (offset: number) => Math.floor(Date.now() / 1000) + offset;
    it.each([
      ['tampered with', () => ({ body: '{"a":2}', headers: signed('{"a":1}') }), 'no_match'],
      [
        'by an unknown secret',
        () => ({ body: '{}', headers: signed('{}', `whsec_${'A'.repeat(44)}`) }),
        'no_match',
      ],
      ['too old', () => ({ body: '{}', headers: signed('{}', secret, seconds(-301)) }), 'too_old'],
      ['from the future', () => ({ body: '{}', headers: signed('{}', secret, seconds(310)) }), 'in_future'],
      [
        'malformed',
        () => ({ body: '{}', headers: { ...signed('{}'), 'Webhook-Signature': 'abc' } }),
        'malformed',
      ],
      ['without id', () => ({ body: '{}', headers: { 'webhook-signature': 'v1,AAAA' } }), 'malformed'],
    ])('says why not: %s', async (_, make, reason) => {
      const inbox = await open();
      const { body, headers } = make();
      expect((await post(inbox, body, headers)).status).toBe(200);
      expect((await caught(inbox))[0]?.signature).toEqual({ verdict: 'invalid', reason });
    });

    it('and says when there is none', async () => {
      const inbox = await open();
      await post(inbox, '{}');
      expect((await caught(inbox))[0]?.signature).toEqual({ verdict: 'unsigned' });
    });
  });

  it('keeps method, query, headers as they came, the event type and the mark of a test', async () => {
    const inbox = await open();
    const standard = { type: 'payment.received', timestamp: '2026-01-01T00:00:00Z', data: {} };
    const body = Buffer.from(JSON.stringify(standard));
    await send(`${inboxPath(inbox.token)}?a=%20b&a=c`, {
      headers: { 'X-Second': 'Zwölf', 'x-First': ['1', '2'], 'Webhook-Test': 'true' },
      body,
    });
    const [request] = await caught(inbox);
    expect(request).toMatchObject({
      method: 'POST',
      path: inboxPath(inbox.token),
      query: 'a=%20b&a=c',
      eventType: 'payment.received',
      test: true,
      tooLarge: false,
      answeredStatus: 200,
    });
    expect(request?.headers.slice(0, 4)).toEqual([
      ['X-Second', 'Zwölf'],
      ['x-First', '1'],
      ['x-First', '2'],
      ['Webhook-Test', 'true'],
    ]);
    expect(Math.abs(Date.now() - (request?.receivedAt ?? 0))).toBeLessThan(5000);
  });

  it.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'])('catches %s', async (method) => {
    const inbox = await open();
    const answer = await send(inboxPath(inbox.token), { method });
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.text).toBe(method === 'HEAD' ? '' : '{"received":true}');
    expect((await caught(inbox)).map((request) => request.method)).toEqual([method]);
  });

  it.each([201, 204, 304, 302, 418, 500, 599])('answers %d', async (answerStatus) => {
    const inbox = await open({ answerStatus });
    const answer = await post(inbox, '{}');
    expect(answer.status).toBe(answerStatus);
    expect(answer.text).toBe(answerStatus === 204 || answerStatus === 304 ? '' : '{"received":true}');
    expect((await caught(inbox))[0]?.answeredStatus).toBe(answerStatus);
  });

  it('answers as late as it was told to, and shows the request before that', async () => {
    const inbox = await open({ answerStatus: 503, answerDelaySeconds: 1 });
    const startedAt = Date.now();
    const answer = post(inbox, '{}');
    await until(async () => (await caught(inbox)).length === 1);
    expect(Date.now() - startedAt).toBeLessThan(900);
    expect((await answer).status).toBe(503);
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(990);
    expect((await caught(inbox))[0]?.answeredAfterMs).toBeGreaterThanOrEqual(1000);
  });

  it('tells of a sender that did not wait for its answer', async () => {
    const inbox = await open({ answerDelaySeconds: 30 });
    const request = http.request({ host: '127.0.0.1', port, path: inboxPath(inbox.token), method: 'POST' });
    request.on('error', () => {});
    request.end('{}');
    await until(async () => (await caught(inbox)).length === 1);
    request.destroy();
    await until(async () => (await caught(inbox))[0]?.answeredStatus === hungUpStatus);
    expect((await caught(inbox))[0]?.answeredAfterMs).toBeLessThan(3000);
  });

  it('keeps nothing of a sender that hangs up midway', async () => {
    const inbox = await open();
    for (const end of ['destroy', 'resetAndDestroy'] as const) {
      const socket = net.connect(port, '127.0.0.1');
      socket.on('error', () => {});
      const head = `POST ${inboxPath(inbox.token)} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"half":`;
      await new Promise((resolve) => socket.write(head, resolve));
      await new Promise((resolve) => setTimeout(resolve, 50));
      socket[end]();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await caught(inbox)).toEqual([]);
    expect((await post(inbox, '{}')).status).toBe(200);
    expect(koaErrors).toEqual([]);
  });

  describe('a body beyond 2 MiB', () => {
    const tooLarge = Buffer.alloc(inboxLimits.bodyBytes + 1, 'x');
    it.each([
      ['announced', { 'content-length': tooLarge.length }],
      ['in chunks', { 'transfer-encoding': 'chunked' }],
    ])('%s: 413, and the log says so', async (_, headers) => {
      const inbox = await open();
      const answer = await post(inbox, tooLarge, { ...headers, ...signed(tooLarge) });
      expect(answer.status).toBe(413);
      expect(JSON.parse(answer.text)).toMatchObject({ error: { status: 413, name: 'PayloadTooLargeError' } });
      expect((await caught(inbox))[0]).toMatchObject({
        tooLarge: true,
        bodyBase64: '',
        answeredStatus: 413,
        signature: { verdict: 'invalid' },
      });
    });

    it('that never ends is cut off, and has its answer before', async () => {
      const inbox = await open();
      const socket = net.connect(port, '127.0.0.1');
      socket.on('error', () => {});
      let answer = '';
      let closed = false;
      socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
      socket.on('close', () => (closed = true));
      socket.write(
        `POST ${inboxPath(inbox.token)} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`,
      );
      const pump = setInterval(() => socket.write(`40000\r\n${'x'.repeat(0x40000)}\r\n`), 5);
      await until(() => closed);
      clearInterval(pump);
      expect(answer).toContain('413');
      expect(await caught(inbox)).toHaveLength(1);
    });
  });

  it('is not found when unknown, expired or deleted, and keeps nothing', async () => {
    const expired = await open({ expiresAt: Date.now() - 1 });
    const deleted = await open();
    await store.remove(deleted.id);
    for (const token of [expired.token, deleted.token, newInboxToken(), 'short', "'--"]) {
      const answer = await send(inboxPath(encodeURIComponent(token)), { body: 'x'.repeat(100_000) });
      expect(answer.status).toBe(404);
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(JSON.parse(answer.text)).toMatchObject({
        data: null,
        error: { status: 404, name: 'NotFoundError' },
      });
    }
    expect(await caught(expired)).toEqual([]);
  });

  it('takes 600 a minute, says when the next may come, and leaves other inboxes alone', async () => {
    const inbox = await open();
    const other = await open();
    const first = Date.now();
    const now = jest.spyOn(Date, 'now').mockReturnValue(first);
    await database.knex('event_webhooks_inboxes').update({ expires_at_ms: first + 600_000 });
    const added = jest.fn(async () => 1);
    store = { ...database.store, addRequest: added };
    for (let n = 0; n < inboxLimits.perMinute; n += 50) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => post(inbox, '')));
      expect(answers.every((answer) => answer.status === 200)).toBe(true);
    }
    now.mockReturnValue(first + 59_000);
    const refused = await post(inbox, '');
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('1');
    expect(added).toHaveBeenCalledTimes(inboxLimits.perMinute);
    expect((await post(other, '')).status).toBe(200);
    now.mockReturnValue(first + 60_000);
    expect((await post(inbox, '')).status).toBe(200);
  }, 60_000);

  it('answers 500 when its own house is on fire, and Strapi never hears of it', async () => {
    const inbox = await open();
    const fire = new Error('disk full');
    store = { ...database.store, addRequest: () => Promise.reject(fire) };
    const answer = await post(inbox, '{}');
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('disk full');
    expect(errors.splice(0)).toEqual([fire]);
  });

  it('is found below the path of the server itself too', async () => {
    const inbox = await open();
    expect((await send(`/base${inboxPath(inbox.token)}`)).status).toBe(200);
    expect(await caught(inbox)).toHaveLength(1);
  });

  it.each([
    '/',
    '/event-webhooks/in',
    '/event-webhooks/in/',
    '/event-webhooks/inboxes',
    '/api/event-webhooks/in/abc',
  ])('leaves %s to Strapi', async (path) => {
    const answer = await send(path, { method: 'GET' });
    expect(answer.text).toBe('Strapi');
    expect(answer.headers['cache-control']).toBeUndefined();
  });

  describe('hides known secrets in what it keeps', () => {
    const header = 'Bearer 0123456789abcdef';
    const guessable = 'hunter2hunter';

    beforeEach(() => {
      webhooks = [
        {
          ...{ webhookId: 1, webhookName: 'Elsewhere', host: 'x.example', url: 'https://x.example/' },
          ...{ secrets: [secret], secretHeaders: [header, guessable], secretAddress: [] },
        },
        {
          ...{ webhookId: 2, webhookName: 'Here', host: 'cms', url: 'http://cms.example.com/base/anything' },
          ...{ secrets: [otherSecret], secretHeaders: ['letmein-here'], secretAddress: [] },
        },
      ];
    });

    it('in the address, headers, body and type: nothing of them reaches the table', async () => {
      const inbox = await open();
      const body = JSON.stringify({ type: `a.${otherSecret}`, timestamp: 'x', data: { echo: header } });
      await send(`${inboxPath(inbox.token)}?key=${secret}`, {
        headers: { Authorization: header, 'X-Here': 'letmein-here', [`X-${secret.slice(6, 20)}`]: 'a' },
        body,
      });
      const [row] = await caught(inbox);
      const kept = JSON.stringify(row) + Buffer.from(row?.bodyBase64 ?? '', 'base64').toString();
      for (const value of [secret, otherSecret, header, '0123456789abcdef', 'letmein-here'])
        expect(kept).not.toContain(value);
      expect(row?.headers).toContainEqual(['Authorization', masked]);
      expect(row?.bodyBytes).toBe(Buffer.byteLength(body));
    });

    it('tells no guess of what can be guessed, unless it can arrive here at all', async () => {
      const inbox = await open();
      await post(inbox, `${guessable} letmein-here`);
      const [row] = await caught(inbox);
      expect(Buffer.from(row?.bodyBase64 ?? '', 'base64').toString()).toBe(`${guessable} ${masked}`);
    });

    it('tells no guess of an address that is a secret, unless that leads here', async () => {
      const parts = { elsewhere: ['https://x.example/hook/48151623', '/hook/48151623', '48151623'] };
      const here = ['/base/anything/31415926', '31415926'];
      webhooks = webhooks.map((webhook, index) => ({
        ...webhook,
        secretAddress: index === 0 ? parts.elsewhere : here,
      }));
      const inbox = await open();
      const guesses = parts.elsewhere.join(' ');
      await post(inbox, `${guesses} ${here.join(' ')}`);
      const [row] = await caught(inbox);
      expect(Buffer.from(row?.bodyBase64 ?? '', 'base64').toString()).toBe(`${guesses} ${masked} ${masked}`);
    });

    it('keeps the exact bytes of a body that holds none', async () => {
      const inbox = await open();
      const bytes = randomBytes(5000);
      await post(inbox, bytes);
      expect((await caught(inbox))[0]?.bodyBase64).toBe(bytes.toString('base64'));
    });
  });

  describe('bodies on their way', () => {
    /** A sender that announces a body, sends so much of it, and then waits. */
    const stall = (path: string, bytes: number): net.Socket => {
      const socket = net.connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: ${inboxLimits.bodyBytes}\r\n\r\n`);
      socket.write(Buffer.alloc(bytes, 'x'));
      return socket;
    };
    const answerOf = (socket: net.Socket): Promise<string> =>
      new Promise((resolve) => {
        let text = '';
        socket.on('data', (chunk) => (text += String(chunk)));
        socket.on('close', () => resolve(text));
      });

    it('600 that stall hold no more than there is room for, and then nothing', async () => {
      const inboxes = [await open(), await open()];
      let most = 0;
      const watch = setInterval(() => (most = Math.max(most, room.held())), 1);
      const sockets = Array.from({ length: 600 }, (_, index) =>
        stall(inboxPath(inboxes[index % 2]?.token ?? ''), 256 * 1024),
      );
      const answers = await Promise.all(sockets.map(answerOf));
      clearInterval(watch);
      expect(most).toBeGreaterThan(roomBytes / 2);
      expect(most).toBeLessThanOrEqual(roomBytes);
      expect(room.held()).toBe(0);
      const statuses = new Set(answers.map((text) => text.slice(9, 12)));
      expect(statuses).toContain('503');
      expect(answers.find((text) => text.startsWith('HTTP/1.1 503'))).toMatch(/retry-after: 1/i);
      expect((await post(inboxes[0] as StoredInbox, 'there is room again')).status).toBe(200);
    }, 60_000);

    it('one that does not arrive in its time is answered 408 and hung up on', async () => {
      const inbox = await open();
      const text = await answerOf(stall(inboxPath(inbox.token), 1000));
      expect(text).toMatch(/^HTTP\/1\.1 408/);
      expect(room.held()).toBe(0);
    });

    it('so many bytes a minute and inbox, others are not concerned', async () => {
      const inbox = await open();
      const other = await open();
      const body = Buffer.alloc(2 * 1024 * 1024 - 1, 'x');
      const statuses = [];
      for (let bytes = 0; bytes <= bytesPerMinute; bytes += body.length)
        statuses.push((await post(inbox, body)).status);
      expect(statuses.at(-1)).toBe(429);
      expect(new Set(statuses.slice(0, -1))).toEqual(new Set([200]));
      expect((await post(other, body)).status).toBe(200);
      expect(room.held()).toBe(0);
    }, 60_000);
  });
});
