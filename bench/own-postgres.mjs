import { randomBytes } from 'node:crypto';
import knex from 'knex';
import { endWithUs } from '../scripts/project/ending.mjs';
import { postgres } from '../scripts/services.mjs';

/**
 * An empty database of its own on the Postgres server that is here; it is dropped when this process ends.
 *
 * @returns {Promise<{ env: Record<string, string>, drop: () => Promise<void> } | { unavailable: string }>} `env` is what
 *   a Strapi needs to use it
 */
export async function ownPostgres() {
  const server = await postgres();
  if ('unavailable' in server) return server;
  const { host, port, user, password, database } = server;
  const name = `bench_${randomBytes(6).toString('hex')}`;
  const run = async (statement) => {
    const admin = knex({ client: 'pg', connection: { host, port, user, password, database } });
    await admin.raw(statement).finally(() => admin.destroy());
  };
  await run(`create database ${name}`);
  const drop = endWithUs({
    end: () => run(`drop database if exists ${name} with (force)`),
    endAtOnce: () => undefined,
  });
  return {
    drop,
    env: {
      DATABASE_CLIENT: 'postgres',
      DATABASE_HOST: host,
      DATABASE_PORT: String(port),
      DATABASE_NAME: name,
      DATABASE_USERNAME: user,
      DATABASE_PASSWORD: password,
    },
  };
}
