import type { DeliveryStanding, FailureCode } from '../../../contracts';
import type { World } from '../gate';
import { gateState } from '../gate';
import type { StoredDelivery } from '../store/deliveries';
import type { WebhookRow } from '../store/webhooks';

export interface StandingDeps {
  /** Seconds between the attempts of a webhook that has no schedule of its own. */
  defaultSchedule: readonly number[];
  now(): number;
  world(): World;
}

/** How a delivery stands now: the one thing that every screen tells its status from. */
export function standingOf(
  delivery: StoredDelivery,
  webhook: WebhookRow | undefined,
  deps: StandingDeps,
): DeliveryStanding {
  const { state, attempts, scheduleOffset, test, httpStatus, code, dueAt } = delivery;
  const schedule = webhook?.retryScheduleSeconds ?? deps.defaultSchedule;
  return {
    state,
    attempts,
    maxAttempts: test ? 1 : scheduleOffset + schedule.length + 1,
    httpStatus,
    code: code as FailureCode | null,
    nextAttemptAt: state === 'pending' ? dueAt : null,
    keepsOthersWaiting: keepsOthersWaiting(delivery, webhook),
    skipReason: state === 'skipped' ? (delivery.skipReason ?? 'off') : null,
    ...held(delivery, webhook, deps),
  };
}

/** On hold is a property of the webhook; it is not stored in delivery rows. */
function held(delivery: StoredDelivery, webhook: WebhookRow | undefined, { now, world }: StandingDeps) {
  if (delivery.state !== 'pending' || !webhook) return { heldReason: null, heldUntil: null };
  const gate = gateState(webhook, now(), world());
  if (gate.state === 'active') return { heldReason: null, heldUntil: null };
  return {
    heldReason: 'reason' in gate ? gate.reason : gate.state,
    heldUntil: 'until' in gate ? gate.until : null,
  };
}

/** A permanently failed delivery keeps its place in the order only if its webhook is set so. */
const keepsOthersWaiting = ({ state, orderKey }: StoredDelivery, webhook: WebhookRow | undefined): boolean =>
  state === 'failed' && orderKey !== null && webhook?.ordered === true && webhook.onFailedHead === 'block';
