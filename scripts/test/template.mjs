import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../project/command.mjs';
import { makePlayground } from '../strapi/in-process.mjs';

const self = fileURLToPath(import.meta.url);
const postgresName = 'event_webhooks_template';

/**
 * Databases as the playground leaves them after its first start, for the integration tests to begin with copies: half of
 * a start on an empty database is the making of a hundred tables.
 *
 * @param {{ postgres: string | null, limitMs: number }} input `postgres`: address of a server
 * @returns {Promise<{ env: Record<string, string>, drop: () => Promise<void> }>} what could not be made is left out: the tests
 *   begin with empty databases then
 */
export async function makeTemplates({ postgres, limitMs }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-template-'));
  const file = path.join(folder, 'data.db');
  const env = {};
  const start = async (database) =>
    (await run(process.execPath, [self], { env: database, limitMs })).code === 0;
  if (await start({ DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: file })) env.SQLITE_TEMPLATE = file;
  if (postgres && (await onPostgres(postgres, start))) env.POSTGRES_TEMPLATE = postgresName;
  const drop = async () => {
    rmSync(folder, { recursive: true, force: true });
    if (postgres) await onServer(postgres, [dropTemplate]);
  };
  return { env, drop };
}

const dropTemplate = `drop database if exists ${postgresName} with (force)`;

async function onServer(address, statements) {
  const { default: knex } = await import('knex');
  const server = knex({ client: 'pg', connection: address });
  try {
    for (const statement of statements) await server.raw(statement);
  } finally {
    await server.destroy();
  }
}

async function onPostgres(address, start) {
  const url = new URL(address);
  await onServer(address, [dropTemplate, `create database ${postgresName}`]);
  return start({
    DATABASE_CLIENT: 'postgres',
    DATABASE_HOST: url.hostname,
    DATABASE_PORT: url.port,
    DATABASE_USERNAME: decodeURIComponent(url.username),
    DATABASE_PASSWORD: decodeURIComponent(url.password),
    DATABASE_NAME: postgresName,
  });
}

/** Starts the playground and ends it; nothing of this process stays in what it leaves. */
async function startOnce() {
  const app = makePlayground();
  await app.load();
  await app.db.connection('event_webhooks_instances').delete();
  await app.destroy();
}

if (process.argv[1] === self) {
  await startOnce();
  process.exit(0);
}
