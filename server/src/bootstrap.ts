import type { Core } from '@strapi/strapi';
import { tables } from './constants';
import { createHouse, keepHouse } from './house';
import type { House } from './house';
import { models } from './models';
import { actions } from './permissions';
import { startDelivery, startRefresh } from './start-delivery';
import { reasonOf } from './reason';

export async function bootstrap({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  await strapi.service('admin::permission').actionProvider.registerMany(actions);
  await keepTables(strapi);
  const house = await createHouse(strapi);
  await wholeUnicode(strapi, house);
  await house.interest.refresh();
  await house.services.settings.refresh();
  keepHouse(strapi, house);
  startCapture(strapi, house);
}

/** Capture is on from here and is never taken off: HTTP still accepts while plugins are destroyed. */
function startCapture(strapi: Core.Strapi, house: House): void {
  const { documents, rows, announcements } = house.capture;
  strapi.db.lifecycles.subscribe(documents.subscriber as never);
  strapi.db.lifecycles.subscribe(rows.subscriber as never);
  strapi.eventHub.subscribe(announcements.listener);
  startRefresh(strapi, house);
  let begun = false;
  house.begin = async (delivers) => {
    if (begun) return;
    begun = true;
    await startDelivery(strapi, house, delivers);
  };
  strapi.server.httpServer.once('listening', () => void house.begin(house.config.delivery.enabled));
}

/** Strapi drops the tables of a plugin that is absent for one boot, unless they are named here. */
async function keepTables(strapi: Core.Strapi): Promise<void> {
  const store = { type: 'core', key: 'persisted_tables' };
  const kept = ((await strapi.store.get(store)) ?? []) as (string | { name: string })[];
  const names = new Set(kept.map((table) => (typeof table === 'string' ? table : table.name)));
  const ours = [tables.webhooks, ...models.map(({ tableName }) => tableName)];
  const missing = ours.filter((name) => !names.has(name));
  if (missing.length > 0)
    await strapi.store.set({ ...store, value: [...kept, ...missing.map((name) => ({ name }))] });
}

/** Fails open: without it only an event with such characters is refused. */
async function wholeUnicode(strapi: Core.Strapi, house: House): Promise<void> {
  try {
    const converted = await house.store.useWholeUnicode();
    if (converted.length > 0)
      strapi.log.info(`event-webhooks: converted to utf8mb4: ${converted.join(', ')}`);
  } catch (error) {
    strapi.log.warn(
      `event-webhooks: its tables could not be converted to utf8mb4, emoji may be refused: ${reasonOf(error)}`,
    );
  }
}
