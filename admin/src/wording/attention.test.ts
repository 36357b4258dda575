import type { WebhookInTrouble } from '../../../contracts';
import { attentionOf, holdOf } from './attention';

const well: WebhookInTrouble = {
  id: 1,
  name: 'CRM',
  host: 'crm.example.com',
  state: 'active',
  stateReason: null,
  heldUntil: null,
  home: null,
  slowed: false,
  needsAttention: null,
  missed: 0,
};

describe('what a webhook needs', () => {
  it('is nothing where all is well', () => {
    expect(attentionOf(well)).toBeNull();
    expect(holdOf(well)).toBeNull();
  });

  it.each<[string, Partial<WebhookInTrouble>, string, string]>([
    [
      'one that the receiver ended',
      { state: 'disabled', stateReason: 'gone', needsAttention: { code: 'disabled', detail: 'gone' } },
      'webhook.reason.gone',
      'turn_on',
    ],
    [
      'one whose event is gone',
      { needsAttention: { code: 'event_type_gone', detail: 'order.paid' } },
      'webhook.reason.event_type_gone',
      'edit',
    ],
    [
      'one whose secret cannot be read',
      { needsAttention: { code: 'secret_unreadable', detail: null } },
      'webhook.reason.secret_unreadable',
      'rotate',
    ],
    [
      'one whose secret header cannot be read',
      { needsAttention: { code: 'header_unreadable', detail: 'x-key' } },
      'webhook.reason.header_unreadable',
      'enter_header',
    ],
    [
      'one whose event names a field that is gone',
      { needsAttention: { code: 'field_gone', detail: 'Paid: state', eventType: 'order.paid' } },
      'webhook.reason.field_gone',
      'see_event',
    ],
    [
      'one whose queue nobody empties',
      { needsAttention: { code: 'stalled', detail: null } },
      'webhook.reason.stalled',
      'see_queue',
    ],
    [
      'one that fails for days',
      { needsAttention: { code: 'failing', detail: null } },
      'webhook.reason.failing_now',
      'see_deliveries',
    ],
  ])('has one remedy: %s', (_name, change, text, remedy) => {
    expect(attentionOf({ ...well, ...change })).toMatchObject({ text, remedy });
  });

  it('names the place where a webhook is at home, by the rule that holds it', () => {
    const home = { name: 'production', host: 'cms.example.com', environment: 'production' };
    const away = {
      ...well,
      state: 'away',
      home,
      needsAttention: { code: 'away', detail: home.host },
    } as const;
    expect(attentionOf({ ...away, stateReason: 'name' })).toEqual({
      text: 'webhook.reason.name',
      values: { detail: 'production' },
      remedy: 'move_here',
    });
    expect(attentionOf({ ...away, stateReason: 'host' })?.values.detail).toBe('cms.example.com');
  });
});

describe('why a webhook waits', () => {
  it('is said with its end, and can be ended by hand', () => {
    expect(holdOf({ ...well, state: 'held', stateReason: 'breaker', heldUntil: 5 })).toEqual({
      text: 'webhook.reason.breaker',
      until: 5,
      canResume: true,
    });
  });

  it('is also said where it goes on, but slower', () => {
    expect(holdOf({ ...well, slowed: true })).toMatchObject({ text: 'webhook.reason.throttle', until: null });
  });

  it('a limit that somebody chose is not passed by a button', () => {
    expect(holdOf({ ...well, state: 'held', stateReason: 'rate_limit', heldUntil: 5 })?.canResume).toBe(
      false,
    );
  });

  it('what pauses everything is not told at each webhook', () => {
    expect(holdOf({ ...well, state: 'held', stateReason: 'everything_paused' })).toBeNull();
  });
});
