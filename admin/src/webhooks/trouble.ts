import type { AttentionCode, LoopView, WebhookInTrouble, WebhookState } from '../../../contracts';
import type { TextId } from '../text/useText';
import { homeWords, reasonText } from './reasons';

/** Red: somebody must act. Amber: it is being taken care of. Grey: somebody wanted it so. */
export type Tone = 'success' | 'warning' | 'danger' | 'neutral';

export type Remedy =
  | 'turn_on'
  | 'turn_on_anyway'
  | 'leave_actor_out'
  | 'resume'
  | 'move_here'
  | 'change_url'
  | 'choose_events'
  | 'take_new_event'
  | 'remove_event'
  | 'enter_header'
  | 'enter_address'
  | 'new_secret'
  | 'see_deliveries'
  | 'see_event'
  | 'edit_conditions'
  | 'edit_template'
  | 'edit_fields'
  | 'see_queue';

export interface Trouble {
  code: AttentionCode | 'paused' | 'held' | 'slowed';
  tone: Tone;
  /** A heading; takes `{time}` where there is an end. */
  title: TextId;
  /** One sentence; takes `{detail}`. */
  reason: TextId;
  detail: string;
  /** With a loop: who keeps it going, as the sentence names it. */
  loop?: LoopView;
  /** Epoch milliseconds until which it waits; null where no end is known, or it does not wait. */
  until: number | null;
  /** Epoch milliseconds since when it fails; null where that is not the matter. */
  since: number | null;
  /** What may be done about it, the best first. */
  remedies: readonly Remedy[];
  /** Somebody wanted it so: its own page says it, lists do not. */
  isChosen: boolean;
}

/** What a state is called; `failing` and `trouble` are those by which a list is narrowed. */
export const stateName = (state: WebhookState | 'failing' | 'trouble'): TextId => `webhook.state.${state}`;

/** What a webhook's state is called, and in which colour. */
export function stateOf({ state }: { state: WebhookState }): { text: TextId; tone: Tone } {
  return { text: stateName(state), tone: stateTones[state] };
}

const stateTones: Record<WebhookState, Tone> = {
  active: 'success',
  paused: 'neutral',
  disabled: 'danger',
  held: 'warning',
  away: 'warning',
};

/**
 * All that keeps a webhook from working as it should, the gravest first; empty where all is well. The one source for
 * list, page, home page and dialogs.
 */
export function troublesOf(webhook: WebhookInTrouble): Trouble[] {
  return [ofNeed(webhook), ofState(webhook)].filter((trouble) => trouble !== null);
}

/** What is to be told in one line: the gravest that nobody chose; null where there is nothing to tell. */
export const troubleOf = (webhook: WebhookInTrouble): Trouble | null =>
  troublesOf(webhook).find(({ isChosen }) => !isChosen) ?? null;

const common = { detail: '', until: null, since: null, isChosen: false } as const;

function ofState(webhook: WebhookInTrouble): Trouble | null {
  const { state, stateReason, heldUntil, slowed } = webhook;
  const { text: title, tone } = stateOf(webhook);
  const reason = reasonText(stateReason);
  switch (state) {
    case 'disabled':
      return { ...common, ...loopOf(webhook), code: state, tone, title, reason, ...afterDisabling(webhook) };
    case 'paused':
      return {
        ...{ ...common, code: state, tone, title, isChosen: true },
        reason: 'webhook.notice.paused',
        remedies: ['turn_on'],
      };
    case 'away':
      return {
        ...{ ...common, code: state, tone, reason, detail: homeWords(webhook) },
        title: 'webhook.notice.away',
        remedies: ['move_here'],
      };
    case 'held': {
      // Its own rate limit and *Pause everything* are what somebody chose: no button goes past them.
      const isChosen = stateReason === 'rate_limit' || stateReason === 'everything_paused';
      return {
        ...{ ...common, code: state, tone, reason, until: heldUntil, isChosen },
        title: heldUntil === null ? 'webhook.notice.held' : 'webhook.notice.held_until',
        remedies: isChosen ? [] : ['resume'],
      };
    }
    case 'active':
      if (!slowed) return null;
      return {
        ...{ ...common, code: 'slowed', tone: 'warning', title: 'webhook.notice.slowed' },
        reason: 'webhook.reason.throttle',
        remedies: ['resume'],
      };
  }
}

