import type { GateRow } from '../gate/gate';
import { isTroubled } from '../gate/gate';
import type { OutcomeRow } from '../store/outcomes';
import type { StoredDelivery } from '../store/deliveries';
import type { DeliverDeps, Sent } from './deliver';
import { decide, notSent, send } from './deliver';
import type { WebhookHealth } from './webhook-health';
import { reasonOf } from '../reason';

/** A claimed delivery, as the queue hands it over. */
export interface WorkItem {
  delivery: StoredDelivery;
  body: string | null;
  webhook: {
    id: number;
    url: string;
    headers: readonly { name: string; value: string; secret?: boolean }[];
    secrets: readonly string[];
    timeoutMs: number;
    retryScheduleSeconds: readonly number[];
    /** Its gate as it was when the delivery was taken. */
    gate: GateRow;
  };
}

export interface WorkerDeps extends DeliverDeps {
  /** Resolves when the outcome is written. */
  record(row: OutcomeRow): Promise<void>;
  health: WebhookHealth;
  log(message: string): void;
}

/** Sends a claimed delivery, writes what came of it, and moves the webhook's gate where the receiver asked for it. */
export function createWorker(deps: WorkerDeps) {
  const attempt = (item: WorkItem): Promise<Sent> | Sent => {
    const { delivery, webhook, body } = item;
    if (body === null) {
      const error = 'the body of this event is no longer kept';
      return notSent({ at: deps.now(), url: webhook.url, code: 'internal', error });
    }
    return send(deps, {
      messageId: delivery.messageId,
      body,
      test: delivery.test,
      url: webhook.url,
      headers: webhook.headers,
      secrets: webhook.secrets,
      timeoutMs: webhook.timeoutMs,
    });
  };

  /**
   * `ended` is called where a slot need not wait for its outcome to be written: after a success of a webhook in
   * good health. Any other attempt may close the gate, and the next must not slip through before it has.
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
      // The lease runs out and the delivery is due again: at least once.
      deps.log(`event-webhooks: delivery ${item.delivery.id} could not be worked on: ${reasonOf(error)}`);
    }
  };
}
