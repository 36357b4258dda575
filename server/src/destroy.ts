import { setTimeout as pause } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { hasHouse, houseOf } from './house';

/** How long requests in flight are awaited: most answer within a second; the rest goes back to the queue. */
const graceMs = 5000;

export async function destroy({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  if (!hasHouse(strapi)) return;
  const house = houseOf(strapi);
  house.stopped = true;
  await house.stopTimers();
  await house.services.retention.stop();
  await house.replayRunner.stop();
  await house.engine.stop(graceMs);
  // What was announced last; whoever goes away without a database has nowhere to write it.
  await Promise.race([
    house.writeAnnounced().catch(() => undefined),
    pause(graceMs, undefined, { ref: false }),
  ]);
  // After the last write of what was in flight: from here on another process may deliver.
  house.leaveAlone();
  await house.services.queue.leave().catch(() => undefined);
  await house.http.close();
}