const loopOf = ({ needsAttention }: WebhookInTrouble): Pick<Trouble, 'loop'> =>
  needsAttention?.loop ? { loop: needsAttention.loop } : {};

/** After 410 Gone the same address would be refused again, and after a loop there would be another one. */
function afterDisabling({ stateReason, needsAttention }: WebhookInTrouble): Pick<Trouble, 'remedies'> {
  if (stateReason === 'gone') return { remedies: ['change_url', 'turn_on'] };
  if (needsAttention?.loop) return { remedies: ['leave_actor_out', 'turn_on_anyway'] };
  return { remedies: ['turn_on'] };
}

interface Need {
  tone: Tone;
  title: TextId;
  reason: TextId;
  remedy: Remedy;
  /** Where there is a choice. */
  otherwise?: Remedy;
}

const needs: Record<Exclude<AttentionCode, 'disabled' | 'away'>, Need> = {
  event_type_gone: {
    tone: 'danger',
    title: 'webhook.notice.attention',
    reason: 'webhook.reason.event_type_gone',
    remedy: 'choose_events',
  },
  event_taken_over: {
    tone: 'danger',
    title: 'webhook.notice.attention',
    reason: 'webhook.reason.event_taken_over',
    remedy: 'take_new_event',
    otherwise: 'remove_event',
  },
  field_gone: {
    tone: 'warning',
    title: 'webhook.notice.field_gone',
    reason: 'webhook.reason.field_gone',
    remedy: 'see_event',
  },
  condition_gone: {
    tone: 'warning',
    title: 'webhook.notice.condition_gone',
    reason: 'webhook.reason.condition_gone',
    remedy: 'edit_conditions',
  },
  template_gone: {
    tone: 'danger',
    title: 'webhook.notice.attention',
    reason: 'webhook.reason.template_gone',
    remedy: 'edit_template',
  },
  template_name_gone: {
    tone: 'warning',
    title: 'webhook.notice.template_name_gone',
    reason: 'webhook.reason.template_name_gone',
    remedy: 'edit_template',
  },
  fields_gone: {
    tone: 'warning',
    title: 'webhook.notice.fields_gone',
    reason: 'webhook.reason.fields_gone',
    remedy: 'edit_fields',
  },
  secret_unreadable: {
    tone: 'danger',
    title: 'webhook.notice.attention',
    reason: 'webhook.reason.secret_unreadable',
    remedy: 'new_secret',
  },
  header_unreadable: {
    tone: 'danger',
    title: 'webhook.notice.attention',
    reason: 'webhook.reason.header_unreadable',
    remedy: 'enter_header',
  },
  address_unreadable: {
    tone: 'danger',
    title: 'webhook.notice.attention',
    reason: 'webhook.reason.address_unreadable',
    remedy: 'enter_address',
  },
  stalled: {
    tone: 'danger',
    title: 'webhook.notice.stalled',
    reason: 'webhook.reason.stalled',
    remedy: 'see_queue',
  },
  failing: {
    tone: 'danger',
    title: 'webhook.notice.failing',
    reason: 'webhook.reason.failing_now',
    remedy: 'see_deliveries',
  },
};

function ofNeed({ needsAttention, failingSince }: WebhookInTrouble): Trouble | null {
  if (needsAttention === null) return null;
  const { code, detail } = needsAttention;
  // Shown as its state.
  if (code === 'disabled' || code === 'away') return null;
  const { remedy, otherwise, ...words } = needs[code];
  return {
    ...{ ...common, ...words, code },
    detail: detail ?? '',
    since: code === 'failing' ? failingSince : null,
    remedies: otherwise ? [remedy, otherwise] : [remedy],
  };
}
