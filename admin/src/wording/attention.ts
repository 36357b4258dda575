import type { HomeView, WebhookInTrouble } from '../../../contracts';
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
  header_unreadable: 'webhook.reason.header_unreadable',
  field_gone: 'webhook.reason.field_gone',
  stalled: 'webhook.reason.stalled',
  event_type_gone: 'webhook.reason.event_type_gone',
  breaker: 'webhook.reason.breaker',
  throttle: 'webhook.reason.throttle',
  rate_limit: 'webhook.reason.rate_limit',
  everything_paused: 'webhook.reason.everything_paused',
  name: 'webhook.reason.name',
  environment: 'webhook.reason.environment',
  host: 'webhook.reason.host',
};

/** Why a webhook is off or waits, by the code that the server gives. */
export const reasonText = (code: string | null): TextId => reasons[code ?? ''] ?? 'webhook.reason.other';

export interface Attention {
  text: TextId;
  values: { detail: string };
  /** Its one remedy. */
  remedy:
    | 'turn_on'
    | 'edit'
    | 'enter_header'
    | 'rotate'
    | 'move_here'
    | 'see_deliveries'
    | 'see_event'
    | 'see_queue';
}

/** What a webhook needs from its administrator, or null. */
export function attentionOf(webhook: WebhookInTrouble): Attention | null {
  const need = webhook.needsAttention;
  if (!need) return null;
  const values = { detail: need.detail ?? '' };
  switch (need.code) {
    case 'disabled':
      return { text: reasonText(webhook.stateReason), values, remedy: 'turn_on' };
    case 'away':
      return {
        text: reasonText(webhook.stateReason),
        values: { detail: homeWords(webhook) },
        remedy: 'move_here',
      };
    case 'event_type_gone':
      return { text: 'webhook.reason.event_type_gone', values, remedy: 'edit' };
    case 'field_gone':
      return { text: 'webhook.reason.field_gone', values, remedy: 'see_event' };
    case 'secret_unreadable':
      return { text: 'webhook.reason.secret_unreadable', values, remedy: 'rotate' };
    case 'header_unreadable':
      return { text: 'webhook.reason.header_unreadable', values, remedy: 'enter_header' };
    case 'stalled':
      return { text: 'webhook.reason.stalled', values, remedy: 'see_queue' };
    case 'failing':
      return { text: 'webhook.reason.failing_now', values, remedy: 'see_deliveries' };
  }
}

/** Where it is at home, by the rule that found it away. */
export function homeWords({
  home,
  stateReason,
}: {
  home: HomeView | null;
  stateReason: string | null;
}): string {
  const words = stateReason === 'name' ? (home?.name ?? home?.host) : (home?.host ?? home?.name);
  return words ?? home?.environment ?? '';
}

export interface Hold {
  text: TextId;
  /** Epoch milliseconds; null where it is held, or slowed, with no end that is known. */
  until: number | null;
  /** Nobody is asked to go past a limit that somebody chose. */
  canResume: boolean;
}

/** Why a webhook waits, or sends less than it may, without needing anybody; null where it does not. */
export function holdOf(webhook: WebhookInTrouble): Hold | null {
  const { state, stateReason, heldUntil, slowed } = webhook;
  // What pauses everything is told once, above every screen.
  if (state === 'held' && stateReason !== 'everything_paused') {
    return { text: reasonText(stateReason), until: heldUntil, canResume: stateReason !== 'rate_limit' };
  }
  if (state === 'active' && slowed) return { text: 'webhook.reason.throttle', until: null, canResume: true };
  return null;
}
