import type { GatePatch, GateRow } from '../gate/gate';
import { afterAttempt } from '../gate/gate';
import type { OutcomeRow } from '../store/outcomes';
import type { StoredDelivery } from '../store/deliveries';
import type { DeliverDeps, Sent } from './deliver';
import { decide, notSent, send } from './deliver';

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
  };
}

export interface WorkerDeps extends DeliverDeps {
  /** Resolves when the outcome is written. */
  record(row: OutcomeRow): Promise<void>;
  gateOf(webhookId: number): Promise<GateRow | null>;
  patchGate(webhookId: number, patch: GatePatch): Promise<void>;
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

  return async (item: WorkItem): Promise<void> => {
    try {
      const { delivery, webhook } = item;
      const sent = await attempt(item);
      const decision = decide(
        sent,
        {
          deliveryId: delivery.id,
          webhookId: delivery.webhookId,
          fence: delivery.fence,
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
      if (decision.disable === null && decision.pauseUntil === null) return;
      const gate = await deps.gateOf(webhook.id);
      const patch = gate && afterAttempt(gate, decision, deps.now());
      if (patch) await deps.patchGate(webhook.id, patch);
    } catch (error) {
      // The lease runs out and the delivery is due again: at least once.
      deps.log(`event-webhooks: delivery ${item.delivery.id} could not be worked on: ${String(error)}`);
    }
  };
}
