import type { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { DeliveryRef } from '../../store/deliveries';
import { doneWithin } from '../../sleep';
import type { Lane } from '../limits/slots';
import { createOutage, type Log } from './outage';

/** The optional packages, loaded only if the engine is configured. */
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

interface Producer {
  redis: Redis;
  queues: { [lane in Lane]: Queue };
}
/** BullMQ's scripts use several keys at once, and one connection reaches one node only. */
const clusterRefused =
  'event-webhooks: `queue.redis.url` leads to a Redis Cluster, which is not supported: name a Redis without cluster mode, or set `queue.engine` to database';

export interface RedisQueueDeps {
  libraries: RedisLibraries;
  url: string;
  /** Prefix of every key. */
  prefix: string;
  log: Log;
}

export interface Listener {
  /** Resolves when the job can be removed. Never rejects. */
  work(ref: DeliveryRef): Promise<void>;
  /** A non-delivering process announces that something was captured. */
  wake(): void;
  concurrency: { [lane in Lane]: number };
}

/** Each lane is a queue of its own: slow deliveries, however many wait, never delay the others. */
const queueNames = { prompt: 'deliveries', slow: 'slow-deliveries' } as const satisfies {
  [lane in Lane]: string;
};

const lanes = ['prompt', 'slow'] as const satisfies Lane[];

/** A command that takes longer is given up: a hanging Redis must not block the loop that also matches. */
const commandTimeoutMs = 5000;

const reconnectMs = (tries: number): number => Math.min(tries * 200, 2000);

/** An unavailable Redis is awaited this long at start; it can become available later. */
const startMs = 2000;

/** Several changes within this time are one hint. */
const wakeEveryMs = 20;

/** The events that BullMQ writes for observers; there are none. */
const keptEvents = 100;

/**
 * A job in one of these states never arrives: it is in no list although it exists (Redis has evicted the list or
 * was emptied in part), or a worker has ended it. While it exists, Redis ignores another of its id.
 */
const lostStates: readonly string[] = ['unknown', 'failed', 'completed'];

/** BullMQ refuses ids with a colon. With the fence in it, a row that is due again has a new job. */
const jobId = ({ id, fence }: DeliveryRef): string => `${id}-${fence}`;

/**
 * The engine's view of Redis: hints only, and nothing in it is the only copy. While Redis is unavailable,
 * handing over fails immediately (nothing is kept in memory), which is logged once per outage.
 */
export function createRedisQueue({ libraries, url, prefix, log }: RedisQueueDeps) {
  const outage = createOutage(log);
  const channel = `${prefix}:wake`;
  let producer: Producer | null = null;
  let consumer: { redis: Redis; subscriber: Redis; workers: Worker[] } | null = null;
  let wakePlanned = false;
  let closing = false;

  const attended = (redis: Redis): Redis => {
    // Without a listener an error of the connection would end the process.
    redis.on('error', outage.noticed);
    return redis;
  };

  const producing = (): Producer => {
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
    const queueOf = (lane: Lane): Queue => {
      const queue = new libraries.Queue(queueNames[lane], {
        connection: redis as never,
        prefix,
        // Neither waits for an unavailable Redis: `add` should fail immediately.
        skipWaitingForReady: true,
        skipVersionCheck: true,
        streams: { events: { maxLen: keptEvents } },
      });
      queue.on('error', outage.noticed);
      return queue;
    };
    producer = { redis, queues: { prompt: queueOf('prompt'), slow: queueOf('slow') } };
    return producer;
  };

  const publishWake = async (): Promise<void> => {
    try {
      await producing().redis.publish(channel, '');
    } catch (error) {
      // Only a hint: the others poll each second.
      outage.noticed(error);
    }
  };

  /** Others may write into this Redis: data that is no reference to a row is dropped before it is used. */
  const ours = async (data: unknown, work: Listener['work']): Promise<void> => {
    const ref = refOf(data);
    if (ref) return work(ref);
    log.warn('event-webhooks: Redis: dropped a job that is not one of event-webhooks');
  };

  const disconnect = (): void => {
    consumer?.subscriber.disconnect();
    consumer?.redis.disconnect();
    producer?.redis.disconnect();
  };

  const connected = async (redis: Redis): Promise<boolean> => {
    if (redis.status === 'ready') return true;
    const ready = new Promise<true>((resolve) => redis.once('ready', () => resolve(true)));
    return (await doneWithin(startMs, ready)) ?? false;
  };

  /** False also if the command is not permitted. */
  const isCluster = async (redis: Redis): Promise<boolean> =>
    /^cluster_enabled:1\s*$/m.test(await redis.info('cluster').catch(() => ''));

  return {
    /** Throws if this Redis is a cluster. An unavailable one is accepted, and logged when it is available. */
    async refuseCluster(): Promise<void> {
      const { redis } = producing();
      if (!(await connected(redis))) {
        redis.once('ready', () => {
          void isCluster(redis).then((is) => is && log.warn(clusterRefused));
        });
      } else if (await isCluster(redis)) {
        disconnect();
        throw new Error(clusterRefused);
      }
    },

    /** Hands rows over. @returns false if Redis did not accept them. */
    async add(refs: readonly DeliveryRef[], lane: Lane): Promise<boolean> {
      try {
        const { redis, queues } = producing();
        if (redis.status !== 'ready') return false;
        await queues[lane].addBulk(
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

    /**
     * Removes the jobs of these deliveries that can never arrive, so that they can be handed over again. Jobs that
     * still wait or are being worked on keep their place.
     * @returns false if Redis did not answer all of it
     */
    async forgetLost(refs: readonly DeliveryRef[], lane: Lane): Promise<boolean> {
      const { redis, queues } = producing();
      if (redis.status !== 'ready') return false;
      const forgotten = await Promise.allSettled(
        refs.map(async (ref) => {
          const state = await queues[lane].getJobState(jobId(ref));
          if (lostStates.includes(state)) await queues[lane].remove(jobId(ref));
        }),
      );
      const failed = forgotten.find((one) => one.status === 'rejected');
      if (failed) outage.noticed(failed.reason);
      return failed === undefined;
    },

    /** For other counters in Redis. */
    client: (): { client: unknown; prefix: string } => ({ client: producing().redis, prefix }),

    /** Receives deliveries handed over here and by others. */
    listen({ work, wake, concurrency }: Listener): void {
      const patient = { enableOfflineQueue: true, maxRetriesPerRequest: null, commandTimeout: undefined };
      const redis = attended(producing().redis.duplicate(patient));
      const subscriber = attended(producing().redis.duplicate(patient));
      subscriber.on('message', wake);
      subscriber.subscribe(channel).catch(outage.noticed);
      // Deliveries lost by Redis are handed over again immediately.
      producing().redis.on('ready', wake);
      const workerOf = (lane: Lane): Worker => {
        const worker = new libraries.Worker<unknown>(queueNames[lane], ({ data }) => ours(data, work), {
          connection: redis as never,
          prefix,
          concurrency: concurrency[lane],
          skipVersionCheck: true,
          runRetryDelay: 1000,
          // A process that died between taking a job and claiming its row delays it no longer than this.
          lockDuration: 20_000,
          stalledInterval: 10_000,
          removeOnComplete: { count: 0 },
          removeOnFail: { count: 0 },
        });
        worker.on('error', outage.noticed);
        return worker;
      };
      consumer = { redis, subscriber, workers: lanes.map(workerOf) };
    },

    /** Notifies the delivering processes that something may be due. */
    wakeOthers(): void {
      if (wakePlanned || closing) return;
      wakePlanned = true;
      setTimeout(() => {
        wakePlanned = false;
        if (!closing) void publishWake();
      }, wakeEveryMs).unref();
    },

    /**
     * Takes nothing more; jobs in progress are awaited up to `graceMs`. The rest in Redis is for the others.
     */
    async close(graceMs: number): Promise<void> {
      closing = true;
      const gone = (async () => {
        await Promise.all((consumer?.workers ?? []).map((worker) => worker.close()));
        await Promise.all(Object.values(producer?.queues ?? {}).map((queue) => queue.close()));
      })().catch(outage.noticed);
      await doneWithin(graceMs, gone);
      // Without waiting for a reply: an unavailable Redis must not keep Strapi from stopping.
      for (const worker of consumer?.workers ?? []) worker.disconnect().catch(() => undefined);
      disconnect();
    },
  };
}

export type RedisQueue = ReturnType<typeof createRedisQueue>;

/** Ids are 32-bit in the database: it would refuse a whole batch because of one larger id. */
const largestInteger = 2 ** 31 - 1;

/** The reference in a job; null if the job is not ours. */
export function refOf(data: unknown): DeliveryRef | null {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  const { id, webhookId, fence } = data as Record<string, unknown>;
  const fits = (value: unknown, least: number): value is number =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= largestInteger;
  return fits(id, 1) && fits(webhookId, 1) && fits(fence, 0) ? { id, webhookId, fence } : null;
}
