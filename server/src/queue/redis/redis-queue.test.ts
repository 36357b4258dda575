import { once } from 'node:events';
import net from 'node:net';
import { createRedisQueue, loadRedisLibraries, refOf } from './redis-queue';

/** A Redis that answers what a connection asks at its beginning, and says this of its cluster mode. */
async function redisThatSays(cluster: string): Promise<{ url: string; close: () => void }> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      // Commands may come together; each begins with an array's mark.
      const commands = data.toString().split(/(?=\*\d+\r\n)/);
      for (const command of commands) {
        const text = `redis_version:7.2.0\r\n${cluster}\r\n`;
        socket.write(/info\r\n/i.test(command) ? `$${text.length}\r\n${text}\r\n` : '+OK\r\n');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  return {
    url: `redis://127.0.0.1:${port}`,
    close: () => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
    },
  };
}

async function queueTo(url: string) {
  const said: string[] = [];
  const log = { info: (text: string) => void said.push(text), warn: (text: string) => void said.push(text) };
  const queue = createRedisQueue({ libraries: await loadRedisLibraries(), url, prefix: 'p', log });
  return { queue, said };
}

describe('at start', () => {
  it('a Redis Cluster is refused, and what to do instead is said', async () => {
    const redis = await redisThatSays('cluster_enabled:1');
    const { queue } = await queueTo(redis.url);
    try {
      await expect(queue.refuseCluster()).rejects.toThrow(
        /queue\.redis\.url.*Redis Cluster.*not supported.*queue\.engine/,
      );
    } finally {
      await queue.close(100);
      redis.close();
    }
  });

  it.each(['cluster_enabled:0', 'nothing:1'])('%s is taken', async (cluster) => {
    const redis = await redisThatSays(cluster);
    const { queue } = await queueTo(redis.url);
    try {
      await queue.refuseCluster();
    } finally {
      await queue.close(100);
      redis.close();
    }
  });

  it('one that is away holds nobody up for long', async () => {
    const { queue, said } = await queueTo('redis://127.0.0.1:9');
    await queue.refuseCluster();
    await queue.close(100);
    expect(said.join()).toMatch(/cannot be reached/);
  });
});

describe('a job of Redis', () => {
  it('of ours is the reference that it bears, and nothing more', () => {
    const ref = { id: 1, webhookId: 2 ** 31 - 1, fence: 0 };
    expect(refOf(ref)).toEqual(ref);
    expect(refOf({ ...ref, extra: 'x' })).toEqual(ref);
  });

  it.each([
    null,
    undefined,
    'text',
    7,
    true,
    [],
    [{ id: 1, webhookId: 1, fence: 0 }],
    {},
    { id: 1 },
    { id: 1, webhookId: 1 },
    { id: '1', webhookId: 1, fence: 0 },
    { id: null, webhookId: 1, fence: 0 },
    { id: 0, webhookId: 1, fence: 0 },
    { id: 1.5, webhookId: 1, fence: 0 },
    { id: 1, webhookId: -1, fence: 0 },
    { id: 2 ** 31, webhookId: 1, fence: 0 },
    { id: 1e308, webhookId: 1, fence: 0 },
    { id: 1, webhookId: 1, fence: 2 ** 53 },
    { id: 1, webhookId: 1, fence: -1 },
  ])('that is not ours refers to nothing: %j', (data) => {
    expect(refOf(data)).toBeNull();
  });
});
