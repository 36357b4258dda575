import type { WebhookView } from '../../../contracts';
import { stateNotices } from './webhook-state';

const webhook = {
  state: 'active',
  stateReason: null,
  heldUntil: null,
  home: null,
  slowed: false,
  needsAttention: null,
} as unknown as WebhookView;
const told = (changes: Partial<WebhookView>) =>
  stateNotices({ ...webhook, ...changes }).map(({ tone, title, remedy }) => [tone, title, remedy]);

describe('above the page of a webhook', () => {
  it('stands nothing while it is well', () => {
    expect(told({})).toEqual([]);
  });

  it('stands until when it is held, with the button to go on', () => {
    expect(told({ state: 'held', stateReason: 'breaker', heldUntil: 1 })).toEqual([
      ['warning', 'webhook.notice.held_until', 'resume'],
    ]);
    expect(told({ slowed: true })).toEqual([['warning', 'webhook.notice.slowed', 'resume']]);
  });

  it.each(['rate_limit', 'everything_paused'])('is no button against %s, which somebody chose', (reason) => {
    expect(told({ state: 'held', stateReason: reason })).toEqual([['warning', 'webhook.notice.held', null]]);
  });

  it('is a disabled one told of once', () => {
    const needsAttention = { code: 'disabled', detail: 'gone' } as const;
    expect(told({ state: 'disabled', stateReason: 'gone', needsAttention })).toEqual([
      ['danger', 'webhook.state.disabled', 'turn_on'],
    ]);
  });

  it('stand both that it waits and that it has been failing', () => {
    const needsAttention = { code: 'failing', detail: null } as const;
    expect(told({ state: 'held', stateReason: 'breaker', heldUntil: 1, needsAttention })).toEqual([
      ['warning', 'webhook.notice.held_until', 'resume'],
      ['danger', 'webhook.notice.failing', 'need'],
    ]);
  });

  it.each([
    ['secret_unreadable', 'danger', 'webhook.notice.attention'],
    ['header_unreadable', 'danger', 'webhook.notice.attention'],
    ['event_type_gone', 'danger', 'webhook.notice.attention'],
    ['field_gone', 'warning', 'webhook.notice.field_gone'],
    ['stalled', 'danger', 'webhook.notice.stalled'],
  ] as const)('is each need told with its one remedy: %s', (code, tone, title) => {
    expect(told({ needsAttention: { code, detail: null } })).toEqual([[tone, title, 'need']]);
  });
});
