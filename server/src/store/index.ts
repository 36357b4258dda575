import type { Core } from '@strapi/strapi';
import { useWholeUnicode } from './charset';
import type { DatabaseOptions } from './connection';
import { createDatabase } from './connection';
import { createDeliveryLog } from './delivery-log';
import { createDeliveryScan } from './delivery-scan';
import { createDeliveryStore } from './deliveries';
import { createEventStore } from './events';
import { createLeaseStore } from './leases';
import { createInstanceStore } from './instances';
import { createOrderStore } from './order';
import { createOutcomeStore } from './outcomes';
import { createReplayStore } from './replays';
import { createRetentionStore } from './retention';
import { createSavepoints, endsTransaction } from './savepoint';
import { createStatisticsStore } from './statistics';
import { createWebhookStore } from './webhooks';

/** The only room that speaks SQL: one function a query, batch first, numbers at its edge. */
export function createStore(strapi: Core.Strapi, options: DatabaseOptions = {}) {
  const database = createDatabase(strapi, options);
  const order = createOrderStore(database);
  const scan = createDeliveryScan(database);
  const deliveries = createDeliveryStore(database);
  return {
    database,
    useWholeUnicode: () => useWholeUnicode(database),
    savepoints: createSavepoints(database),
    /** Whether the transaction is no more after this error. */
    endsTransaction: (error: unknown): boolean => endsTransaction(database, error),
    events: createEventStore(database),
    webhooks: createWebhookStore(strapi, database),
    deliveries,
    outcomes: createOutcomeStore(database, order),
    order,
    log: createDeliveryLog(database, scan),
    leases: createLeaseStore(database),
    retention: createRetentionStore(database),
    instances: createInstanceStore(database),
    replays: createReplayStore(database, scan, deliveries),
    statistics: createStatisticsStore(database),
  };
}

export type Store = ReturnType<typeof createStore>;
