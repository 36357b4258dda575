/** Whether anybody queued in Redis at all: without it the set-up would show nothing about a queue there. */
export async function queueUse(url) {
  const { Redis } = await import('ioredis');
  const ask = async () => {
    const client = new Redis(url, { lazyConnect: true });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const info = await client.info('commandstats');
      // BullMQ moves its jobs by scripts.
      return Number(/cmdstat_evalsha:calls=(\d+)/.exec(info)?.[1] ?? 0);
    } finally {
      client.disconnect();
    }
  };
  const before = await ask();
  return {
    problems: async () => ((await ask()) > before ? [] : ['no job was ever queued in Redis']),
  };
}
