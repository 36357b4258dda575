import type { Core } from '@strapi/strapi';
import { tables } from './constants';
import { createHouse, keepHouse } from './house';
import type { House } from './house';
import { inboxTables } from './models/inbox';
import { actions } from './permissions';

/** Interest and settings that another instance changed are in force within this time and one read. */
const refreshMs = 1000;

export async function bootstrap({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  await strapi.service('admin::permission').actionProvider.registerMany(actions);
  await keepTables(strapi);
  const house = createHouse(strapi);
  await house.interest.refresh();
  keepHouse(strapi, house);
  startCapture(strapi, house);
}

/**
 * Capture is on from here and is never taken off: HTTP still accepts while plugins are destroyed. The innermost
 * middleware is put on again when the server listens, before the first request: the app's own `bootstrap()`
 * runs after ours, and what it registered must stand outside of our transaction.
 */
function startCapture(strapi: Core.Strapi, house: House): void {
  const { documents, rows, announcements } = house.capture;
  // The types ask for an argument that the function does not read.
  const off = strapi.documents.use(documents.innermost) as unknown as () => void;
  strapi.db.lifecycles.subscribe(documents.subscriber as never);
  strapi.db.lifecycles.subscribe(rows as never);
  strapi.eventHub.subscribe(announcements.listener);
  strapi.server.httpServer.once('listening', () => {
    // Exactly once: the function splices by index, and a second call would take somebody else's middleware off.
    off();
    strapi.documents.use(documents.innermost);
    void startDelivery(strapi, house);
  });
}

/** Only a process that listens delivers: command-line tools bootstrap the plugin too. */
async function startDelivery(strapi: Core.Strapi, house: House): Promise<void> {
  try {
    await house.renewCatalog();
  } catch (error) {
    strapi.log.error(`event-webhooks: the catalog could not be read anew: ${String(error)}`);
  }
  const delivers = house.config.delivery.enabled;
  const refresh = async (): Promise<void> => {
    await house.interest.refresh();
    if (!delivers) await house.writeAnnounced();
  };
  const timer = setInterval(() => {
    refresh().catch((error: unknown) => {
      strapi.log.warn(`event-webhooks: subscriptions could not be read: ${String(error)}`);
    });
  }, refreshMs);
  timer.unref();
  house.stopTimers = () => clearInterval(timer);
  forgetInboxes(strapi, house);
  if (delivers) house.engine.start();
}

/** Expired inboxes are deleted each hour; croner does not guard against overlap, so this does. */
function forgetInboxes(strapi: Core.Strapi, house: House): void {
  let running = false;
  strapi.cron.add({
    'event-webhooks-inboxes': {
      options: '17 * * * *',
      task: async () => {
        if (running) return;
        running = true;
        try {
          await house.services.inbox.deleteExpired();
        } finally {
          running = false;
        }
      },
    },
  });
}

/** Strapi drops the tables of a plugin that is absent for one boot, unless they are named here. */
async function keepTables(strapi: Core.Strapi): Promise<void> {
  const store = { type: 'core', key: 'persisted_tables' };
  const kept = ((await strapi.store.get(store)) ?? []) as (string | { name: string })[];
  const names = new Set(kept.map((table) => (typeof table === 'string' ? table : table.name)));
  const missing = [...Object.values(tables), ...Object.values(inboxTables)].filter(
    (name) => !names.has(name),
  );
  if (missing.length > 0)
    await strapi.store.set({ ...store, value: [...kept, ...missing.map((name) => ({ name }))] });
}
