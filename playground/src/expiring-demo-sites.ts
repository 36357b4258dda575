import type { Core } from '@strapi/strapi';
import { webhookEvents } from './webhook-events';

const hourMs = 3_600_000;
const warnBeforeMs = 24 * hourMs;

/** `3 hours`, `1 hour`, `45 minutes`. */
export function timeRemaining(ms: number): string {
  const hours = Math.floor(ms / hourMs);
  const [count, unit] = hours > 0 ? [hours, 'hour'] : [Math.max(1, Math.ceil(ms / 60_000)), 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/**
 * Emits `demo_site.expiring` for each demo site that ends within 24 hours and has not been told of. A site whose
 * end was moved is told of again.
 */
export async function tellOfExpiringDemoSites(strapi: Core.Strapi, now: Date): Promise<void> {
  const sites = await strapi.documents('api::site.site').findMany({
    filters: {
      kind: 'demo',
      demoExpiresAt: { $gt: now.toISOString(), $lte: new Date(now.getTime() + warnBeforeMs).toISOString() },
    },
  });
  for (const { documentId, demoExpiresAt } of sites) {
    if (!demoExpiresAt) continue;
    const expiresAt = new Date(demoExpiresAt.toString());
    const told = { type: 'api', name: 'site', key: `expiry_told_${documentId}` };
    await strapi.db.transaction(async () => {
      if ((await strapi.store(told).get({})) === expiresAt.toISOString()) return;
      await webhookEvents(strapi).emitFrom('demo_site.expiring', documentId, {
        demo_expires_at: expiresAt.toISOString(),
        demo_time_remaining: timeRemaining(expiresAt.getTime() - now.getTime()),
      });
      await strapi.store(told).set({ value: expiresAt.toISOString() });
    });
  }
}
