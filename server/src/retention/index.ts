/**
 * WHAT IS TOO OLD GOES, and what waits for webhooks that are no more is cancelled: one process at a time, in small steps.
 * It decides nothing about deliveries that are still to be made.
 */
import { randomUUID } from 'node:crypto';
import type { Context } from '../context';
import { eachHour } from '../hourly';
import { reasonOf } from '../reason';
import type { Stop } from '../stops';
import { createOrphansService } from './orphans';
import { createRetentionService } from './retention';
import type { RetentionDeps } from './retention';

export function openRetention(context: Context, { values }: Pick<RetentionDeps, 'values'>) {
  const { strapi, store, now, elapsed, log } = context;
  const { pool } = store.database;
  const retention = createRetentionService({
    store: store.retention,
    leases: store.leases,
    values,
    holder: randomUUID(),
    now,
    elapsed,
    log: log.info,
  });
  const orphans = createOrphansService({
    all: () => store.webhooks.all(pool()),
    find: (id) => store.webhooks.find(pool(), id),
    orphans: store.orphans.webhookIds,
    cancelWaiting: (id) => store.deliveries.cancelOfWebhook(id, now()),
    now,
    log: log.info,
  });
  const stops: Stop[] = [['retention', retention.stop]];
  return {
    /** One has arrived: its body may be dropped. */
    delivered: retention.delivered,
    /** Called each second; checks at intervals. */
    cancelOrphans: orphans.cancel,
    /** Each hour; the service guards against overlap with other instances. */
    startHourly(): void {
      eachHour(strapi, 'event-webhooks-retention', 41, () =>
        retention.run().catch((error: unknown) => {
          log.warn(`event-webhooks: retention failed, next run in an hour: ${reasonOf(error)}`);
        }),
      );
    },
    stops,
  };
}

export type RetentionRoom = ReturnType<typeof openRetention>;
