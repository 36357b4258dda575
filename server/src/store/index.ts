/**
 * THE ONLY ROOM THAT SPEAKS SQL: one function a query, batches first, numbers and not the driver's texts at its edge.
 * It decides nothing: what a row means, who may read it and what happens next is asked elsewhere.
 */
import type { Core } from '@strapi/strapi';
import { useWholeUnicode } from './charset';
import { createBusinessEventStore } from './business-events';
import type { DatabaseOptions } from './connection';
import { createDatabase } from './connection';
import { createDeliveryStore } from './deliveries';
import { createDeliveryLog } from './deliveries/log';
import { createDeliveryScan } from './deliveries/scan';
import { createEventStore } from './events';
import { createFutureStore } from './future';
import { createLeaseStore } from './leases';
import { createIdentityStore } from './identity';
import { createInstanceStore } from './instances';
import { createLoopStore } from './loops';
import { createOrphanStore } from './orphans';
import { createOrderStore } from './order';
import { createOutcomeStore } from './outcomes';
import { createReplayStore } from './replays';
import { createRetentionStore } from './retention';
import { createSavepoints, endsTransaction } from './savepoint';
import { createPublishedEntries } from './published-entries';
import { createShowingStore } from './showing';
import { createStatisticsStore } from './statistics';
import { createToldAddressStore } from './told-addresses';
import { createWebhookStore } from './webhooks';

export { lockFileOf, tryLock } from './alone';
export type { BusinessEventRow, NewBusinessEvent } from './business-events';
export { isRowFault, isTransient } from './connection';
export type { Connection } from './connection';
export { againAfterDeadlock } from './deadlock';
export type { ClaimInput, DeliveryRef, NewDelivery, Slot, StoredDelivery } from './deliveries';
export { filterOf } from './deliveries/log';
export { withoutEntry } from './events';
export type { EventRow, NewEvent, UnmatchedEvent } from './events';
export { createFileUsesStore } from './file-uses';
export { createInboxStore } from './inbox';
export type {
  InboxRequestSummary,
  InboxStore,
  NewInboxRequest,
  StoredInbox,
  StoredInboxRequest,
} from './inbox';
export type { InstanceRow, InstanceStore } from './instances';
export type { LeaseStore } from './leases';
export { lineName } from './order';
export type { Line } from './order';
export { othersTurn } from './others-turn';
export { hourMs } from './outcomes';
export type { AttemptRow, HourRow, NewAttempt, OutcomeRow } from './outcomes';
export { createPace } from './pace';
export { createRateCounter } from './rates';
export type { RateCounter } from './rates';
export { added } from './replays';
export type { ReplayChunk, ReplayFilter, ReplayRow, ReplayStep } from './replays';
export type { RetentionStore, Step } from './retention';
export { createRowLocks } from './row-lock';
export type { LockedRows, RowLocks } from './row-lock';
export type { Savepoints } from './savepoint';
export { createSigningStore } from './signing';
export { partsOf } from './statements';
export type { NewWebhook, StoredHeader, StoredHome, WebhookRow } from './webhooks';

export function createStore(strapi: Core.Strapi, options: DatabaseOptions = {}) {
  const database = createDatabase(strapi, options);
  const order = createOrderStore(database);
  const scan = createDeliveryScan(database);
  const deliveries = createDeliveryStore(database);
  const events = createEventStore(database);
  return {
    database,
    useWholeUnicode: () => useWholeUnicode(database),
    savepoints: createSavepoints(database),
    /** Whether this error has ended the transaction. */
    endsTransaction: (error: unknown): boolean => endsTransaction(database, error),
    events,
    webhooks: createWebhookStore(strapi, database),
    businessEvents: createBusinessEventStore(strapi, database),
    deliveries,
    outcomes: createOutcomeStore(database, order, events),
    order,
    log: createDeliveryLog(database, scan),
    leases: createLeaseStore(database),
    loops: createLoopStore(database),
    future: createFutureStore(database),
    retention: createRetentionStore(database),
    identity: createIdentityStore(database),
    orphans: createOrphanStore(database),
    instances: createInstanceStore(database),
    replays: createReplayStore(database, scan, deliveries),
    statistics: createStatisticsStore(database),
    showing: createShowingStore(strapi, database),
    publishedEntries: createPublishedEntries(strapi, database),
    toldAddresses: createToldAddressStore(database),
  };
}

export type Store = ReturnType<typeof createStore>;
