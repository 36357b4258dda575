import type { HomeView } from '../../../contracts';
import type { TextId } from '../text/useText';

const reasons: Record<string, TextId> = {
  gone: 'webhook.reason.gone',
  receiver_asked: 'webhook.reason.receiver_asked',
  failing: 'webhook.reason.failing',
  loop: 'webhook.reason.loop',
  loop_trial: 'webhook.reason.loop_trial',
  loop_trial_again: 'webhook.reason.loop_trial',
  retry_after: 'webhook.reason.retry_after',
  held: 'webhook.reason.held',
  paused: 'webhook.reason.paused',
  disabled: 'webhook.reason.disabled',
  secret_unreadable: 'webhook.reason.secret_unreadable',
  header_unreadable: 'webhook.reason.header_unreadable',
  address_unreadable: 'webhook.reason.address_unreadable',
  event_taken_over: 'webhook.reason.event_taken_over',
  field_gone: 'webhook.reason.field_gone',
  condition_gone: 'webhook.reason.condition_gone',
  template_gone: 'webhook.reason.template_gone',
  template_name_gone: 'webhook.reason.template_name_gone',
  fields_gone: 'webhook.reason.fields_gone',
  stalled: 'webhook.reason.stalled',
  event_type_gone: 'webhook.reason.event_type_gone',
  breaker: 'webhook.reason.breaker',
  throttle: 'webhook.reason.throttle',
  rate_limit: 'webhook.reason.rate_limit',
  everything_paused: 'webhook.reason.everything_paused',
  name: 'webhook.reason.name',
  unnamed: 'webhook.reason.unnamed',
  environment: 'webhook.reason.environment',
  host: 'webhook.reason.host',
  database: 'webhook.reason.database',
};

/** Why a webhook is off or on hold, by the server's code. */
export const reasonText = (code: string | null): TextId => reasons[code ?? ''] ?? 'webhook.reason.other';

/** The installation it belongs to, by the rule that detected it. */
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
