import { randomBytes } from 'node:crypto';
import knex from 'knex';
import type { TestDatabase } from './databases';

/** A suite's own empty database on the server that is here; SQLite has a file of its own each time anyway. */
export async function freshDatabase({ client, env }: TestDatabase): Promise<{
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
  await run(`create database ${name}${client === 'mysql' ? ' character set utf8mb4' : ''}`);
  return {
    env: { ...env, DATABASE_NAME: name },
    drop: () => run(`drop database ${name}${client === 'postgres' ? ' with (force)' : ''}`),
  };
}
