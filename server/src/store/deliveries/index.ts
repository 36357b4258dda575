/**
 * DELIVERIES, one file a verb: what matching inserts, the queue claims and gives back, an administrator resends or
 * cancels, and what is counted and found of them. How an attempt ends is written by `store/outcomes`, who goes first in a
 * line is told by `store/order`; `scan` and `log` look through all of them.
 */
import type { Database } from '../connection';
import { deliveryCancel } from './cancel';
import { deliveryClaim } from './claim';
import { deliveryCollapse } from './collapse';
import { deliveryCount } from './count';
import { deliveryDue } from './due';
import { deliveryFind } from './find';
import { deliveryGiveBack } from './give-back';
import { deliveryInsert } from './insert';
import { deliveryRequests } from './request';
import { deliveryResend } from './resend';

export type { ClaimInput, DeliveryRef, Slot } from './due';
export type { WaitingDelivery } from './collapse';
export type { StoredRequest } from './request';
export type { NewDelivery, StoredDelivery } from './row';
export { fromDeliveryRow } from './row';

export const createDeliveryStore = (database: Database) => ({
  ...deliveryInsert(database),
  ...deliveryDue(database),
  ...deliveryClaim(database),
  ...deliveryGiveBack(database),
  ...deliveryRequests(database),
  ...deliveryResend(database),
  ...deliveryCancel(database),
  ...deliveryCollapse(database),
  ...deliveryCount(database),
  ...deliveryFind(database),
});

export type DeliveryStore = ReturnType<typeof createDeliveryStore>;
