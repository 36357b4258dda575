import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { appFolder } from '../src/folders';

type ConfigParams = Core.Config.Shared.ConfigParams;

const defaultPorts = { postgres: 5432, mysql: 3306 };

const sqlite = ({ env }: ConfigParams) => ({
  client: 'sqlite' as const,
  connection: { filename: path.resolve(appFolder(), env('DATABASE_FILENAME', '.tmp/data.db')) },
  useNullAsDefault: true,
});

const server = (client: 'postgres' | 'mysql', { env }: ConfigParams) => ({
  client,
  connection: {
    host: env('DATABASE_HOST', '127.0.0.1'),
    port: env.int('DATABASE_PORT', defaultPorts[client]),
    database: env('DATABASE_NAME', 'playground'),
    user: env('DATABASE_USERNAME', 'playground'),
    password: env('DATABASE_PASSWORD', 'playground'),
    ...(client === 'postgres' ? { schema: env('DATABASE_SCHEMA', 'public') } : {}),
    ssl: env.bool('DATABASE_SSL', false),
  },
  pool: { min: env.int('DATABASE_POOL_MIN', 2), max: env.int('DATABASE_POOL_MAX', 10) },
});

/** SQLite unless `DATABASE_CLIENT` says `postgres` or `mysql` (which serves MariaDB too). */
const config = (params: ConfigParams): Core.Config.Database => {
  const client = params.env('DATABASE_CLIENT', 'sqlite');
  if (client !== 'sqlite' && client !== 'postgres' && client !== 'mysql') {
    throw new Error(`DATABASE_CLIENT must be sqlite, postgres or mysql, not "${client}"`);
  }
  const connection = client === 'sqlite' ? sqlite(params) : server(client, params);
  return {
    connection: {
      ...connection,
      // Costs time, and says of a failed query who asked: the fault harness wants to know.
      asyncStackTraces: params.env.bool('DATABASE_STACK_TRACES', false),
      acquireConnectionTimeout: params.env.int('DATABASE_CONNECTION_TIMEOUT', 60_000),
    },
  };
};

export default config;
