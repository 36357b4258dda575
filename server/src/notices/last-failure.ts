import type { Store } from '../store';
import type { Failure } from '../wording';

/** What the last attempt of a webhook failed with; null where it did not. */
export async function lastFailure(store: Store, webhookId: number): Promise<Failure | null> {
  const pool = store.database.pool();
  const last = (await store.outcomes.lastDeliveries(pool, [webhookId])).get(webhookId);
  const delivery = last === undefined ? null : await store.deliveries.find(pool, last);
  if (!delivery || delivery.code === null) return null;
  const { httpStatus, host, durationMs } = delivery;
  return { code: delivery.code as Failure['code'], httpStatus, host, durationMs };
}
