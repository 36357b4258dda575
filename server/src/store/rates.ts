import {
  RateLimiterMemory,
  RateLimiterMySQL,
  RateLimiterPostgres,
  RateLimiterRedis,
} from 'rate-limiter-flexible';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { ratesTable } from '../models/rates';
import type { Database } from './connection';

export interface RateLimit {
  count: number;
  seconds: number;
}

/** Counts for a key within a window that begins with its first count. */
export interface RateCounter {
  /** Adds `points` (may be negative). @returns the sum in this window, and how long it still lasts. */
  add(key: string, limit: RateLimit, points: number): Promise<{ consumed: number; msBeforeNext: number }>;
  /** Forgets windows that are over. */
  tidy(now: number): Promise<void>;
}

/**
 * One counter for all instances: in Redis where the engine has it, else in Postgres or MySQL; on SQLite, where one
 * process delivers, in its memory.
 */
export function createRateCounter(
  database: Database,
  redis: (() => { client: unknown; prefix: string }) | null,
): RateCounter {
  const limiters = new Map<string, RateLimiterAbstract>();

  const make = ({ count, seconds }: RateLimit): RateLimiterAbstract => {
    const window = { points: count, duration: seconds, keyPrefix: '' };
    if (redis) {
      const { client, prefix } = redis();
      return new RateLimiterRedis({ ...window, storeClient: client, keyPrefix: `${prefix}:rate` });
    }
    if (database.client === 'sqlite') return new RateLimiterMemory({ ...window, keyPrefix: 'rate' });
    const shared = {
      ...window,
      storeClient: database.pool(),
      storeType: 'knex',
      tableName: ratesTable,
      tableCreated: true,
      // Its timer would outlive Strapi.
      clearExpiredByTimeout: false,
    };
    if (database.client === 'postgres') {
      return new RateLimiterPostgres({ ...shared, schemaName: database.schema ?? 'public' });
    }
    const { client } = database.pool() as unknown as { client: { database(): string } };
    return new RateLimiterMySQL({ ...shared, dbName: client.database() });
  };

  return {
    async add(key, limit, points) {
      const name = `${limit.count}/${limit.seconds}`;
      const limiter = limiters.get(name) ?? make(limit);
      limiters.set(name, limiter);
      // A changed limit begins a window of its own.
      const full = `${key}-${name}`;
      const result = await (points >= 0 ? limiter.penalty(full, points) : limiter.reward(full, -points));
      return { consumed: Number(result.consumedPoints), msBeforeNext: Number(result.msBeforeNext) };
    },

    async tidy(now) {
      if (redis || database.client === 'sqlite') return;
      await database.from(database.pool(), ratesTable).where('expire', '<', now).delete();
    },
  };
}
