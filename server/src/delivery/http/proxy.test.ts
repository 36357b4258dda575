import type dns from 'node:dns';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import type { TLSSocket } from 'node:tls';
import { createUrlCheck } from './url-check';
import { compileAddressPolicy } from './address-guard';
import { classifyError } from '../attempt/classify';
import {
  authority,
  clientCertificate,
  clientKey,
  serverCertificate,
  serverKey,
} from './certificates.fixture';
import { createHttpClient, type HttpClientOptions } from './http-client';
import { readProxies } from './proxy';
import { readTlsIdentities } from './tls-identities';

const running: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((stop) => stop()));
});

async function listen(server: net.Server): Promise<number> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  running.push(() => {
    sockets.forEach((socket) => socket.destroy());
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as net.AddressInfo).port;
}

/** A receiver that keeps what it gets. */
async function receiver() {
  const requests: { headers: http.IncomingHttpHeaders; body: string }[] = [];
  const port = await listen(
    http.createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      requests.push({ headers: request.headers, body });
      response.end('ok');
    }),
  );
  return { port, requests };
}

type Answer = (socket: net.Socket) => void;

/** A little proxy that opens a tunnel to `port`, whatever it is asked for, or answers as the test says. */
async function proxyTo(port: number, answer?: Answer) {
  const asked: { target: string; authorization: string | undefined }[] = [];
  const server = http.createServer((_, response) => response.writeHead(405).end());
  server.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
    asked.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    socket.on('error', () => undefined);
    if (answer) return answer(socket);
    const tunnel = net.connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      tunnel.pipe(socket).pipe(tunnel);
    });
    tunnel.on('error', () => socket.destroy());
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, asked };
}

/** A resolver that knows these names and no other. */
const resolverOf = (names: Record<string, string>) =>
  ((hostname: string, options: dns.LookupOptions, callback: (...answer: unknown[]) => void) => {
    const address = names[hostname];
    if (!address) {
      return callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }));
    }
    const family = net.isIP(address);
    return options.all ? callback(null, [{ address, family }]) : callback(null, address, family);
  }) as typeof dns.lookup;

const outside = { 'hooks.example': '93.184.216.34' };

function clientOf(
  proxy: string,
  {
    allow = [],
    names = outside,
    ...rest
  }: Partial<HttpClientOptions> & {
    allow?: string[];
    names?: Record<string, string>;
  } = {},
) {
  const client = createHttpClient({
    guard: compileAddressPolicy({ allow, allowPrivate: false }),
    responseCapBytes: 1024,
    connectionsPerOrigin: 2,
    proxy: () => proxy,
    lookup: resolverOf(names),
    ...rest,
  });
  running.push(() => client.close());
  return (url: string, timeoutMs = 5000) =>
    client
      .send({ method: 'POST', url, headers: { 'webhook-id': 'msg_1' }, body: '{"n": 1.0}', timeoutMs })
      .then(
        (answer) => ({ code: String(answer.status), message: answer.body.toString() }),
        (error: unknown) => {
          const { outcome, message } = classifyError(error);
          return { code: outcome.code, message };
        },
      );
}

