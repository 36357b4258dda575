import { eachInTurn } from '../store/others-turn';
import type { WebhookRow } from '../store/webhooks';

export interface OrphansDeps {
  all(): Promise<WebhookRow[]>;
  find(id: number): Promise<WebhookRow | null>;
  /** Ids with waiting deliveries that are not among these. */
  orphans(living: readonly number[]): Promise<number[]>;
  cancelWaiting(webhookId: number): Promise<void>;
  now(): number;
  log(message: string): void;
}

/** Not urgent, but such deliveries should not be shown as waiting for long. */
const everyMs = 60_000;

/**
 * Cancels waiting deliveries of webhooks that no longer exist. Deleting a webhook here cancels its own;
 * `strapi import` and `transfer` replace all webhooks without the plugin, and none of the new ones has an old
 * id.
 */
export function createOrphansService(deps: OrphansDeps) {
  let at = -Infinity;

  return {
    /** Called each second; checks at intervals. */
    async cancel(): Promise<void> {
      const now = deps.now();
      // A clock that was set back must not stop it.
      if (Math.abs(now - at) < everyMs) return;
      at = now;
      const orphans = await deps.orphans((await deps.all()).map((row) => row.id));
      await eachInTurn(orphans, async (id) => {
        // A webhook created meanwhile was not among those.
        if ((await deps.find(id)) !== null) return;
        await deps.cancelWaiting(id);
        deps.log(
          `event-webhooks: the waiting deliveries of webhook ${id}, which no longer exists, are cancelled`,
        );
      });
    },
  };
}

export type OrphansService = ReturnType<typeof createOrphansService>;
