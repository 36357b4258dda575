import type { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { DeliveryRef } from '../store/deliveries';

/** The optional packages, loaded only where the engine is chosen. */
export interface RedisLibraries {
  Queue: typeof Queue;
  Worker: typeof Worker;
  Redis: typeof Redis;
}

/** Throws an error that says what to install. */
export async function loadRedisLibraries(): Promise<RedisLibraries> {
  try {
    const [bullmq, ioredis] = await Promise.all([import('bullmq'), import('ioredis')]);
    return { Queue: bullmq.Queue, Worker: bullmq.Worker, Redis: ioredis.Redis };
  } catch (cause) {
    throw new Error(
      'event-webhooks: `queue.engine` is bullmq, but its packages are not installed: npm install bullmq ioredis',
      { cause },
    );
  }
}

export interface RedisQueueDeps {
  libraries: RedisLibraries;
  url: string;
  /** Begins every key. */
  prefix: string;
  log: { info(message: string): void; warn(message: string): void };
}

export interface Listener {
  /** Resolves when the job may be forgotten. Never rejects. */
  work(ref: DeliveryRef): Promise<void>;
  /** A process that does not deliver says that something was captured. */
  wake(): void;
  concurrency: number;
}

const queueName = 'deliveries';

/** A command that takes longer is given up: a Redis that hangs must not hold the loop that also matches. */
const commandTimeoutMs = 5000;

const reconnectMs = (tries: number): number => Math.min(tries * 200, 2000);

/** Many changes of one moment are one hint. */
const wakeEveryMs = 20;

/** The events that BullMQ writes for onlookers; nobody looks. */
const keptEvents = 100;

/** BullMQ refuses ids with a colon. With the fence in it, a row that is due again is a job of its own. */
const jobId = ({ id, fence }: DeliveryRef): string => `${id}-${fence}`;

/**
 * Redis, as the engine sees it: hints go in, hints come out, and nothing in it is the only copy of anything. While
 * Redis is away what is handed over is refused at once (nothing is kept in memory), which is said once an outage.
 */
export function createRedisQueue({ libraries, url, prefix, log }: RedisQueueDeps) {
  const outage = createOutage(log);
  const channel = `${prefix}:wake`;
  let producer: { redis: Redis; queue: Queue } | null = null;
  let consumer: { redis: Redis; subscriber: Redis; worker: Worker } | null = null;
  let wakePlanned = false;
  let closing = false;

  const attended = (redis: Redis): Redis => {
    // Without a listener an error of the connection would end the process.
    redis.on('error', outage.noticed);
    return redis;
  };

  const producing = (): { redis: Redis; queue: Queue } => {
    if (producer) return producer;
    const redis = attended(
      new libraries.Redis(url, {
        enableOfflineQueue: false,
        maxRetriesPerRequest: 0,
        commandTimeout: commandTimeoutMs,
        retryStrategy: reconnectMs,
      }),
    );
    redis.on('ready', outage.over);
    const queue = new libraries.Queue(queueName, {
      connection: redis as never,
      prefix,
      // Neither waits for a Redis that is away: `add` is to fail at once.
      skipWaitingForReady: true,
      skipVersionCheck: true,
      streams: { events: { maxLen: keptEvents } },
    });
    queue.on('error', outage.noticed);
    producer = { redis, queue };
    return producer;
  };

  const publishWake = async (): Promise<void> => {
    try {
      await producing().redis.publish(channel, '');
    } catch (error) {
      // Only a hint: the others look by themselves each second.
      outage.noticed(error);
    }
  };

  const disconnect = (): void => {
    consumer?.subscriber.disconnect();
    consumer?.redis.disconnect();
    producer?.redis.disconnect();
  };

  return {
    /** Hands rows over. @returns false when Redis did not take them. */
    async add(refs: readonly DeliveryRef[]): Promise<boolean> {
      try {
        const { redis, queue } = producing();
        if (redis.status !== 'ready') return false;
        await queue.addBulk(
          refs.map((ref) => ({
            name: 'delivery',
            data: ref,
            opts: { jobId: jobId(ref), attempts: 1, removeOnComplete: true, removeOnFail: true },
          })),
        );
        outage.over();
        return true;
      } catch (error) {
        outage.noticed(error);
        return false;
      }
    },

    /** For what else is counted in Redis. */
    client: (): { client: unknown; prefix: string } => ({ client: producing().redis, prefix }),

    /** Takes what is handed over, here and by others. */
    listen({ work, wake, concurrency }: Listener): void {
      const patient = { enableOfflineQueue: true, maxRetriesPerRequest: null, commandTimeout: undefined };
      const redis = attended(producing().redis.duplicate(patient));
      const subscriber = attended(producing().redis.duplicate(patient));
      subscriber.on('message', wake);
      subscriber.subscribe(channel).catch(outage.noticed);
      // What Redis lost is handed over again at once.
      producing().redis.on('ready', wake);
      const worker = new libraries.Worker<DeliveryRef>(queueName, ({ data }) => work(data), {
        connection: redis as never,
        prefix,
        concurrency,
        skipVersionCheck: true,
        runRetryDelay: 1000,
        // A process that died between taking a job and claiming its row holds it back no longer than this.
        lockDuration: 20_000,
        stalledInterval: 10_000,
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 0 },
      });
      worker.on('error', outage.noticed);
      consumer = { redis, subscriber, worker };
    },

    /** Tells the processes that deliver that something may be due. */
    wakeOthers(): void {
      if (wakePlanned || closing) return;
      wakePlanned = true;
      setTimeout(() => {
        wakePlanned = false;
        if (!closing) void publishWake();
      }, wakeEveryMs).unref();
    },

    /** Takes nothing more; jobs in work are awaited up to `graceMs`. What is left in Redis is for the others. */
    async close(graceMs: number): Promise<void> {
      closing = true;
      const gone = (async () => {
        await consumer?.worker.close();
        await producer?.queue.close();
      })().catch(outage.noticed);
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([gone, new Promise((resolve) => (timer = setTimeout(resolve, graceMs)))]);
      clearTimeout(timer);
      // Without waiting for an answer: a Redis that is away must not keep Strapi from stopping.
      consumer?.worker.disconnect().catch(() => undefined);
      disconnect();
    },
  };
}

export type RedisQueue = ReturnType<typeof createRedisQueue>;

/** Says once that Redis is away, and once that it is back; other errors once each, until it has been away. */
function createOutage(log: RedisQueueDeps['log']) {
  let away = false;
  const said = new Set<string>();

  return {
    noticed(error: unknown): void {
      const message = error instanceof Error ? error.message || error.name : String(error);
      if (isAway(error, message)) {
        if (away) return;
        away = true;
        log.warn(
          `event-webhooks: Redis cannot be reached (${message}); deliveries wait in the database until it can`,
        );
        return;
      }
      // A job that Redis has forgotten, or that took long: its row says what is true.
      if (/^Missing (key|lock)|could not renew lock|Lock mismatch/i.test(message)) return;
      const kind = message.replace(/\d+/g, '#');
      if (said.has(kind)) return;
      said.add(kind);
      log.warn(`event-webhooks: Redis: ${message}`);
    },
    over(): void {
      if (!away) return;
      away = false;
      said.clear();
      log.info('event-webhooks: Redis is back');
    },
  };
}

const awayCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE']);

function isAway(error: unknown, message: string): boolean {
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  return (
    awayCodes.has(code) ||
    /Connection is closed|isn't writeable|Command timed out|max retries per request|EHOSTUNREACH|LOADING/i.test(
      message,
    )
  );
}
