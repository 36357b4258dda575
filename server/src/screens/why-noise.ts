import type { NoiseReason, WhyCheck } from '../../../contracts';
import { leavesOut } from '../matching';
import type { Store } from '../store';
import type { EventRow } from '../store/events';
import type { WebhookRow } from '../store/webhooks';

/**
 * Which of these events, none of which has a delivery, the webhook leaves out as noise: nothing changed, or the
 * publication that the same transaction came to has a delivery in its place.
 */
export async function leftOutOf(
  store: Store,
  webhook: WebhookRow,
  events: readonly EventRow[],
): Promise<ReadonlyMap<number, NoiseReason>> {
  const found = new Map<number, NoiseReason>();
  const pool = store.database.pool();
  for (const event of events) {
    if (leavesOut(webhook, event)) found.set(event.id, 'unchanged');
    else if (webhook.onePublish && event.publishedAs) {
      const publication = await store.events.byMessage(pool, event.publishedAs);
      if (!publication) continue;
      const [delivery] = await store.deliveries.ofEvents(pool, webhook.id, [publication.id]);
      if (delivery) found.set(event.id, 'published');
    }
  }
  return found;
}

/** Nothing of a webhook that asks for no less noise, or of an event that has its delivery. */
export function noiseCheck(
  webhook: Pick<WebhookRow, 'skipUnchanged' | 'onePublish'>,
  newest: EventRow | undefined,
  isSent: boolean,
  leftOut: ReadonlyMap<number, NoiseReason>,
): WhyCheck[] {
  if (!newest || isSent || !(webhook.skipUnchanged || webhook.onePublish)) return [];
  const reason = leftOut.get(newest.id) ?? null;
  return [{ name: 'noise', answer: reason === null ? 'yes' : 'no', detail: reason }];
}