describe('behind a proxy (guarantee 25)', () => {
  it('what is outside goes through a tunnel, with the bytes that were signed', async () => {
    const { port, requests } = await receiver();
    const { url, asked } = await proxyTo(port);
    const send = clientOf(url);
    expect(await send('http://hooks.example/in?x=1')).toEqual({ code: '200', message: 'ok' });
    expect(asked.map(({ target }) => target)).toEqual(['hooks.example:80']);
    expect(requests).toEqual([
      {
        headers: expect.objectContaining({ host: 'hooks.example', 'webhook-id': 'msg_1' }),
        body: '{"n": 1.0}',
      },
    ]);
    // undici gives a connection back one turn of the event loop after its answer is complete.
    await new Promise((resolve) => setTimeout(resolve, 50));
    await send('http://hooks.example/in');
    expect(asked).toHaveLength(1);
  });

  it('the password of the proxy goes to the proxy alone', async () => {
    const { port, requests } = await receiver();
    const { url, asked } = await proxyTo(port);
    await clientOf(url.replace('//', '//anna:s%40cret@'))('http://hooks.example/');
    expect(asked[0]?.authorization).toBe(`Basic ${Buffer.from('anna:s@cret').toString('base64')}`);
    expect(JSON.stringify(requests)).not.toMatch(/authorization|s.?cret/i);
  });

  it('TLS is spoken with the receiver, not with the proxy', async () => {
    const hello: Buffer[] = [];
    const port = await listen(
      net.createServer((socket) => {
        socket.once('data', (bytes: Buffer) => {
          hello.push(bytes);
          socket.end('no TLS here');
        });
      }),
    );
    const { url, asked } = await proxyTo(port);
    expect(await clientOf(url)('https://hooks.example/')).toMatchObject({ code: 'tls_failed' });
    expect(asked.map(({ target }) => target)).toEqual(['hooks.example:443']);
    // A ClientHello with the name of the receiver in it.
    expect(hello[0]?.[0]).toBe(0x16);
    expect(hello[0]?.includes('hooks.example')).toBe(true);
  });

  it('a receiver with a private authority that asks for a certificate is shown the one of its host', async () => {
    const port = await listen(
      https.createServer(
        { key: serverKey, cert: serverCertificate, ca: authority, requestCert: true },
        (request, response) => {
          response.end((request.socket as TLSSocket).getPeerCertificate().subject.CN);
        },
      ),
    );
    const { url, asked } = await proxyTo(port);
    const sendWith = (host: string) =>
      clientOf(url, {
        names: { 'hooks.internal': '93.184.216.34' },
        tls: readTlsIdentities({ [host]: { ca: authority, cert: clientCertificate, key: clientKey } }),
      })('https://hooks.internal/');
    expect(await sendWith('hooks.internal')).toEqual({ code: '200', message: 'one' });
    expect(asked.map(({ target }) => target)).toEqual(['hooks.internal:443']);
    expect((await sendWith('other.internal')).code).toMatch(/^tls_/);
  });

  it.each([
    'http://127.0.0.1/',
    'http://10.0.0.1/',
    'http://0x7f.1/',
    'http://[::ffff:127.0.0.1]/',
    'http://169.254.169.254/',
    'http://localhost/',
    'http://inside.example/',
    'http://metadata.example/',
  ])('%s is refused before the proxy hears of it', async (target) => {
    const { port } = await receiver();
    const { url, asked } = await proxyTo(port);
    const names = { 'inside.example': '10.0.0.5', 'metadata.example': '169.254.169.254' };
    expect(await clientOf(url, { names })(target)).toMatchObject({ code: 'address_refused' });
    expect(asked).toEqual([]);
  });

  it('what was opened inside is dialled straight: a literal address, and a name that leads there', async () => {
    const { port, requests } = await receiver();
    const { url, asked } = await proxyTo(port);
    const send = clientOf(url, {
      allow: ['127.0.0.1', 'inside.example'],
      names: { 'inside.example': '127.0.0.1' },
    });
    expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ code: '200' });
    expect(await send(`http://inside.example:${port}/`)).toMatchObject({ code: '200' });
    expect(requests).toHaveLength(2);
    expect(asked).toEqual([]);
  });

  it('our own inbox is dialled straight', async () => {
    const { port, requests } = await receiver();
    const { url, asked } = await proxyTo(port);
    const send = clientOf(url, { route: () => ({ host: '127.0.0.1', port }) });
    expect(await send('https://cms.example/event-webhooks/in/token')).toMatchObject({ code: '200' });
    expect(requests[0]?.headers.host).toBe('cms.example');
    expect(asked).toEqual([]);
  });

  it('a name that is not known here goes to the proxy only from the allow-list, when saved and when sent', async () => {
    const { port } = await receiver();
    const { url, asked } = await proxyTo(port);
    const saving = (allow: string[]) =>
      createUrlCheck({
        guard: compileAddressPolicy({ allow, allowPrivate: false }),
        isInbox: () => false,
        proxy: () => url,
        resolve: () => Promise.reject(new Error('ENOTFOUND')),
      })('http://only-there.example/');
    expect(await clientOf(url)('http://only-there.example/')).toMatchObject({ code: 'dns_not_found' });
    expect(await saving([])).toMatchObject({ ok: false, rule: 'name' });
    expect(asked).toEqual([]);
    const allow = ['only-there.example'];
    expect(await clientOf(url, { allow })('http://only-there.example/')).toMatchObject({ code: '200' });
    expect(await saving(allow)).toMatchObject({ ok: true });
  });

  it.each([
    [403, 'the proxy answered 403 when asked for a tunnel'],
    [407, 'the proxy answered 407 when asked for a tunnel'],
    [502, 'the proxy answered 502 when asked for a tunnel'],
  ])('a proxy that answers %i is named, not the receiver', async (status, message) => {
    const { url } = await proxyTo(0, (socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`));
    const send = clientOf(url);
    expect(await send('http://hooks.example/')).toEqual({ code: 'proxy_failed', message });
    expect(await send('https://hooks.example/')).toEqual({ code: 'proxy_failed', message });
  });

  it('so is one that is not there, without its password', async () => {
    const { url } = await proxyTo(0);
    await running.pop()?.();
    expect(await clientOf(url.replace('//', '//anna:secret@'))('https://hooks.example/')).toEqual({
      code: 'proxy_failed',
      message: 'the proxy cannot be reached: ECONNREFUSED',
    });
  });

  it('one that says nothing, and a resolver that says nothing, are cut by the time-out', async () => {
    const { url } = await proxyTo(0, () => undefined);
    expect(await clientOf(url)('http://hooks.example/', 300)).toMatchObject({ code: 'connect_timeout' });
    const silent = (() => undefined) as unknown as typeof dns.lookup;
    const send = clientOf(url, { lookup: silent });
    expect(await send('http://hooks.example/', 300)).toMatchObject({ code: 'connect_timeout' });
  });

  it('a client that ends says so to what is in flight', async () => {
    const { url, asked } = await proxyTo(0, () => undefined);
    const sending = clientOf(url)('http://hooks.example/');
    while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await running.pop()?.();
    expect(await sending).toMatchObject({ code: 'shutdown' });
  });
});

describe('which proxy', () => {
  const both = (setting: unknown) =>
    ['http://a.example/', 'https://a.example/'].map((url) => readProxies(setting)(new URL(url)));

  it.each([
    [undefined, null, null],
    [true, null, null],
    [{ koa: true }, null, null],
    [{ global: '' }, null, null],
    [{ global: 'http://g:1' }, 'http://g:1', 'http://g:1'],
    [{ global: 'http://g:1', https: 'http://s:1' }, 'http://g:1', 'http://s:1'],
    [{ http: 'http://h:1' }, 'http://h:1', null],
    [{ global: 'http://g:1', https: 'http://s:1', fetch: 'http://f:1' }, 'http://f:1', 'http://f:1'],
  ])('%j', (setting, plain, secure) => {
    expect(both(setting)).toEqual([plain, secure]);
  });

  it('one that cannot be used is said at start, without what may be its password', () => {
    for (const bad of ['socks5://u:secret@p:1', 'p:3128', 'secret']) {
      expect(() => readProxies({ fetch: bad })).toThrow(/^server\.proxy\.fetch must be the URL of an HTTP/);
      expect(() => readProxies({ fetch: bad })).not.toThrow(/secret/);
    }
  });
});
