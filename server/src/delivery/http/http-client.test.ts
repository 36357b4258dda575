import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type dns from 'node:dns';
import type http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { compileAddressPolicy } from './address-guard';
import { guardedLookup } from './guarded-lookup';
import {
  bodyOf,
  capBytes,
  clientOf,
  closed,
  connectionReturns,
  failureOf,
  listen,
  post,
  rawReceiver,
  receiver,
  resolverOf,
} from './receivers.fixture';
import { decodeText } from '../attempt/response-text';

describe('what is sent', () => {
  it('is the very bytes that were signed (guarantee 12)', async () => {
    const seen: { headers: http.IncomingHttpHeaders; body: Buffer; method?: string; url?: string }[] = [];
    const { url } = await receiver(async (request, response) => {
      const { headers, method, url: path } = request;
      seen.push({ headers, method, url: path, body: await bodyOf(request) });
      response.end('ok');
    });
    const body = '{ "name":"Олена 🙂",\n"n": 1.0,"a":"\\u0061" }';
    await clientOf().send(
      post(`${url}?a=1&b=%20`, { body, headers: { 'webhook-id': 'msg_1', 'X-Key': 'k' } }),
    );

    expect(seen).toHaveLength(1);
    expect(seen[0]?.body).toEqual(Buffer.from(body));
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/hook?a=1&b=%20' });
    expect(seen[0]?.headers).toMatchObject({
      'webhook-id': 'msg_1',
      'x-key': 'k',
      'content-length': String(Buffer.byteLength(body)),
      'accept-encoding': 'identity',
    });
  });

  it('keeps header values whole: latin1 as it is, anything beyond as UTF-8', async () => {
    let seen: http.IncomingHttpHeaders = {};
    const { url } = await receiver((request, response) => {
      seen = request.headers;
      response.end();
    });
    await clientOf().send(post(url, { headers: { 'x-latin': 'café', 'x-name': 'Олена' } }));
    expect(seen['x-latin']).toBe('café');
    expect(Buffer.from(String(seen['x-name']), 'latin1').toString('utf8')).toBe('Олена');
  });

  it('goes no way of the environment', async () => {
    const proxy = await receiver((_, response) => response.end('proxy'));
    const { url } = await receiver((_, response) => response.end('direct'));
    const before = { ...process.env };
    Object.assign(process.env, {
      HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
      http_proxy: `http://127.0.0.1:${proxy.port}`,
    });
    try {
      const answer = await clientOf().send(post(url));
      expect(answer.body.toString()).toBe('direct');
    } finally {
      process.env = before;
    }
  });

  it.each(['', 'nonsense', 'ftp://127.0.0.1/', 'http://user:pass@127.0.0.1/', 'http://', 'http://a b/'])(
    'goes nowhere for the URL %j',
    async (url) => {
      expect(await failureOf(clientOf().send(post(url)))).toMatchObject({ code: 'invalid_url' });
    },
  );
});

