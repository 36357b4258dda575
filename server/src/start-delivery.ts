import { setTimeout as pause } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import type { House } from './house';
import { becomeAlone, NotAlone } from './queue/alone';
import { lockFileOf, tryLock } from './store/alone';
import { reasonOf } from './reason';

/** Interest and settings that another instance changed are in force within this time and one read. */
const refreshMs = 1000;

/** A read that is under way at the end is awaited this long. */
const awaitedMs = 1000;

/** A reload of `strapi develop` starts the next process before the last has ended. */
const waitForAnotherMs = 10_000;

/**
 * What runs in a process that listens, or that was started to deliver: command-line tools bootstrap the plugin too, and
 * must do nothing of this.
 */
export async function startDelivery(strapi: Core.Strapi, house: House, delivers: boolean): Promise<void> {
  try {
    await house.renewCatalog();
  } catch (error) {
    strapi.log.error(`event-webhooks: the catalog could not be read anew: ${reasonOf(error)}`);
  }
  house.beats = true;
  forgetOld(strapi, house);
  cleanUp(strapi, house);
  await house.services.homes.settle().catch((error: unknown) => {
    strapi.log.warn(`event-webhooks: where webhooks are at home could not be read: ${reasonOf(error)}`);
  });
  if (delivers) await deliver(strapi, house);
}

/**
 * Keeps what is known in memory as the database has it, in every process that loads Strapi: scripts and consumers capture
 * too. Never keeps a process alive, and says nothing once it stops.
 */
export function startRefresh(strapi: Core.Strapi, house: House): void {
  let running: Promise<void> | null = null;
  const refresh = async (): Promise<void> => {
    await house.interest.refresh();
    await house.services.settings.refresh();
    // Where deliveries are made, the loop that matches writes them.
    if (!house.delivers) await house.writeAnnounced();
    if (house.beats) await house.services.queue.beat(house.delivers);
  };
  const timer = setInterval(() => {
    running ??= refresh()
      .catch((error: unknown) => {
        if (!house.stopped)
          strapi.log.warn(`event-webhooks: subscriptions could not be read: ${reasonOf(error)}`);
      })
      .finally(() => {
        running = null;
      });
  }, refreshMs);
  timer.unref();
  house.stopTimers = async () => {
    clearInterval(timer);
    await Promise.race([running, pause(awaitedMs, undefined, { ref: false })]);
  };
}

/** On SQLite one process delivers; a second is refused and says why. */
async function deliver(strapi: Core.Strapi, house: House): Promise<void> {
  const file = house.store.database.client === 'sqlite' ? lockFileOf(strapi) : null;
  try {
    const held = await becomeAlone({
      file,
      tryLock: (name) => tryLock(strapi, name),
      stopped: () => house.stopped,
      now: Date.now,
      waitMs: waitForAnotherMs,
    });
    if (held === null) return;
    house.leaveAlone = held.release;
  } catch (error) {
    if (error instanceof NotAlone) {
      strapi.log.error(error.message);
      strapi.stop(1);
      return;
    }
    // Fails open: a lock that cannot be tried is rarer than a second process, and delivering is what we are for.
    strapi.log.warn(
      `event-webhooks: whether this process is alone could not be found out: ${reasonOf(error)}`,
    );
  }
  if (file !== null) await returnLeases(strapi, house);
  // Not before: a process that is refused never delivered.
  house.delivers = true;
  house.engine.start();
  house.replayRunner.start();
}

/** Who knows to be alone need not wait for the leases of a dead predecessor. */
async function returnLeases(strapi: Core.Strapi, house: House): Promise<void> {
  try {
    const returned = await house.store.deliveries.returnAll(Date.now());
    if (returned > 0)
      strapi.log.info(`event-webhooks: ${returned} deliveries that were in flight at a crash are due again`);
  } catch (error) {
    strapi.log.warn(`event-webhooks: what was in flight waits for its lease: ${reasonOf(error)}`);
  }
}

/** Expired inboxes and counters go each hour; croner does not guard against overlap, so this does. */
function forgetOld(strapi: Core.Strapi, house: House): void {
  let running = false;
  strapi.cron.add({
    'event-webhooks-inboxes': {
      options: '17 * * * *',
      task: async () => {
        if (running) return;
        running = true;
        try {
          await house.services.inbox.deleteExpired();
          await house.tidyRates();
        } finally {
          running = false;
        }
      },
    },
  });
}
/** What is too old is deleted each hour; the service guards against overlap, here and with other instances. */
function cleanUp(strapi: Core.Strapi, house: House): void {
  strapi.cron.add({
    'event-webhooks-retention': {
      options: '41 * * * *',
      task: () =>
        house.services.retention.run().catch((error: unknown) => {
          strapi.log.warn(`event-webhooks: retention goes on in an hour: ${reasonOf(error)}`);
        }),
    },
  });
}
