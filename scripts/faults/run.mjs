import { reckon } from './reckoning.mjs';
import { startReceiver } from './receiver.mjs';
import { startStrapi, webhooksAt } from './strapi-process.mjs';
import { randomFrom } from '../../tests/faults/random.cjs';

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * What every fault run has: a receiver that stays, a database that stays, processes that come and go.
 *
 * @param {{ database: import('./databases.mjs').RunDatabase, env?: Record<string, string>, seed: number,
 *   lanes?: number, webhooks?: string[] }} options
 */
export async function beginRun({ database, env = {}, seed, lanes = 4, webhooks = ['one', 'two'] }) {
  const random = randomFrom(seed);
  const receiver = await startReceiver(random);
  const kills = [];
  const processes = [];
  const boot = (faults = {}) => {
    const strapi = startStrapi({
      env: { ...database.env, ...env },
      faults: {
        lanes,
        seed: Math.floor(random() * 2 ** 31),
        webhooks: webhooksAt(receiver.url, webhooks),
        ...faults,
      },
    });
    processes.push(strapi);
    return strapi;
  };
  const note = async () => {
    const inFlight = await persistently(() => database.read('inFlight'));
    kills.push({
      inFlight: new Set(inFlight.map(({ message_id: id, webhook }) => `${id}|${webhook}`)),
      readAt: Date.now(),
    });
  };
  return {
    random,
    receiver,
    kills,
    boot,
    /** A start that waits for another process' lock to end is tried again, as any supervisor would. */
    async start() {
      for (let attempt = 1; ; attempt += 1) {
        const strapi = boot();
        try {
          await strapi.ready();
          return strapi;
        } catch (error) {
          await strapi.end();
          if (attempt === 3) throw error;
          await pause(2000);
        }
      }
    },
    /** `kill -9`, then what was in flight at that moment, read before anybody starts again. */
    async kill(strapi) {
      await strapi.kill();
      await database.settled(strapi.name);
      await note();
    },
    /** What has no outcome yet now that a process, or its server, has gone away. */
    note,
    /** The figures, once all has been delivered and every process is gone. */
    async figures() {
      const read = { articles: [], events: [], deliveries: [] };
      for (const what of Object.keys(read)) read[what] = await database.read(what);
      return {
        ...reckon({ ...read, webhooks, receipts: receiver.receipts, kills }),
        kills: kills.length,
        inFlightAtKills: kills.reduce((sum, { inFlight }) => sum + inFlight.size, 0),
        writeFailures: processes.reduce((sum, { heard }) => sum + heard.writeFailures, 0),
      };
    },
    async end() {
      await Promise.all(processes.filter((one) => !one.isGone()).map((one) => one.end()));
      await receiver.stop();
      await database.remove();
    },
  };
}

/** A server that is being restarted refuses for a while. */
async function persistently(read) {
  const end = Date.now() + 60_000;
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (Date.now() > end) throw error;
      await pause(50);
    }
  }
}
