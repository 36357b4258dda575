import type { GateRow } from '../gate';
import { isTroubled } from '../gate';
import type { OutcomeRow } from '../store/outcomes';
import type { PreparedRequest } from '../payload';
import type { StoredDelivery } from '../store/deliveries';
import type { DeliverDeps, Sent } from './attempt/deliver';
import { decide, notSent, send } from './attempt/deliver';
import { renderedParcel, standardParcel } from './attempt/parcel';
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
  health: WebhookHealth;
  log(message: string): void;
}

/** Sends a claimed delivery, writes its outcome, and updates the webhook's gate. */
export function createWorker(deps: WorkerDeps) {
  const attempt = (item: WorkItem): Promise<Sent> | Sent => {
    const { delivery, webhook, body, prepared } = item;
    if (prepared !== null && 'problem' in prepared) {
      const error = prepared.problem;
      return notSent({ at: deps.now(), url: webhook.shownUrl, code: 'template_failed', error });
    }
    if (prepared === null && body === null) {
      const error = 'the body of this event is no longer stored';
      return notSent({ at: deps.now(), url: webhook.shownUrl, code: 'internal', error });
    }
    return send(deps, {
      messageId: delivery.messageId,
      test: delivery.test,
      secrets: webhook.secrets,
      timeoutMs: webhook.timeoutMs,
      ...(prepared === null
        ? standardParcel(webhook, body ?? '')
        : renderedParcel(webhook, prepared.request)),
    });
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
      await deps.record(decision.row);
      if (decision.signal) await deps.health(webhook.id, webhook.gate, decision.signal);
    } catch (error) {
      // The lease expires and the delivery is due again: at least once.
      deps.log(`event-webhooks: delivery ${item.delivery.id} could not be processed: ${reasonOf(error)}`);
    }
  };
}
