import type { Core } from '@strapi/strapi';
import { hasHouse, houseOf } from './house';

/** How long requests in flight are awaited: most answer within a second; the rest goes back to the queue. */
const graceMs = 5000;

export async function destroy({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  if (!hasHouse(strapi)) return;
  const house = houseOf(strapi);
  house.stopTimers();
  await house.engine.stop(graceMs);
  await house.http.close();
}