describe('an answer', () => {
  it.each([200, 204, 304, 400, 410, 500, 599])('%i is an answer like any other', async (status) => {
    const { url } = await receiver((_, response) => response.writeHead(status, 'Because').end());
    expect(await clientOf().send(post(url))).toMatchObject({
      status,
      statusText: 'Because',
      truncated: false,
    });
  });

  it('has its headers by lower-case names, repeated ones joined', async () => {
    const { url } = await rawReceiver(
      'HTTP/1.1 200 OK\r\nX-One: 1\r\nx-one: 2\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 0\r\n\r\n',
    );
    const { headers } = await clientOf().send(post(url));
    expect(headers).toMatchObject({ 'x-one': '1, 2', 'set-cookie': 'a, b' });
  });

  it('may name its headers like properties of every object', async () => {
    const { url } = await rawReceiver(
      'HTTP/1.1 200 OK\r\nconstructor: x\r\n__proto__: y\r\ntoString: z\r\nContent-Length: 0\r\n\r\n',
    );
    const { headers } = await clientOf().send(post(url));
    expect(Object.entries(headers)).toEqual(
      expect.arrayContaining([
        ['constructor', 'x'],
        ['__proto__', 'y'],
        ['tostring', 'z'],
      ]),
    );
  });

  it('may have no reason phrase, and hints before it', async () => {
    const { url } = await rawReceiver(
      'HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok',
    );
    const answer = await clientOf().send(post(url));
    expect(answer).toMatchObject({ status: 200, statusText: '' });
    expect(answer.headers).not.toHaveProperty('link');
    expect(answer.body.toString()).toBe('ok');
  });

  it('is bytes, whatever they are', async () => {
    const bytes = Buffer.from([0x7b, 0x00, 0xff, 0xfe, 0x7d]);
    const { url } = await receiver((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(bytes);
    });
    const { body } = await clientOf().send(post(url));
    expect(body).toEqual(bytes);
    expect(decodeText(body, capBytes)).toBe('{\ufffd\ufffd}');
  });

  it('is not unpacked: a small answer cannot become a large one', async () => {
    const bomb = gzipSync(Buffer.alloc(1024 * 1024));
    const { url } = await receiver((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    const { body, truncated } = await clientOf().send(post(url));
    expect(body).toEqual(bomb);
    expect(truncated).toBe(false);
  });

  it('tells how long it took', async () => {
    const { url } = await receiver(async (_, response) => {
      await sleep(60);
      response.end();
    });
    const began = performance.now();
    const { durationMs } = await clientOf().send(post(url));
    expect(durationMs).toBeGreaterThanOrEqual(50);
    // As long as the caller waited, however busy the machine is.
    expect(durationMs).toBeLessThanOrEqual(Math.ceil(performance.now() - began));
  });
});

describe('a long answer (guarantee 16)', () => {
  it('of 10 MB is read up to the cap and a chunk, the rest not downloaded', async () => {
    const clients: net.Socket[] = [];
    const watch = (message: unknown) => clients.push((message as { socket: net.Socket }).socket);
    const { url, sockets } = await receiver((_, response) => {
      response.end(Buffer.alloc(10 * 1024 * 1024, 'a'));
    });
    subscribe('net.client.socket', watch);
    try {
      const answer = await clientOf().send(post(url));
      expect(answer).toMatchObject({ status: 200, truncated: true });
      expect(answer.body).toEqual(Buffer.alloc(capBytes, 'a'));
      expect(clients).toHaveLength(1);
      expect(clients[0]?.bytesRead).toBeLessThanOrEqual(capBytes + 64 * 1024 + 1024);
      expect(clients[0]?.destroyed).toBe(true);
      await closed(sockets[0]);
    } finally {
      unsubscribe('net.client.socket', watch);
    }
  });

  it('that never ends is cut as well', async () => {
    const { url } = await receiver((_, response) => {
      const write = () => {
        while (!response.destroyed && response.write('x'.repeat(8192)));
      };
      response.on('drain', write);
      write();
    });
    const answer = await clientOf().send(post(url));
    expect(answer.truncated).toBe(true);
    expect(answer.body).toHaveLength(capBytes);
  });

  it('of exactly the cap is whole', async () => {
    const { url, sockets } = await receiver((_, response) => response.end(Buffer.alloc(capBytes)));
    const client = clientOf();
    for (let turn = 0; turn < 2; turn += 1) {
      const answer = await client.send(post(url));
      expect(answer.truncated).toBe(false);
      expect(answer.body).toHaveLength(capBytes);
      await connectionReturns();
    }
    expect(sockets.length).toBe(1);
  });

  it('leaves the client ready for the next', async () => {
    const { url } = await receiver((_, response) => response.end(Buffer.alloc(1024 * 1024)));
    const client = clientOf({ connectionsPerOrigin: 1 });
    const answers = await Promise.all(Array.from({ length: 5 }, () => client.send(post(url))));
    expect(answers.map(({ truncated }) => truncated)).toEqual([true, true, true, true, true]);
  });
});

describe('a redirect (guarantee 13)', () => {
  it.each([301, 302, 303, 307, 308])('%i is an answer, and is never followed', async (status) => {
    const target = await receiver((_, response) => response.end('followed'));
    const { url } = await receiver((_, response) =>
      response.writeHead(status, { location: target.url }).end(),
    );
    expect(await clientOf().send(post(url))).toMatchObject({ status, headers: { location: target.url } });
    expect(target.sockets).toHaveLength(0);
  });

  it('to the metadata service is not followed', async () => {
    const location = 'http://169.254.169.254/latest/meta-data/';
    const { url } = await receiver((_, response) => response.writeHead(302, { location }).end());
    expect(await clientOf().send(post(url, { timeoutMs: 1000 }))).toMatchObject({ status: 302 });
  });
});

describe('the time-out (guarantee 16)', () => {
  it('cuts an answer that comes a byte at a time', async () => {
    const { url, sockets } = await receiver((_, response) => {
      const drip = setInterval(() => response.write('.'), 50);
      response.on('close', () => clearInterval(drip));
    });
    const startedAt = performance.now();
    expect(await failureOf(clientOf().send(post(url, { timeoutMs: 300 })))).toEqual({
      code: 'timeout',
      message: 'no complete answer within 300 ms',
    });
    expect(performance.now() - startedAt).toBeLessThan(1500);
    await closed(sockets[0]);
  });

  it('cuts headers that come a byte at a time', async () => {
    const { url } = await listen(
      net.createServer((socket) => {
        socket.write('HTTP/1.1 200 OK\r\nx: ');
        const drip = setInterval(() => socket.write('.'), 50);
        socket.on('close', () => clearInterval(drip));
      }),
    );
    expect(await failureOf(clientOf().send(post(url, { timeoutMs: 300 })))).toMatchObject({
      code: 'timeout',
    });
  });

  it('cuts a receiver that says nothing', async () => {
    const { url } = await receiver(() => undefined);
    expect(await failureOf(clientOf().send(post(url, { timeoutMs: 100 })))).toMatchObject({
      code: 'timeout',
    });
  });

  it('includes the name: nothing is sent when the resolver comes too late', async () => {
    const requests: string[] = [];
    const { port } = await receiver((request, response) => {
      requests.push(request.url ?? '');
      response.end();
    });
    const late = resolverOf(['127.0.0.1']);
    const lookup = ((...args: Parameters<typeof dns.lookup>) => {
      setTimeout(() => late.lookup(...args), 200);
    }) as typeof dns.lookup;
    const client = clientOf({ lookup });
    expect(
      await failureOf(client.send(post(`http://slow.example:${port}/late`, { timeoutMs: 100 }))),
    ).toEqual({
      code: 'connect_timeout',
      message: 'no connection within 100 ms',
    });
    await sleep(200);
    await client.send(post(`http://slow.example:${port}/next`));
    expect(requests).toEqual(['/next']);
  });

  it('leaves no timer behind', async () => {
    const { url } = await receiver((_, response) => response.end());
    const client = clientOf();
    const set = jest.spyOn(global, 'setTimeout');
    const clear = jest.spyOn(global, 'clearTimeout');
    try {
      await client.send(post(url, { timeoutMs: 29_999 }));
      const ours = set.mock.calls.findIndex(([, delay]) => delay === 29_999);
      expect(clear).toHaveBeenCalledWith(set.mock.results[ours]?.value);
    } finally {
      set.mockRestore();
      clear.mockRestore();
    }
  });
});

describe('connections', () => {
  it('are used again', async () => {
    const { url, sockets } = await receiver(async (request, response) => {
      await bodyOf(request);
      response.end('ok');
    });
    const client = clientOf();
    for (let turn = 0; turn < 20; turn += 1) {
      await client.send(post(url));
      await connectionReturns();
    }
    expect(sockets.length).toBe(1);
  });

  it('are no more for one origin than was said', async () => {
    const { url, sockets } = await receiver(async (_, response) => {
      await sleep(10);
      response.end();
    });
    const client = clientOf({ connectionsPerOrigin: 3 });
    const answers = await Promise.all(Array.from({ length: 12 }, () => client.send(post(url))));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(sockets.length).toBe(3);
  });

  it('end with the client; what was in flight or comes later is told so', async () => {
    const { url, sockets } = await receiver(() => undefined);
    const client = clientOf();
    const inFlight = failureOf(client.send(post(url)));
    while (sockets.length === 0) await sleep(5);
    await sleep(20);
    await client.close();
    expect(await inFlight).toMatchObject({ code: 'shutdown' });
    expect(await failureOf(client.send(post(url)))).toMatchObject({ code: 'shutdown' });
  });
});

describe('a refused address (guarantee 25)', () => {
  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.0.0.1.',
    '[::ffff:127.0.0.1]',
    'localhost',
    'LOCALHOST.',
  ])('is not dialled when the URL says %s', async (host) => {
    const { port, sockets } = await receiver((_, response) => response.end());
    const { lookup, asked } = resolverOf(['127.0.0.1']);
    const client = clientOf({ allow: [], lookup });
    expect(await failureOf(client.send(post(`http://${host}:${port}/`)))).toMatchObject({
      code: 'address_refused',
    });
    expect(sockets).toHaveLength(0);
    expect(asked).toEqual([]);
  });

  it('is not dialled when a name leads there', async () => {
    const { port, sockets } = await receiver((_, response) => response.end());
    const client = clientOf({ allow: [], lookup: resolverOf(['127.0.0.1']).lookup });
    expect(await failureOf(client.send(post(`http://inside.example:${port}/`)))).toEqual({
      code: 'address_refused',
      message: 'inside.example leads to a private or special address, which is refused',
    });
    expect(sockets).toHaveLength(0);
  });

  it.each([
    [['93.184.216.34', '127.0.0.1']],
    [['127.0.0.1', '93.184.216.34']],
    [['2606:4700::1', '::1']],
    [['not an address', '127.0.0.1']],
  ])('refuses the name, whichever of its addresses it is: %j', async (addresses) => {
    const { port, sockets } = await receiver((_, response) => response.end());
    const client = clientOf({ allow: [], lookup: resolverOf(addresses).lookup });
    expect(await failureOf(client.send(post(`http://mixed.example:${port}/`)))).toMatchObject({
      code: 'address_refused',
    });
    expect(sockets).toHaveLength(0);
  });

  it('is refused when the name changes between the check and the connection', async () => {
    const { port, sockets } = await receiver((_, response) => response.end());
    const { lookup, asked } = resolverOf(['93.184.216.34'], ['127.0.0.1']);
    const guard = compileAddressPolicy({ allow: [], allowPrivate: false });
    // What saving the webhook does: one look, and it is a public address.
    const [first] = await new Promise<dns.LookupAddress[]>((resolve, reject) =>
      lookup('rebind.example', { all: true }, (error, list) => (error ? reject(error) : resolve(list))),
    );
    expect(guard.checkAddress(first?.address ?? '', 'rebind.example')).toEqual({ allowed: true });

    const client = clientOf({ guard, lookup });
    expect(await failureOf(client.send(post(`http://rebind.example:${port}/`)))).toMatchObject({
      code: 'address_refused',
    });
    expect(asked).toEqual(['rebind.example', 'rebind.example']);
    expect(sockets).toHaveLength(0);
  });

  it('is dialled as it was checked: one look for one connection', async () => {
    const { port, sockets } = await receiver((_, response) => response.end());
    const { lookup, asked } = resolverOf(['127.0.0.1'], ['10.0.0.1']);
    const client = clientOf({ allow: ['127.0.0.1'], lookup });
    await client.send(post(`http://once.example:${port}/`));
    await connectionReturns();
    await client.send(post(`http://once.example:${port}/`));
    expect(asked).toEqual(['once.example']);
    expect(sockets.length).toBe(1);
  });

  it.each([false, true])('is found in both forms that a socket asks in (all: %s)', async (all) => {
    const guard = compileAddressPolicy({ allow: [], allowPrivate: false });
    const ask = (...addresses: string[]) =>
      new Promise<unknown[]>((resolve) => {
        const lookup = guardedLookup(guard, resolverOf(addresses).lookup);
        lookup('some.example', { all }, (...answer: unknown[]) => resolve(answer));
      });
    const [first, second] = ['93.184.216.34', '2606:4700::1'];
    const list = [
      { address: first, family: 4 },
      { address: second, family: 6 },
    ];
    expect(await ask(first, second)).toEqual(all ? [null, list] : [null, first, 4]);
    const [refused] = await ask(first, '10.0.0.1');
    expect(refused).toMatchObject({ code: 'ADDRESS_REFUSED', rule: 'private', address: '10.0.0.1' });
  });

  it('opens for a host on the allow-list, wherever it leads', async () => {
    const { port } = await receiver((_, response) => response.end('inside'));
    const client = clientOf({ allow: ['inside.example'], lookup: resolverOf(['127.0.0.1']).lookup });
    expect((await client.send(post(`http://inside.example:${port}/`))).body.toString()).toBe('inside');
  });
});

