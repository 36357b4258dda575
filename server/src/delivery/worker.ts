import type { GateRow } from '../gate';
import { isTroubled } from '../gate';
import type { NewEvent } from '../store/events';
import type { OutcomeRow } from '../store/outcomes';
import type { StoredDelivery } from '../store/deliveries';
import type { DeliverDeps, Sent } from './attempt/deliver';
import { decide, notSent, send } from './attempt/deliver';
import { renderedParcel, standardParcel } from './attempt/parcel';
import type { Request } from './attempt/parcel';
import { SecretError } from '../rendering';
import type { PreparedRequest } from '../rendering';
import type { FailureCode } from '../../../contracts';
import type { WebhookHealth } from './webhook-health';
import { reasonOf } from '../reason';

/** A claimed delivery, as handed over by the queue. */
export interface WorkItem {
  delivery: StoredDelivery;
  body: string | null;
  /** Where it is not sent in the standard format: its request, or why there is none. */
  prepared: PreparedRequest | null;
  webhook: {
    id: number;
    url: string;
    shownUrl: string;
    headers: readonly { name: string; value: string; secret?: boolean }[];
    secrets: readonly string[];
    templateSecrets: readonly { name: string; value: string }[];
    timeoutMs: number;
    retryScheduleSeconds: readonly number[];
    /** Its gate at the time of the claim. */
    gate: GateRow;
  };
}

export interface WorkerDeps extends DeliverDeps {
  /** Resolves when the outcome is written. */
  record(row: OutcomeRow): Promise<void>;
  /** The event that is written with this outcome, or null. */
  failedDelivery(delivery: StoredDelivery, row: OutcomeRow): NewEvent | null;
  health: WebhookHealth;
  log(message: string): void;
}

/** Sends a claimed delivery, writes its outcome, and updates the webhook's gate. */
export function createWorker(deps: WorkerDeps) {
  const attempt = (item: WorkItem): Promise<Sent> | Sent => {
    const { delivery, webhook } = item;
    const request = requestOf(item);
    if ('problem' in request) {
      const { code, problem: error } = request;
      return notSent({ at: deps.now(), url: webhook.shownUrl, code, error });
    }
    const { messageId, test } = delivery;
    const { secrets, timeoutMs } = webhook;
    return send(deps, { ...request, messageId, test, secrets, timeoutMs });
  };

  /**
   * `ended` is called if a slot need not wait for its outcome to be written: after a success of a healthy
   * webhook. Any other attempt can close the gate, and the next must not start before it has.
   */
  return async (item: WorkItem, ended: () => void = () => undefined): Promise<void> => {
    try {
      const { delivery, webhook } = item;
      const sent = await attempt(item);
      if (sent.outcome.outcome === 'succeeded' && !isTroubled(webhook.gate)) ended();
      const decision = decide(
        sent,
        {
          deliveryId: delivery.id,
          webhookId: delivery.webhookId,
          fence: delivery.fence,
          orderKey: delivery.orderKey,
          attempts: delivery.attempts,
          scheduleOffset: delivery.scheduleOffset,
          schedule: webhook.retryScheduleSeconds,
          kind:
            delivery.scheduleOffset > 0 && delivery.attempts === delivery.scheduleOffset
              ? 'manual'
              : 'automatic',
        },
        deps.now(),
        deps.random,
      );
      await deps.record({ ...decision.row, event: deps.failedDelivery(delivery, decision.row) });
      if (decision.signal) await deps.health(webhook.id, webhook.gate, decision.signal);
    } catch (error) {
      // The lease expires and the delivery is due again: at least once.
      deps.log(`event-webhooks: delivery ${item.delivery.id} could not be processed: ${reasonOf(error)}`);
    }
  };
}

/** What is sent of a delivery, or why nothing can be. */
function requestOf({ body, prepared, webhook }: WorkItem): Request | { code: FailureCode; problem: string } {
  if (prepared === null && body === null)
    return { code: 'internal', problem: 'the body of this event is no longer stored' };
  if (prepared === null) return standardParcel(webhook, body ?? '');
  if ('problem' in prepared) return { code: 'template_failed', problem: prepared.problem };
  try {
    return renderedParcel(webhook, prepared.request);
  } catch (error) {
    if (error instanceof SecretError) return { code: 'template_failed', problem: reasonOf(error) };
    throw error;
  }
}
