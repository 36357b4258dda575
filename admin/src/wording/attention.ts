import type { WebhookView } from '../../../contracts';
import type { TextId } from '../hooks/useText';

const reasons: Record<string, TextId> = {
  gone: 'webhook.reason.gone',
  receiver_asked: 'webhook.reason.receiver_asked',
  failing: 'webhook.reason.failing',
  retry_after: 'webhook.reason.retry_after',
  held: 'webhook.reason.held',
  paused: 'webhook.reason.paused',
  disabled: 'webhook.reason.disabled',
  secret_unreadable: 'webhook.reason.secret_unreadable',
  event_type_gone: 'webhook.reason.event_type_gone',
};

/** Why a webhook is off or waits, by the code that the server gives. */
export const reasonText = (code: string | null): TextId => reasons[code ?? ''] ?? 'webhook.reason.other';

export interface Attention {
  text: TextId;
  values: { detail: string };
  /** Its one remedy. */
  remedy: 'turn_on' | 'edit' | 'rotate';
}

/** What a webhook needs from its administrator, or null. */
export function attentionOf(webhook: WebhookView): Attention | null {
  const need = webhook.needsAttention;
  if (!need) return null;
  const values = { detail: need.detail ?? '' };
  if (need.code === 'disabled') return { text: reasonText(webhook.stateReason), values, remedy: 'turn_on' };
  if (need.code === 'event_type_gone') {
    return { text: 'webhook.reason.event_type_gone', values, remedy: 'edit' };
  }
  return { text: 'webhook.reason.secret_unreadable', values, remedy: 'rotate' };
}
