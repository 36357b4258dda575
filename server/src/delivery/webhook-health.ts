import type { GateNews, GateOptions, GatePatch, GateRow, GateSignal } from '../gate/gate';
import { afterAttempt, isTroubled } from '../gate/gate';

export interface WebhookHealthDeps {
  gateOf(webhookId: number): Promise<GateRow | null>;
  /** False where another instance has said the same before. */
  patchGate(webhookId: number, patch: GatePatch): Promise<boolean>;
  /** The webhook was deleted while this was under way: what waits for it is to be cancelled. */
  gone(webhookId: number): Promise<void>;
  /** Its owner, and whoever subscribed to the events about webhooks. */
  tell(webhookId: number, news: GateNews): Promise<void>;
  now(): number;
  random(): number;
  options: GateOptions;
}

/**
 * Carries what attempts say about their webhook into its row. One after the other for each webhook; a success of
 * a webhook in good health costs nothing.
 */
export function createWebhookHealth(deps: WebhookHealthDeps) {
  /** Webhooks that this process has written trouble for: the row as it was claimed may not know yet. */
  const troubled = new Set<number>();
  const last = new Map<number, Promise<void>>();

  const hear = async (webhookId: number, signal: GateSignal): Promise<void> => {
    const row = await deps.gateOf(webhookId);
    if (!row) {
      troubled.delete(webhookId);
      return deps.gone(webhookId);
    }
    const change = afterAttempt(row, signal, deps.now(), deps.options, deps.random);
    const written = change !== null && (await deps.patchGate(webhookId, change.patch));
    if (isTroubled({ ...row, ...change?.patch })) troubled.add(webhookId);
    else troubled.delete(webhookId);
    if (written && change.news) await deps.tell(webhookId, change.news);
  };

  /** `asClaimed` is the row as it was when the delivery was taken. Rejects where the database refuses. */
  return (webhookId: number, asClaimed: GateRow, signal: GateSignal): Promise<void> => {
    const nothingNew = signal.succeeded && signal.disable === null;
    if (nothingNew && !isTroubled(asClaimed) && !troubled.has(webhookId)) return Promise.resolve();
    const before = last.get(webhookId) ?? Promise.resolve();
    const heard = before.catch(() => undefined).then(() => hear(webhookId, signal));
    last.set(webhookId, heard);
    const forget = () => {
      if (last.get(webhookId) === heard) last.delete(webhookId);
    };
    heard.then(forget, forget);
    return heard;
  };
}

export type WebhookHealth = ReturnType<typeof createWebhookHealth>;
