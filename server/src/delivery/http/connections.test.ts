import { once } from 'node:events';
import { spawn } from 'node:child_process';
import http from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  bodyOf,
  clientOf,
  connectionReturns,
  failureOf,
  listen,
  post,
  receiver,
  resolverOf,
} from './receivers.fixture';

const interim = [
  'HTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.1 100 Continue\r\nx-note: 1\r\n\r\n',
  'HTTP/1.1 102 Processing\r\n\r\n',
  'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n',
  'HTTP/1.1 199 Whatever\r\n\r\n',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n',
];
const final = 'HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nHTTP/1.1 100 \r\n\r\nabc';

/** A receiver below HTTP that answers every request on a connection, in these pieces. */
const answersAll = (pieces: readonly string[]) =>
  listen(
    net.createServer((socket) => {
      socket.setNoDelay(true);
      socket.on('data', async () => {
        for (const piece of pieces) {
          if (socket.writable) socket.write(piece);
          await sleep(2);
        }
      });
    }),
  );

describe('an answer before the answer (1xx) that nobody asked for', () => {
  it.each(interim)('%j, and then 200, is one success', async (before) => {
    const { url, sockets } = await answersAll([before + final]);
    const client = clientOf();
    for (let turn = 0; turn < 3; turn += 1) {
      const answer = await client.send(post(url));
      expect(answer).toMatchObject({ status: 200, headers: { 'content-length': '20' } });
      expect(answer.body.toString()).toBe('HTTP/1.1 100 \r\n\r\nabc');
      await connectionReturns();
    }
    expect(sockets).toHaveLength(1);
  });

  it('may come in pieces of any size', async () => {
    const { url } = await answersAll([...`${interim[0]}${interim[4]}${interim[1]}${final}`]);
    const answer = await clientOf().send(post(url));
    expect(answer.status).toBe(200);
    expect(answer.body.toString()).toBe('HTTP/1.1 100 \r\n\r\nabc');
  });

  it('and nothing after it is a time-out', async () => {
    const { url } = await answersAll(['HTTP/1.1 100 Continue\r\n\r\n']);
    expect(await failureOf(clientOf().send(post(url, { timeoutMs: 200 })))).toMatchObject({
      code: 'timeout',
    });
  });

  it('and then the end is an answer that broke off, and is not sent again', async () => {
    let requests = 0;
    const { url, sockets } = await listen(
      net.createServer((socket) =>
        socket.on('data', () => {
          requests += 1;
          socket.end('HTTP/1.1 100 Continue\r\n\r\n');
        }),
      ),
    );
    expect(await failureOf(clientOf().send(post(url)))).toMatchObject({ code: 'connection_reset' });
    expect({ requests, connections: sockets.length }).toEqual({ requests: 1, connections: 1 });
  });
});

