import type { Core } from '@strapi/strapi';
import { hasHouse, houseOf } from './houses';
import { logOf } from './log';
import { reasonOf } from './reason';

/**
 * Stops every room, in this order, whatever one of them throws: what fails is logged. It throws nothing itself, since
 * Strapi would then not stop what is its own.
 */
export async function destroy({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  if (!hasHouse(strapi)) return;
  const house = houseOf(strapi);
  house.close();
  for (const [what, stop] of house.stops) {
    try {
      await stop();
    } catch (error) {
      logOf(strapi).warn(`event-webhooks: ${what} could not be stopped cleanly: ${reasonOf(error)}`);
    }
  }
}
