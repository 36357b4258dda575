import {
  RateLimiterMemory,
  RateLimiterMySQL,
  RateLimiterPostgres,
  RateLimiterRedis,
} from 'rate-limiter-flexible';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { ratesTable } from '../models/rates';
import type { Database } from './connection';

/** Clocks of several machines differ by less. */
const skewMs = 5000;

export interface RateLimit {
  count: number;
  seconds: number;
}

/** Counts per key within a window that begins with its first count. */
export interface RateCounter {
  /** Adds `points` (can be negative). @returns the sum in this window, and its remaining time. */
  add(key: string, limit: RateLimit, points: number): Promise<{ consumed: number; msBeforeNext: number }>;
  /** Deletes expired windows. */
  tidy(now: number): Promise<void>;
}

interface Statement {
  name?: string;
  text: string;
  values?: unknown[];
}

/**
 * The library's statements without their names: a named one stays prepared in its connection, and behind a
 * pooler in transaction mode (pgbouncer) the next transaction can get a connection with or without it.
 */
class UnnamedPostgres extends RateLimiterPostgres {
  _query({ name: _name, ...statement }: Statement): Promise<unknown> {
    const library = RateLimiterPostgres.prototype as unknown as {
      _query(statement: Statement): Promise<unknown>;
    };
    return library._query.call(this, statement);
  }
}

/**
 * One counter for all instances: in Redis if the engine has it, else in Postgres or MySQL; with SQLite, where
 * one process delivers, in its memory.
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
      // Its timer would keep running after Strapi has stopped.
      clearExpiredByTimeout: false,
    };
    if (database.client === 'postgres') {
      return new UnnamedPostgres({ ...shared, schemaName: database.schema ?? 'public' });
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
      const count = () => (points >= 0 ? limiter.penalty(full, points) : limiter.reward(full, -points));
      let result = await count();
      if (Number(result.msBeforeNext) > 1000 * limit.seconds + skewMs) {
        // No window is that long: it began before the clock was set back.
        await limiter.delete(full);
        result = await count();
      }
      return { consumed: Number(result.consumedPoints), msBeforeNext: Number(result.msBeforeNext) };
    },

    async tidy(now) {
      if (redis || database.client === 'sqlite') return;
      await database.from(database.pool(), ratesTable).where('expire', '<', now).delete();
    },
  };
}
