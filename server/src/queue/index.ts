/**
 * WHAT IS DUE, AND WHO TAKES IT: one contract, and two engines (database/, redis/) that claim within limits/. It sends
 * nothing itself: matching and the worker are handed to it.
 */
import { limits } from '../../../contracts';
import type { Context } from '../context';
import { clockSkewMs, gateState, maxInFlight } from '../gate';
import type { World } from '../gate';
import { eachHour } from '../hourly';
import type { Stop } from '../stops';
import type { OutcomeRow } from '../store/outcomes';
import { createRateCounter } from '../store/rates';
import type { WebhookRow } from '../store/webhooks';
import type { EngineDeps, SendingWebhook } from './contract';
import { createDatabaseEngine } from './database/database-engine';
import { createRateLimit } from './limits/rate-limit';
import { createOutcomeWriter } from './outcome-writer';
import type { OutcomeWriter } from './outcome-writer';
import { createBullmqEngine } from './redis/bullmq-engine';
import { createRedisQueue, loadRedisLibraries } from './redis/redis-queue';

/** As many as a claim: they are written in its transaction. */
const outcomeBatchSize = 256;

/** Rows that are swept or handed over at once. */
const batchSize = 64;

/** Short enough that nobody notices, and several saves long. */
const sqliteRestMs = 40;

/** How long requests in flight are awaited: most answer within a second; the rest goes back to the queue. */
const graceMs = 5000;

export interface QueueRoomDeps {
  world(): World;
  match: EngineDeps['match'];
  requests: EngineDeps['requests'];
  /** Makes what sends one delivery, and hands its outcome to `record`. */
  worker(record: (row: OutcomeRow) => Promise<void>): EngineDeps['deliver'];
  /** One has arrived. */
  delivered(deliveryId: number): void;
  slowConcurrency: number;
}

/** Throws where the chosen engine's packages are not installed, or its server is none that it can work with. */
export async function openQueue(context: Context, deps: QueueRoomDeps) {
  const { strapi, store, config, log, now } = context;
  const redis = await redisOf(context);
  const outcomes = createOutcomeWriter({
    record: store.outcomes.record,
    recordWith: store.outcomes.recordWith,
    log: log.warn,
    batchSize: outcomeBatchSize,
  });
  const deliver = deps.worker(async (row) => {
    await outcomes.add(row);
    if (row.state === 'succeeded') deps.delivered(row.deliveryId);
    if (row.event) context.wake();
  });
  const rates = createRateCounter(store.database, redis ? redis.client : null);
  const engineDeps: EngineDeps = {
    ...rowsOf(context, deps.world, outcomes),
    reserveRate: rateLimitOf(context, rates),
    match: deps.match,
    requests: deps.requests,
    deliver,
    now,
    elapsed: context.elapsed,
    log: log.warn,
    concurrency: config.delivery.concurrency,
    slowConcurrency: deps.slowConcurrency,
    pollMs: config.delivery.pollSeconds * 1000,
    leaseMs: config.delivery.leaseSeconds * 1000,
    longestLeaseMs: longestLeaseMs(context),
    batchSize,
    restMs: store.database.client === 'sqlite' ? sqliteRestMs : 0,
  };
  const engine = redis ? createBullmqEngine(engineDeps, redis) : createDatabaseEngine(engineDeps);
  context.onWake(engine.wake);
  const stops: Stop[] = [['the queue', () => engine.stop(graceMs)]];
  return {
    start: engine.start,
    /** Counters of rates that are over go each hour, whether this process delivers or not. */
    startHourly: () => eachHour(strapi, 'event-webhooks-rates', 17, () => rates.tidy(now())),
    stops,
  };
}

export type QueueRoom = Awaited<ReturnType<typeof openQueue>>;

async function redisOf({ config, log }: Context) {
  const { engine, redis: options, prefix } = config.queue;
  if (engine !== 'bullmq' || options.url === undefined) return null;
  const redis = createRedisQueue({ libraries: await loadRedisLibraries(), url: options.url, prefix, log });
  await redis.refuseCluster();
  return redis;
}

const longestLeaseMs = ({ config }: Context): number =>
  1000 * Math.max(config.delivery.leaseSeconds, 2 * limits.timeoutSeconds.max);

function rateLimitOf({ store, now, elapsed, log }: Context, counter: ReturnType<typeof createRateCounter>) {
  return createRateLimit({
    counter,
    hold: async ({ id }, until) => {
      await store.webhooks.patchGate(store.database.pool(), id, {
        hold: { until, reason: 'rate_limit', since: now() },
      });
    },
    now,
    elapsed,
    log: log.warn,
  });
}

type Rows = Pick<
  EngineDeps,
  | 'openWebhooks'
  | 'due'
  | 'claimSeen'
  | 'claim'
  | 'bodies'
  | 'collapseOlder'
  | 'release'
  | 'returnExpired'
  | 'releaseBlocked'
  | 'healFuture'
  | 'nextDue'
  | 'firstDue'
>;

/** What an engine asks of the database. */
function rowsOf(context: Context, world: () => World, outcomes: OutcomeWriter): Rows {
  const { store } = context;
  const { pool } = store.database;
  return {
    openWebhooks: async (at) =>
      (await store.webhooks.all(pool()))
        .filter((row) => gateState(row, at, world()).state === 'active')
        .flatMap((row) => sendingWebhook(context, row)),
    due: store.deliveries.due,
    claimSeen: store.deliveries.claimSeen,
    claim: (input) => outcomes.alongside((trx) => store.deliveries.claim(input, trx)),
    bodies: (ids) => store.events.bodies(pool(), ids),
    collapseOlder: (claimed, webhooks) => {
      const latest = new Set(
        webhooks.filter(({ collapse }) => collapse?.send === 'latest').map(({ id }) => id),
      );
      const asked = claimed.flatMap(({ id, fence, webhookId, collapseKey, scheduleOffset }) =>
        collapseKey && scheduleOffset === 0 && latest.has(webhookId)
          ? [{ id, fence, webhookId, collapseKey }]
          : [],
      );
      return asked.length === 0
        ? Promise.resolve([])
        : store.deliveries.collapseOlder(pool(), asked, context.now());
    },
    release: store.deliveries.release,
    returnExpired: store.deliveries.returnExpired,
    releaseBlocked: store.order.releaseBlocked,
    healFuture: async (at) =>
      (await store.future.leases(at, longestLeaseMs(context), clockSkewMs)) +
      (await store.future.waiting(at, clockSkewMs)) +
      (await store.webhooks.holdsOfTheFuture(pool(), at, clockSkewMs)),
    nextDue: store.deliveries.nextDue,
    firstDue: store.deliveries.firstDue,
  };
}

/** Nothing for a webhook whose secrets no longer decrypt. */
function sendingWebhook({ secrets, config }: Context, row: WebhookRow): SendingWebhook[] {
  const open = secrets.opened(row);
  if (!open) return [];
  return [
    {
      id: row.id,
      name: row.name,
      events: row.events,
      collapse: row.collapse,
      fields: row.fields,
      format: row.format,
      template: row.template,
      shownUrl: row.url,
      ...open,
      timeoutMs: (row.timeoutSeconds ?? config.delivery.timeoutSeconds) * 1000,
      retryScheduleSeconds: row.retryScheduleSeconds ?? config.delivery.retryScheduleSeconds,
      gate: row,
      maxInFlight: maxInFlight(row, config.delivery.perWebhook),
      rateLimit: row.rateLimit,
    },
  ];
}
