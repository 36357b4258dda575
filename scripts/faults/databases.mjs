import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { endWithUs } from '../project/ending.mjs';

const queries = {
  articles: 'select document_id, title, published_at from articles',
  events: `select id, message_id, type, body, match_error from event_webhooks_events where type like 'article.%'`,
  deliveries: `select d.message_id, d.state, d.attempts, w.name as webhook from event_webhooks_deliveries d
    join event_webhooks_webhooks w on w.id = d.webhook_id`,
  inFlight: `select d.message_id, w.name as webhook from event_webhooks_deliveries d
    join event_webhooks_webhooks w on w.id = d.webhook_id where d.state = 'delivering'`,
};

/**
 * A database of its own for one run.
 *
 * @typedef {{ env: Record<string, string>, read: (what: keyof typeof queries) => Promise<Record<string, any>[]>,
 *   settled: (name: string) => Promise<void>, remove: () => Promise<void> }} RunDatabase `settled` resolves when nothing of
 *   the killed process of that name is at work any more
 */

/** @returns {Promise<RunDatabase>} a file that is read only while no process has it open */
export async function sqliteDatabase() {
  const { default: Database } = await import('better-sqlite3');
  const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-faults-'));
  const filename = path.join(folder, 'data.db');
  const erase = () => rmSync(folder, { recursive: true, force: true });
  return {
    env: { DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: filename, PUBLIC_DIR: path.join(folder, 'public') },
    async read(what) {
      // Not read-only: what the dead process had begun must be rolled back by whoever opens the file next.
      const database = new Database(filename);
      try {
        return database.prepare(queries[what]).all();
      } finally {
        database.close();
      }
    },
    settled: async () => undefined,
    remove: endWithUs({ end: async () => erase(), endAtOnce: erase }),
  };
}

const recoveryMs = 60_000;

/**
 * @param {{ host: string, port: number, user: string, password: string, database: string }} server
 * @returns {Promise<RunDatabase>} an empty database on that server
 */
export async function postgresDatabase(server) {
  const { default: pg } = await import('pg');
  const name = `faults_${randomBytes(6).toString('hex')}`;
  const { host, port, user, password } = server;
  /** A server that was killed listens before it has recovered, and says so (57P03). */
  const connected = async (database, until = Date.now() + recoveryMs) => {
    const client = new pg.Client({ host, port, user, password: password || undefined, database });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (error.code !== '57P03' || Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return connected(database, until);
    }
  };
  const ask = async (database, query, values = []) => {
    const client = await connected(database);
    try {
      return (await client.query(query, values)).rows;
    } finally {
      await client.end();
    }
  };
  await ask(server.database, `create database ${name}`);
  return {
    env: {
      DATABASE_CLIENT: 'postgres',
      DATABASE_HOST: host,
      DATABASE_PORT: String(port),
      DATABASE_NAME: name,
      DATABASE_USERNAME: user,
      DATABASE_PASSWORD: password,
    },
    read: (what) => ask(name, queries[what]),
    /** The server's end of a dead connection may still be committing. */
    async settled(application) {
      const theirs = `select count(*)::int as n from pg_stat_activity where datname = $1
        and application_name = $2`;
      const until = Date.now() + 30_000;
      while ((await ask(server.database, theirs, [name, application]))[0].n > 0) {
        if (Date.now() > until) throw new Error('connections of the killed process do not end');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    remove: async () =>
      void (await ask(server.database, `drop database if exists ${name} with (force)`).catch(
        () => undefined,
      )),
  };
}
