import { postgres, redis } from '../services.mjs';
import { postgresDatabase, sqliteDatabase } from './databases.mjs';
import { killRounds } from './kill-rounds.mjs';
import { queueUse } from './queue-use.mjs';
import { serverRestart } from './server-restart.mjs';
import { twoInstances } from './two-instances.mjs';

/** SQLite has one connection: more lanes would only wait for it. */
const lanes = { sqlite: 2, server: 4 };

/** Takes a server for the time of `work`; says why where it cannot be had. */
export async function withServer(take, work) {
  const server = await take();
  if ('unavailable' in server) return { notRun: server.unavailable };
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

/** Kill rounds by set-up: `{ rounds, seed, tell }` in, figures out. */
export const setUps = {
  sqlite: async (options) =>
    killRounds({ ...options, database: await sqliteDatabase(), lanes: lanes.sqlite }),

  postgres: (options) =>
    withServer(postgres, async (server) =>
      killRounds({ ...options, database: await postgresDatabase(server), lanes: lanes.server }),
    ),

  bullmq: (options) =>
    withServer(redis, (queue) =>
      withServer(postgres, async (server) => {
        const env = { QUEUE_ENGINE: 'bullmq', REDIS_URL: queue.url };
        const use = await queueUse(queue.url);
        const database = await postgresDatabase(server);
        const figures = await killRounds({ ...options, database, env, lanes: lanes.server });
        return { ...figures, problems: await use.problems() };
      }),
    ),
};

const needsItsOwn = (name, server) =>
  server.stopServer ? null : { notRun: `${name} from ${server.source} cannot be restarted here: install it` };

/** Other faults by name: the same in, the same figures out, and `problems`. */
export const scenarios = {
  'two-instances': (options) =>
    withServer(postgres, (server) => twoInstances({ ...options, database: () => postgresDatabase(server) })),

  'postgres-restart': (options) =>
    withServer(
      postgres,
      async (server) =>
        needsItsOwn('Postgres', server) ??
        serverRestart({
          ...options,
          server,
          database: await postgresDatabase(server),
          // Orderly, and as after a crash.
          signals: ['SIGINT', 'SIGQUIT'],
          holdsContent: true,
        }),
    ),

  'redis-restart': (options) =>
    withServer(redis, (queue) =>
      withServer(
        postgres,
        async (server) =>
          needsItsOwn('Redis', queue) ??
          serverRestart({
            ...options,
            server: queue,
            env: { QUEUE_ENGINE: 'bullmq', REDIS_URL: queue.url },
            database: await postgresDatabase(server),
            // It keeps nothing on disk: stopped is flushed.
            signals: ['SIGTERM', 'SIGKILL'],
            holdsContent: false,
          }),
      ),
    ),
};
