import type { Core } from '@strapi/strapi';
import { createDatabase } from './connection';
import { createDeliveryLog } from './delivery-log';
import { createDeliveryStore } from './deliveries';
import { createEventStore } from './events';
import { createOutcomeStore } from './outcomes';
import { createWebhookStore } from './webhooks';

/** The only room that speaks SQL: one function a query, batch first, numbers at its edge. */
export function createStore(strapi: Core.Strapi) {
  const database = createDatabase(strapi);
  return {
    database,
    events: createEventStore(database),
    webhooks: createWebhookStore(strapi, database),
    deliveries: createDeliveryStore(database),
    outcomes: createOutcomeStore(database),
    log: createDeliveryLog(database),
  };
}

export type Store = ReturnType<typeof createStore>;
