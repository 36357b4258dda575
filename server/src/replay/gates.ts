import type { GateState, World } from '../gate';
import { gateState, skipsNewEvents } from '../gate';
import type { Store } from '../store';
import type { WebhookRow } from '../store/webhooks';
import type { ReplayGate } from './replay-runner';

/** What becomes of this webhook's part of a job. */
export function gateOf(row: WebhookRow, gate: GateState): Exclude<ReplayGate, 'webhook_deleted'> {
  if (skipsNewEvents(row)) return 'webhook_off';
  return gate.state === 'active' ? 'open' : 'waits';
}

/** The same for several, by their ids. */
export const createReplayGates =
  ({ store, world }: { store: Store; world(): World }) =>
  async (webhookIds: readonly number[], now: number): Promise<Map<number, ReplayGate>> => {
    const rows = await store.webhooks.all(store.database.pool());
    return new Map(
      webhookIds.map((id) => {
        const row = rows.find((webhook) => webhook.id === id);
        return [id, row ? gateOf(row, gateState(row, now, world())) : 'webhook_deleted'] as const;
      }),
    );
  };