describe('the way to our own inbox', () => {
  it('is dialled past the guard for exactly its URL, with the host of the URL', async () => {
    const hosts: (string | undefined)[] = [];
    const own = await receiver((request, response) => {
      hosts.push(request.headers.host, request.url);
      response.end('caught');
    });
    const client = clientOf({
      allow: [],
      route: (url) => (url.pathname === '/inbox/token' ? { host: '127.0.0.1', port: own.port } : null),
    });
    const answer = await client.send(post('https://cms.example/inbox/token?x=1'));
    expect(answer.body.toString()).toBe('caught');
    expect(hosts).toEqual(['cms.example', '/inbox/token?x=1']);

    // A connection that was made past the guard carries nobody else.
    const other = `http://127.0.0.1:${own.port}/admin`;
    expect(await failureOf(client.send(post(other)))).toMatchObject({ code: 'address_refused' });
  });
});

describe('what goes wrong has a name', () => {
  it('connection_refused', async () => {
    const { url, stop } = await receiver(() => undefined);
    await stop();
    expect(await failureOf(clientOf().send(post(url)))).toMatchObject({ code: 'connection_refused' });
  });

  it('dns_not_found', async () => {
    const lookup = ((_: string, __: unknown, callback: (error: Error) => void) => {
      callback(Object.assign(new Error('getaddrinfo ENOTFOUND exmaple.com'), { code: 'ENOTFOUND' }));
    }) as typeof dns.lookup;
    expect(await failureOf(clientOf({ lookup }).send(post('http://exmaple.com/')))).toEqual({
      code: 'dns_not_found',
      message: 'getaddrinfo ENOTFOUND exmaple.com',
    });
    const { lookup: empty } = resolverOf([]);
    expect(await failureOf(clientOf({ lookup: empty }).send(post('http://empty.example/')))).toMatchObject({
      code: 'dns_not_found',
    });
  });

  it('connection_reset', async () => {
    const { url } = await listen(net.createServer((socket) => socket.once('data', () => socket.destroy())));
    expect(await failureOf(clientOf().send(post(url)))).toMatchObject({ code: 'connection_reset' });
  });

  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['noise', Buffer.from([0, 1, 2, 3, 255, 254])],
    [
      'a switch nobody asked for',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
    ],
    ['no status', 'HTTP/1.1 \r\n\r\n'],
    ['the status 000', 'HTTP/1.1 000 \r\nContent-Length: 0\r\n\r\n'],
    ['the status 000 with a reason', 'HTTP/1.1 000 Zero\r\nContent-Length: 0\r\n\r\n'],
    ['a status of one digit', 'HTTP/1.1 2 OK\r\nContent-Length: 0\r\n\r\n'],
    ['a status of two digits', 'HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n'],
    ['two digits and no reason', 'HTTP/1.1 20\r\nContent-Length: 0\r\n\r\n'],
    ['the status 99', 'HTTP/1.1 99 Low\r\nContent-Length: 0\r\n\r\n'],
    ['the status 099', 'HTTP/1.1 099 Low\r\nContent-Length: 0\r\n\r\n'],
    ['a status of four digits', 'HTTP/1.1 1000 High\r\nContent-Length: 0\r\n\r\n'],
    ['a status in letters', 'HTTP/1.1 OK 200\r\nContent-Length: 0\r\n\r\n'],
    ['a negative status', 'HTTP/1.1 -200 OK\r\nContent-Length: 0\r\n\r\n'],
    ['no version', 'HTTP 200 OK\r\nContent-Length: 0\r\n\r\n'],
    ['a version that there is not', 'HTTP/7.3 200 OK\r\nContent-Length: 0\r\n\r\n'],
    ['HTTP/0.9, a body and nothing else', '<html>hello</html>'],
    ['a header without a colon', 'HTTP/1.1 200 OK\r\nnonsense\r\n\r\n'],
    ['a control character in a name', 'HTTP/1.1 200 OK\r\na\x01b: c\r\n\r\n'],
    ['a length in letters', 'HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nab'],
    ['a length below nought', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n'],
    ['a chunk beyond counting', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${'f'.repeat(40)}\r\n`],
    ['another answer before the answer', 'HTTP/1.1 150 \r\n\r\nnonsense'],
    ['headers without end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`],
    ['many headers', `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(20_000)}\r\n`],
    ['a NUL in a header', 'HTTP/1.1 200 OK\r\nx: a\0b\r\nContent-Length: 0\r\n\r\n'],
    ['a broken chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc'],
  ])('invalid_response: %s', async (_, bytes) => {
    const { url } = await rawReceiver(bytes, 'stay');
    expect(await failureOf(clientOf().send(post(url, { timeoutMs: 2000 })))).toMatchObject({
      code: 'invalid_response',
    });
  });

  it.each([
    ['a reason phrase', 'HTTP/1.1 200 '],
    ['a chunk extension', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;'],
    ['hints', '', 'HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n'],
  ])('invalid_response: %s without end, long before the time-out', async (_, start, piece = 'x') => {
    const { url, sockets } = await listen(
      net.createServer((socket) => {
        const block = Buffer.from(piece.repeat(1024));
        const write = () => {
          while (!socket.destroyed && socket.write(block));
        };
        socket.once('data', () => {
          socket.write(start);
          socket.on('drain', write);
          write();
        });
      }),
    );
    expect(await failureOf(clientOf().send(post(url, { timeoutMs: 30_000 })))).toMatchObject({
      code: 'invalid_response',
    });
    await closed(sockets[0]);
    expect(sockets[0]?.bytesWritten).toBeLessThan(16 * 1024 * 1024);
  });

  it.each([
    ['shorter than it said', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'],
    ['with two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc'],
    ['without its last chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'],
  ])('response_interrupted: an answer %s', async (_, bytes) => {
    const { url } = await rawReceiver(bytes);
    expect(await failureOf(clientOf().send(post(url)))).toMatchObject({ code: 'response_interrupted' });
  });

  it('tls_self_signed', async () => {
    const { url } = await listen(
      https.createServer({ key: testKey, cert: testCertificate }, (_, response) => response.end()),
      'https',
    );
    expect(await failureOf(clientOf().send(post(url)))).toMatchObject({ code: 'tls_self_signed' });
  });

  it('tls_failed: TLS is spoken to a receiver that speaks none', async () => {
    const { url } = await rawReceiver('HTTP/1.1 400 Bad Request\r\n\r\n');
    expect(await failureOf(clientOf().send(post(url.replace('http:', 'https:'))))).toMatchObject({
      code: 'tls_failed',
    });
  });

  it('internal: a header that cannot be sent is named, its value is not', async () => {
    const { url } = await receiver((_, response) => response.end());
    expect(await failureOf(clientOf().send(post(url, { headers: { 'x y': 's3cret' } })))).toEqual({
      code: 'internal',
      message: 'invalid header key',
    });
  });
});

/** Made for these tests alone: self-signed, for `localhost`, valid until 2120. */
const testKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgjPDgmpZZ5q9ddPH6
toBGILBnT1yX1grMw7OW24y4CAOhRANCAARNHQxn70lxmq6u7ao2vwmKUvRVHtpE
NVjWNJ9MPZwT7PyMvKHcqaXaVeQQFZ4DUuugXFtZke1BVHYjD7mC/tCh
-----END PRIVATE KEY-----`;
const testCertificate = `-----BEGIN CERTIFICATE-----
MIIBETCBuAIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwIBcN
MjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMMCWxvY2Fs
aG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABE0dDGfvSXGarq7tqja/CYpS
9FUe2kQ1WNY0n0w9nBPs/Iy8odyppdpV5BAVngNS66BcW1mR7UFUdiMPuYL+0KEw
CgYIKoZIzj0EAwIDSAAwRQIgIZupnLQbDR6waMFhT1iWaJOdjCAady1qe6fsZSdx
MUkCIQDlH6sBDitXhAbo+LiMy/LoDQqJx3tE5JV9ApFvGQEPtg==
-----END CERTIFICATE-----`;
