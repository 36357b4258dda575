import dgram from 'node:dgram';
import type dns from 'node:dns';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createUrlCheck } from './url-check';
import { compileAddressPolicy } from './address-guard';
import { createNameLookup, parseHosts, type Lookup } from './name-lookup';
import { clientOf, failureOf, post, receiver } from './receivers.fixture';

const sockets: dgram.Socket[] = [];
afterEach(() => sockets.splice(0).forEach((socket) => socket.close()));

/** A name server on loopback; `code` null is a dead one, else what it says of every name. */
async function nameServer(code: number | null): Promise<{ address: string; asked: () => number }> {
  const socket = dgram.createSocket('udp4');
  let asked = 0;
  socket.on('message', (question, { port, address }) => {
    asked += 1;
    if (code === null) return;
    const answer = Buffer.from(question);
    answer[2] = 0x81;
    answer[3] = 0x80 | code;
    socket.send(answer, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  sockets.push(socket);
  return { address: `127.0.0.1:${(socket.address() as AddressInfo).port}`, asked: () => asked };
}

const ask = (lookup: Lookup, name: string, options: dns.LookupAllOptions = { all: true }) =>
  new Promise<dns.LookupAddress[]>((resolve, reject) =>
    lookup(name, options, (error, found) => (error ? reject(error) : resolve(found))),
  );

const noSystem = (() => {
  throw new Error('the system is not to be asked');
}) as unknown as Lookup;

describe('names whose name server is dead', () => {
  it('100 of them hold up neither files nor another delivery, and the system is not asked', async () => {
    const server = await nameServer(null);
    const lookup = createNameLookup({ servers: [server.address], system: noSystem });
    const client = clientOf({ lookup, allow: ['127.0.0.1', '127.0.0.0/8', '::1'], connectionsPerOrigin: 64 });
    const { port } = await receiver((_, response) => response.end('ok'));
    let settled = 0;
    const dead = Array.from({ length: 100 }, (_, index) =>
      failureOf(client.send(post(`http://dead-${index}.example/`, { timeoutMs: 30_000 }))).finally(
        () => (settled += 1),
      ),
    );
    for (let turn = 0; turn < 20; turn += 1) {
      await readFile(__filename);
      expect((await client.send(post(`http://localhost:${port}/`))).status).toBe(200);
    }
    expect(settled).toBe(0);
    expect(server.asked()).toBeGreaterThan(0);
    const codes = (await Promise.all(dead)).map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['dns_failed']));
  }, 30_000);

  it('an address is checked within the same time', async () => {
    const server = await nameServer(null);
    const lookup = createNameLookup({ servers: [server.address], system: noSystem });
    const resolve = async (name: string) => (await ask(lookup, name)).map(({ address }) => address);
    const guard = compileAddressPolicy({ allow: [], allowPrivate: false });
    const check = createUrlCheck({ guard, isInbox: () => false, resolve });
    expect(await check('https://dead.example/')).toMatchObject({ ok: false, rule: 'name' });
  }, 30_000);
});

describe('a name that the name servers do not have', () => {
  it('is asked of the system, one at a time', async () => {
    const server = await nameServer(3);
    let running = 0;
    let most = 0;
    const system = ((_: string, __: unknown, callback: (...answer: unknown[]) => void) => {
      most = Math.max(most, (running += 1));
      setTimeout(() => {
        running -= 1;
        callback(null, [{ address: '192.0.2.1', family: 4 }]);
      }, 5);
    }) as unknown as Lookup;
    const lookup = createNameLookup({ servers: [server.address], system });
    const names = Array.from({ length: 10 }, (_, index) => `printer-${index}.local`);
    const found = await Promise.all(names.map((name) => ask(lookup, name)));
    expect(found.flat().map(({ address }) => address)).toEqual(names.map(() => '192.0.2.1'));
    expect(most).toBe(1);
  });

  it('and that the system is silent about is not asked again for a minute', async () => {
    const server = await nameServer(3);
    let time = 0;
    let asked = 0;
    const system = ((_: string, __: unknown, callback: (error: Error) => void) => {
      asked += 1;
      time += 10_000;
      setTimeout(() => callback(Object.assign(new Error('EAI_AGAIN'), { code: 'EAI_AGAIN' })), 1);
    }) as unknown as Lookup;
    const lookup = createNameLookup({ servers: [server.address], system, now: () => time });
    await expect(ask(lookup, 'gone.local')).rejects.toMatchObject({ code: 'EAI_AGAIN' });
    await expect(ask(lookup, 'gone.local')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    expect(asked).toBe(1);
    time += 60_000;
    await expect(ask(lookup, 'gone.local')).rejects.toMatchObject({ code: 'EAI_AGAIN' });
    expect(asked).toBe(2);
  });
});

describe('the hosts file', () => {
  it('comes first, and is read again when it has changed', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'hosts-'));
    const hostsFile = path.join(folder, 'hosts');
    try {
      let time = 0;
      const lookup = createNameLookup({
        hostsFile,
        servers: ['127.0.0.1:9'],
        system: noSystem,
        now: () => time,
      });
      await writeFile(hostsFile, '10.0.0.5 Intranet intranet.example # ours\n::1 intranet\n#10.0.0.6 off\n');
      expect(await ask(lookup, 'INTRANET.')).toEqual([
        { address: '10.0.0.5', family: 4 },
        { address: '::1', family: 6 },
      ]);
      expect(await ask(lookup, 'intranet', { all: true, family: 6 })).toEqual([
        { address: '::1', family: 6 },
      ]);
      await writeFile(hostsFile, '10.0.0.7 intranet\n');
      time += 10_000;
      expect(await ask(lookup, 'intranet')).toEqual([{ address: '10.0.0.7', family: 4 }]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('may hold anything', () => {
    expect(parseHosts('nonsense\n\n300.1.1.1 a\n\t127.0.0.1\tb  c#d\r\n').size).toBe(2);
  });

  it('need not know localhost', async () => {
    const lookup = createNameLookup({
      hostsFile: '/does/not/exist',
      servers: ['127.0.0.1:9'],
      system: noSystem,
    });
    expect(await ask(lookup, 'app.localhost')).toEqual([
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]);
  });
});
