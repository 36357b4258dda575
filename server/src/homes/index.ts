/**
 * WHERE WEBHOOKS ARE AT HOME, and where this process runs: a copied database must not call production's receivers. The
 * rule itself is the gate's; here is what it is asked with, and what an administrator decides.
 */
import { randomUUID } from 'node:crypto';
import { parseUrl } from '../../../contracts';
import type { Context } from '../context';
import type { World } from '../gate';
import { aliveMs } from '../instances';
import { createHomesService } from './homes';
import { createSiblings } from './siblings';

export interface HomesRoomDeps {
  isInbox(url: string): boolean;
  /** *Pause everything*, while it is in force. */
  paused(): World['paused'];
  tell(webhookId: number, news: 'away', reason: string): Promise<void>;
  /** After a change of webhooks. */
  changed(): Promise<void>;
}

export async function openHomes(context: Context, { isInbox, paused, tell, changed }: HomesRoomDeps) {
  const { config, store, links, instanceKey, log, now } = context;
  const { pool } = store.database;
  const siblings = createSiblings(instanceKey);
  let databaseMark = await store.identity.read(pool(), randomUUID());
  const world = (): World => ({
    here: {
      name: config.home.name ?? null,
      host: parseUrl(links().serverUrl)?.hostname ?? null,
      environment: process.env.NODE_ENV ?? 'development',
      database: databaseMark,
    },
    policy: {
      enabled: config.home.enabled,
      alsoHome: config.home.also,
      unnamedHome: config.home.unnamed,
    },
    siblingHosts: siblings.hosts(),
    paused: paused(),
    isInbox,
  });
  const homes = createHomesService({
    world,
    all: () => store.webhooks.all(pool()),
    saveFirstHome: (home) => store.webhooks.saveFirstHome(pool(), home),
    replaceHome: store.webhooks.replaceHome,
    saveHome: (ids, home) => store.webhooks.saveHome(pool(), ids, home),
    cancelWaiting: (id) => store.deliveries.cancelOfWebhook(id, now()),
    tell,
    log: log.warn,
    changed,
    siblings,
    alive: () => store.instances.alive(pool(), now() - aliveMs, now() + aliveMs),
    // An import into a Strapi that runs empties its table: what this process has in memory becomes it again.
    readMark: async () => {
      databaseMark = await store.identity.read(pool(), databaseMark);
    },
  });
  return { world, ...homes };
}

export type HomesRoom = Awaited<ReturnType<typeof openHomes>>;

export type { HomesService } from './homes';
