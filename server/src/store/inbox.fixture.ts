import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { Database as StrapiDatabase } from '@strapi/database';
import type { Model } from '@strapi/database';
import { inboxModels } from '../models/inbox';
import { createDatabase } from './connection';
import { createInboxStore } from './inbox';

const silent = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };

/**
 * For tests: the inbox's tables in a SQLite database of its own, created from the models by Strapi's own
 * schema sync.
 */
export async function openInboxDatabase() {
  // Strapi turns every SQLite file name into a path, including `:memory:`.
  const folder = await mkdtemp(join(tmpdir(), 'inbox-'));
  const db = new StrapiDatabase({
    connection: {
      client: 'sqlite',
      connection: { filename: join(folder, 'inbox.db') },
      useNullAsDefault: true,
    },
    settings: { migrations: { dir: '/nonexistent' } },
    logger: silent,
  });
  await db.init({ models: inboxModels as Model[] });
  await db.schema.sync();
  const store = createInboxStore(createDatabase({ db } as unknown as Core.Strapi));
  const close = async () => {
    await db.destroy();
    await rm(folder, { recursive: true, force: true });
  };
  return { store, knex: db.connection, close };
}