describe('a connection that was used before and is closed before a byte of the answer came', () => {
  /** Answers the first request of each connection, then does this with the next. */
  const secondTime = (then: (socket: net.Socket) => void, before = '') => {
    const requests: { id: string; connection: number }[] = [];
    const listening = listen(
      net.createServer((socket) => {
        const connection = (requests.at(-1)?.connection ?? 0) + 1;
        let answered = 0;
        socket.on('data', (data) => {
          requests.push({ id: /webhook-id: (\S+)/.exec(data.toString())?.[1] ?? '', connection });
          if ((answered += 1) === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
          else {
            socket.write(before);
            then(socket);
          }
        });
      }),
    );
    return { requests, listening };
  };

  it.each([
    ['ended', (socket: net.Socket) => socket.end()],
    ['reset', (socket: net.Socket) => socket.resetAndDestroy()],
  ])('%s: the request goes once more at once, on a new one, and is the same', async (_, then) => {
    const { requests, listening } = secondTime(then);
    const { url, sockets } = await listening;
    const client = clientOf();
    await client.send(post(url, { headers: { 'webhook-id': 'msg_1' } }));
    await connectionReturns();
    const answer = await client.send(post(url, { headers: { 'webhook-id': 'msg_2' } }));
    expect(answer.status).toBe(200);
    expect(requests).toEqual([
      { id: 'msg_1', connection: 1 },
      { id: 'msg_2', connection: 1 },
      { id: 'msg_2', connection: 2 },
    ]);
    expect(sockets).toHaveLength(2);
  });

  it('a first connection that is closed is a failure, at once', async () => {
    let requests = 0;
    const { url, sockets } = await listen(
      net.createServer((socket) =>
        socket.once('data', () => {
          requests += 1;
          socket.end();
        }),
      ),
    );
    expect(await failureOf(clientOf().send(post(url)))).toMatchObject({ code: 'connection_reset' });
    expect({ requests, connections: sockets.length }).toEqual({ requests: 1, connections: 1 });
  });

  it('is tried once more, not for ever', async () => {
    let open = true;
    const requests: number[] = [];
    const { url } = await listen(
      net.createServer((socket) =>
        socket.on('data', () => {
          requests.push(1);
          if (open) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
          else socket.end();
        }),
      ),
    );
    const client = clientOf();
    await client.send(post(url));
    await connectionReturns();
    open = false;
    expect(await failureOf(client.send(post(url)))).toMatchObject({ code: 'connection_reset' });
    expect(requests).toHaveLength(3);
  });

  it.each(['H', 'HTTP/1.1 100 Continue\r\n\r\n'])('after the bytes %j it is a failure', async (before) => {
    const { requests, listening } = secondTime((socket) => socket.end(), before);
    const { url } = await listening;
    const client = clientOf();
    await client.send(post(url));
    await connectionReturns();
    await failureOf(client.send(post(url))).then(({ code }) => expect(code).not.toBe('internal'));
    expect(requests).toHaveLength(2);
  });

  it('the time of both is one: what is left of it', async () => {
    const { url } = await listen(
      net.createServer((socket) => {
        let answered = 0;
        socket.on('data', () => {
          if ((answered += 1) === 1 && sockets === 1)
            socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
          else if (answered > 1) setTimeout(() => socket.end(), 200);
        });
        sockets += 1;
      }),
    );
    let sockets = 0;
    const client = clientOf();
    await client.send(post(url));
    await connectionReturns();
    const startedAt = performance.now();
    expect(await failureOf(client.send(post(url, { timeoutMs: 600 })))).toMatchObject({ code: 'timeout' });
    expect(performance.now() - startedAt).toBeLessThan(1500);
  });

  it('of a receiver that closes idle connections no request of 2,000 fails, and none comes twice', async () => {
    const answered = new Map<string, number>();
    const idle = new Map<net.Socket, NodeJS.Timeout>();
    const server = http.createServer(async (request, response) => {
      clearTimeout(idle.get(request.socket));
      await bodyOf(request);
      const id = String(request.headers['webhook-id']);
      answered.set(id, (answered.get(id) ?? 0) + 1);
      response.end('ok');
      // Closes what has been idle for a few milliseconds, and does not say so before.
      idle.set(
        request.socket,
        setTimeout(() => request.socket.destroy(), 4),
      );
    });
    server.keepAliveTimeout = 0;
    const { url } = await listen(server);
    const client = clientOf({ connectionsPerOrigin: 20 });
    const failed: string[] = [];
    let next = 0;
    const sender = async (): Promise<void> => {
      while (next < 2000) {
        const id = `msg_${(next += 1)}`;
        const sent = client.send(post(url, { headers: { 'webhook-id': id } }));
        await sent.catch(() => failed.push(id));
        await sleep(3 + (next % 3));
      }
    };
    await Promise.all(Array.from({ length: 20 }, sender));
    expect(failed).toEqual([]);
    expect(answered.size).toBe(2000);
    expect(Math.max(...answered.values())).toBe(1);
  }, 60_000);
});

/** A receiver with an event loop of its own, so that it answers while ours stands still. */
async function otherProcess(
  script: string,
): Promise<{ port: number; count(): Promise<number>; end(): void }> {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [port] = (await once(child, 'message')) as [number];
  return {
    port,
    async count() {
      child.send('count');
      const [count] = (await once(child, 'message')) as [number];
      return count;
    },
    end: () => void child.kill(),
  };
}

const instantReceiver = `
  let count = 0;
  const server = require('node:http').createServer((request, response) => {
    request.resume().on('end', () => { count += 1; setTimeout(() => response.end('ok'), request.url === '/slow' ? 900 : 0); });
  });
  server.keepAliveTimeout = 60000;
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
  process.on('message', () => process.send(count));
`;

function standStill(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe('while this process itself stands still', () => {
  let receiver: Awaited<ReturnType<typeof otherProcess>>;
  beforeAll(async () => {
    receiver = await otherProcess(instantReceiver);
  });
  afterAll(() => receiver.end());

  it.each([
    ['as soon as it is asked to send', 0],
    ['when the request is out', 5],
  ])('%s, no time-out is laid to the receiver, which is asked once', async (_, afterMs) => {
    const url = `http://127.0.0.1:${receiver.port}/hook`;
    const client = clientOf();
    await client.send(post(url));
    const before = await receiver.count();
    const sent = [1, 2, 3, 4, 5].map(() => client.send(post(url, { timeoutMs: 400 })));
    if (afterMs > 0) await sleep(afterMs);
    standStill(1200);
    const answers = await Promise.all(sent);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    // What it took is what the receiver took.
    expect(Math.max(...answers.map(({ durationMs }) => durationMs))).toBeLessThan(1000);
    expect(await receiver.count()).toBe(before + 5);
  });

  it('again and again, each longer than the time-out', async () => {
    const url = `http://127.0.0.1:${receiver.port}/hook`;
    const client = clientOf();
    const sent = [1, 2, 3].map(() => client.send(post(url, { timeoutMs: 250 })));
    for (let turn = 0; turn < 4; turn += 1) {
      standStill(400);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await Promise.all(sent)).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('now and then, while a slow receiver works: it took as long as it took', async () => {
    const client = clientOf();
    await client.send(post(`http://127.0.0.1:${receiver.port}/hook`));
    const sent = client.send(post(`http://127.0.0.1:${receiver.port}/slow`, { timeoutMs: 5000 }));
    for (let turn = 0; turn < 3; turn += 1) {
      await sleep(40);
      standStill(200);
    }
    expect((await sent).durationMs).toBeGreaterThan(800);
  });

  it('while the name is looked up for a proxy', async () => {
    const url = `http://name.example:${receiver.port}/hook`;
    const lookup = ((_: string, __: unknown, callback: (...args: unknown[]) => void) =>
      setTimeout(() => callback(null, [{ address: '127.0.0.1', family: 4 }]), 50)) as never;
    const client = clientOf({ lookup, proxy: () => 'http://127.0.0.1:9' });
    const sent = client.send(post(url, { timeoutMs: 300 }));
    await sleep(5);
    standStill(800);
    expect((await sent).status).toBe(200);
  });

  it('while addresses are tried, each for its short time', async () => {
    const url = `http://name.example:${receiver.port}/hook`;
    const { lookup } = resolverOf(['127.0.0.1', '127.0.0.9']);
    const sent = clientOf({ lookup, allow: ['127.0.0.0/8'] }).send(post(url, { timeoutMs: 5000 }));
    // Up to where the first address is dialled.
    await new Promise((resolve) => setImmediate(resolve));
    standStill(1500);
    expect((await sent).status).toBe(200);
  });

  it('a receiver that says nothing has its whole time, and no more', async () => {
    const { url } = await listen(net.createServer());
    const sent = failureOf(clientOf().send(post(url, { timeoutMs: 300 })));
    await sleep(50);
    standStill(600);
    const startedAt = performance.now();
    expect(await sent).toMatchObject({ code: 'timeout' });
    expect(performance.now() - startedAt).toBeGreaterThan(100);
    expect(performance.now() - startedAt).toBeLessThan(1500);
  });
});

describe('a receiver in this process', () => {
  it('that is slow is still cut by the time-out', async () => {
    const { url } = await receiver(() => undefined);
    expect(await failureOf(clientOf().send(post(url, { timeoutMs: 150 })))).toMatchObject({
      code: 'timeout',
    });
  });
});
