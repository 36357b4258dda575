import type { WebhookView } from '../../../contracts';
import type { TextId } from '../hooks/useText';
import { homeWords, reasonText } from './attention';

export interface StateNotice {
  /** Amber: it is being taken care of; red: somebody must act; grey: somebody wanted it so. */
  tone: 'warning' | 'danger' | 'neutral';
  title: TextId;
  reason: TextId;
  /** For `reason`. */
  detail: string;
  /** Epoch milliseconds; for the title `webhook.notice.held_until`. */
  until: number | null;
  /** `need`: the one remedy of what it needs. */
  remedy: 'resume' | 'turn_on' | 'move_here' | 'need' | null;
}

/** What stands above everything on a webhook's page: its state, where that is not *active*, and what it needs. */
export function stateNotices(webhook: WebhookView): StateNotice[] {
  const notices = [ofState(webhook), ofNeed(webhook)];
  return notices.filter((notice): notice is StateNotice => notice !== null);
}

function ofState(webhook: WebhookView): StateNotice | null {
  const { state, stateReason, heldUntil, slowed } = webhook;
  const reason = reasonText(stateReason);
  const common = { reason, detail: '', until: null };
  switch (state) {
    case 'disabled':
      return { ...common, tone: 'danger', title: 'webhook.state.disabled', remedy: 'turn_on' };
    case 'paused':
      return {
        ...common,
        tone: 'neutral',
        title: 'webhook.state.paused',
        reason: 'webhook.notice.paused',
        remedy: 'turn_on',
      };
    case 'away':
      return {
        ...common,
        tone: 'warning',
        title: 'webhook.notice.away',
        detail: homeWords(webhook),
        remedy: 'move_here',
      };
    case 'held':
      return {
        ...common,
        tone: 'warning',
        title: heldUntil === null ? 'webhook.notice.held' : 'webhook.notice.held_until',
        until: heldUntil,
        // Its own rate limit and *Pause everything* are what somebody chose.
        remedy: stateReason === 'rate_limit' || stateReason === 'everything_paused' ? null : 'resume',
      };
    case 'active':
      if (!slowed) return null;
      return {
        ...common,
        tone: 'warning',
        title: 'webhook.notice.slowed',
        reason: 'webhook.reason.throttle',
        remedy: 'resume',
      };
  }
}

function ofNeed({ needsAttention }: WebhookView): StateNotice | null {
  if (needsAttention === null) return null;
  const { code, detail } = needsAttention;
  const common = { detail: detail ?? '', until: null };
  switch (code) {
    case 'stalled':
    case 'field_gone':
      return {
        ...common,
        tone: code === 'stalled' ? 'danger' : 'warning',
        title: `webhook.notice.${code}`,
        reason: `webhook.reason.${code}`,
        remedy: 'need',
      };
    case 'event_type_gone':
    case 'header_unreadable':
    case 'secret_unreadable':
      return {
        ...common,
        tone: 'danger',
        title: 'webhook.notice.attention',
        reason: `webhook.reason.${code}`,
        remedy: 'need',
      };
    case 'failing':
      return {
        ...common,
        tone: 'danger',
        title: 'webhook.notice.failing',
        reason: 'webhook.notice.failing_why',
        remedy: 'need',
      };
    // Told as its state.
    case 'disabled':
    case 'away':
      return null;
  }
}
