import { randomBytes } from 'node:crypto';
import knex from 'knex';
import type { TestDatabase } from './databases';

/** What the playground's first start has left, where `npm test` has made it. */
const postgresTemplate = process.env.POSTGRES_TEMPLATE;

/**
 * A suite's own database on the server that is here, empty, or as the playground's first start leaves it; SQLite has a
 * file of its own each time anyway.
 */
export async function freshDatabase(
  { client, env }: TestDatabase,
  started = false,
): Promise<{
  env: Record<string, string>;
  drop: () => Promise<void>;
}> {
  if (client === 'sqlite') return { env, drop: async () => undefined };
  const name = `event_webhooks_${randomBytes(6).toString('hex')}`;
  const run = async (statement: string): Promise<void> => {
    const connection = {
      host: env.DATABASE_HOST,
      port: Number(env.DATABASE_PORT),
      user: env.DATABASE_USERNAME,
      password: env.DATABASE_PASSWORD,
      database: env.DATABASE_NAME,
    };
    const server = knex({ client: client === 'postgres' ? 'pg' : 'mysql2', connection });
    await server.raw(statement).finally(() => server.destroy());
  };
  const like = {
    postgres: started && postgresTemplate ? ` template ${postgresTemplate}` : '',
    mysql: ' character set utf8mb4',
  };
  await run(`create database ${name}${like[client]}`);
  return {
    env: { ...env, DATABASE_NAME: name },
    drop: () => run(`drop database ${name}${client === 'postgres' ? ' with (force)' : ''}`),
  };
}
