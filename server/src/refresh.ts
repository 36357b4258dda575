import { setTimeout as pause } from 'node:timers/promises';
import type { BusinessEventsRoom } from './business-events';
import type { CaptureRoom } from './capture';
import type { Context } from './context';
import type { HomesRoom } from './homes';
import type { InstancesRoom } from './instances';
import type { MatchingRoom } from './matching';
import { reasonOf } from './reason';
import type { RetentionRoom } from './retention';
import type { SettingsService } from './settings';
import type { Stop } from './stops';

/** Business events, interest and settings that another instance changed are in force within this time and one read. */
const refreshMs = 1000;

/** A read that is under way at the end is awaited this long. */
const awaitedMs = 1000;

export interface RefreshDeps {
  businessEvents: BusinessEventsRoom;
  capture: CaptureRoom;
  settings: SettingsService;
  instances: InstancesRoom;
  matching: MatchingRoom;
  homes: HomesRoom;
  retention: RetentionRoom;
}

/**
 * Keeps what is known in memory as the database has it, in every process that loads Strapi: scripts and consumers capture
 * too. Never two turns at once; never keeps a process alive, and says nothing once it stops.
 */
export function createRefresh({ log, closing }: Context, rooms: RefreshDeps) {
  const { businessEvents, capture, settings, instances, matching, homes, retention } = rooms;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;

  const read = async (): Promise<void> => {
    // The catalog says what a subscription means.
    await businessEvents.refresh();
    await capture.interest.refresh();
    await settings.refresh();
  };

  const turn = async (): Promise<void> => {
    await read();
    // Where deliveries are made, the loop that matches writes them.
    if (!instances.delivers()) await matching.writeAnnounced();
    if (await instances.beat()) await homes.look();
    if (instances.delivers()) await retention.cancelOrphans();
  };

  const begin = (): void => {
    running ??= turn()
      .catch((error: unknown) => {
        if (!closing.aborted) log.warn(`event-webhooks: subscriptions could not be read: ${reasonOf(error)}`);
      })
      .finally(() => {
        running = null;
      });
  };

  const stop = async (): Promise<void> => {
    clearInterval(timer);
    await Promise.race([running, pause(awaitedMs, undefined, { ref: false })]);
  };
  const stops: Stop[] = [['the timers', stop]];
  return {
    read,
    start(): void {
      timer ??= setInterval(begin, refreshMs).unref();
    },
    stops,
  };
}
