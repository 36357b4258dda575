import type { Core } from '@strapi/strapi';
import { tables } from './constants';
import { openHouse } from './house';
import type { House } from './house';
import { keepHouse } from './houses';
import { models } from './models';
import { actions } from './permissions';
import { logOf } from './log';
import { reasonOf } from './reason';

export async function bootstrap({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  await strapi.service('admin::permission').actionProvider.registerMany(actions);
  await keepTables(strapi);
  await makeMissingTables(strapi);
  const house = await openHouse(strapi);
  await wholeUnicode(strapi, house);
  await house.read();
  keepHouse(strapi, house);
  house.start();
  const { enabled } = house.context.config.delivery;
  strapi.server.httpServer.once('listening', () => void house.begin(enabled));
}

const ourTables = [tables.webhooks, tables.businessEvents, ...models.map(({ tableName }) => tableName)];

/** Strapi drops the tables of a plugin that is absent for one start, unless they are listed here. */
async function keepTables(strapi: Core.Strapi): Promise<void> {
  const store = { type: 'core', key: 'persisted_tables' };
  const kept = ((await strapi.store.get(store)) ?? []) as (string | { name: string })[];
  const names = new Set(kept.map((table) => (typeof table === 'string' ? table : table.name)));
  const missing = ourTables.filter((name) => !names.has(name));
  if (missing.length > 0)
    await strapi.store.set({ ...store, value: [...kept, ...missing.map((name) => ({ name }))] });
}

/**
 * Strapi creates tables only if its models have changed since the last time, so a table that is missing for
 * another reason (uninstalled while the package stayed, a partial backup) would stay missing.
 */
async function makeMissingTables(strapi: Core.Strapi): Promise<void> {
  const there = new Set(await strapi.db.dialect.schemaInspector.getTables());
  if (ourTables.every((name) => there.has(name))) return;
  await strapi.db.schema.syncSchema();
  logOf(strapi).info('event-webhooks: made the tables of this plugin that were missing');
}

/** Fails open: without it only events with such characters are refused. */
async function wholeUnicode(strapi: Core.Strapi, house: House): Promise<void> {
  try {
    const converted = await house.context.store.useWholeUnicode();
    if (converted.length > 0)
      logOf(strapi).info(`event-webhooks: converted to utf8mb4: ${converted.join(', ')}`);
  } catch (error) {
    logOf(strapi).warn(
      `event-webhooks: its tables could not be converted to utf8mb4, emoji may be refused: ${reasonOf(error)}`,
    );
  }
}
