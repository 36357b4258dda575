import type { WebhookInTrouble } from '../../../contracts';
import { stateOf, troubleOf, troublesOf } from './trouble';

const well: WebhookInTrouble = {
  id: 1,
  name: 'CRM',
  host: 'crm.example.com',
  state: 'active',
  stateReason: null,
  heldUntil: null,
  home: null,
  slowed: false,
  failingSince: null,
  needsAttention: null,
  missed: 0,
};

const told = (changes: Partial<WebhookInTrouble>) =>
  troublesOf({ ...well, ...changes }).map(({ tone, title, remedies }) => [tone, title, ...remedies]);

describe('what keeps a webhook from working', () => {
  it('is nothing where all is well', () => {
    expect(troublesOf(well)).toEqual([]);
    expect(troubleOf(well)).toBeNull();
  });

  it('410 Gone asks for another address first: turned on alone, it would be turned off again', () => {
    const needsAttention = { code: 'disabled', detail: 'gone' } as const;
    expect(told({ state: 'disabled', stateReason: 'gone', needsAttention })).toEqual([
      ['danger', 'webhook.state.disabled', 'change_url', 'turn_on'],
    ]);
  });

  it('one that was disabled for failing is turned on again', () => {
    const needsAttention = { code: 'disabled', detail: 'failing' } as const;
    expect(told({ state: 'disabled', stateReason: 'failing', needsAttention })).toEqual([
      ['danger', 'webhook.state.disabled', 'turn_on'],
    ]);
  });

  it('after a loop whoever keeps it going is left out, or it is turned on anyway', () => {
    const loop = {
      actor: { type: 'api_token', id: '7', name: 'Site' },
      ...{ typeName: 'Article', uid: 'api::article.article', documentId: 'abc', locale: null },
      ...{ count: 20, seconds: 60 },
    } as const;
    const needsAttention = { code: 'disabled', detail: 'loop', loop } as const;
    const webhook = { ...well, state: 'disabled', stateReason: 'loop', needsAttention } as const;
    expect(troublesOf(webhook)).toMatchObject([
      { reason: 'webhook.reason.loop', loop, remedies: ['leave_actor_out', 'turn_on_anyway'] },
    ]);
  });

  it('a hold says until when, and can be ended by hand', () => {
    expect(told({ state: 'held', stateReason: 'breaker', heldUntil: 5 })).toEqual([
      ['warning', 'webhook.notice.held_until', 'resume'],
    ]);
    expect(troubleOf({ ...well, state: 'held', stateReason: 'breaker', heldUntil: 5 })?.until).toBe(5);
    expect(told({ slowed: true })).toEqual([['warning', 'webhook.notice.slowed', 'resume']]);
  });

  it.each([
    [{ state: 'paused' }],
    [{ state: 'held', stateReason: 'rate_limit', heldUntil: 5 }],
    [{ state: 'held', stateReason: 'everything_paused' }],
  ] as const)('what somebody chose is told on its page only: %j', (changes) => {
    const webhook = { ...well, ...changes };
    expect(troubleOf(webhook)).toBeNull();
    expect(troublesOf(webhook)).toMatchObject([{ isChosen: true }]);
  });

  it.each(['rate_limit', 'everything_paused'])('no button goes past %s', (stateReason) => {
    expect(troublesOf({ ...well, state: 'held', stateReason })).toMatchObject([{ remedies: [] }]);
  });

  it('a need comes before a hold, and both are told', () => {
    const webhook: WebhookInTrouble = {
      ...well,
      ...{ state: 'held', stateReason: 'breaker', heldUntil: 1, failingSince: 7 },
      needsAttention: { code: 'failing', detail: null },
    };
    expect(troublesOf(webhook).map(({ code }) => code)).toEqual(['failing', 'held']);
    expect(troubleOf(webhook)).toMatchObject({ code: 'failing', since: 7, remedies: ['see_deliveries'] });
  });

  it('an off webhook that needs something else says so, too', () => {
    const needsAttention = { code: 'secret_unreadable', detail: null } as const;
    expect(troublesOf({ ...well, state: 'paused', needsAttention }).map(({ code }) => code)).toEqual([
      'secret_unreadable',
      'paused',
    ]);
  });

  it('names the place where a webhook is at home, by the rule that holds it', () => {
    const home = { name: 'production', host: 'cms.example.com', environment: 'production' };
    const needsAttention = { code: 'away', detail: home.host } as const;
    const away = { ...well, state: 'away', home, needsAttention } as const;
    expect(troublesOf({ ...away, stateReason: 'name' })).toMatchObject([
      { reason: 'webhook.reason.name', detail: 'production', remedies: ['move_here'] },
    ]);
    expect(troubleOf({ ...away, stateReason: 'host' })?.detail).toBe('cms.example.com');
  });

  it.each([
    ['secret_unreadable', 'danger', 'new_secret'],
    ['header_unreadable', 'danger', 'enter_header'],
    ['address_unreadable', 'danger', 'enter_address'],
    ['event_type_gone', 'danger', 'choose_events'],
    ['field_gone', 'warning', 'see_event'],
    ['condition_gone', 'warning', 'edit_conditions'],
    ['template_gone', 'danger', 'edit_template'],
    ['template_name_gone', 'warning', 'edit_template'],
    ['fields_gone', 'warning', 'edit_fields'],
    ['stalled', 'danger', 'see_queue'],
  ] as const)('each need has its remedy: %s', (code, tone, remedy) => {
    expect(troublesOf({ ...well, needsAttention: { code, detail: null } })).toMatchObject([
      { code, tone, reason: `webhook.reason.${code}`, remedies: [remedy] },
    ]);
  });
});

describe('the state of a webhook', () => {
  it('has words and a colour; what somebody turned off does not alarm', () => {
    expect(stateOf({ state: 'paused' })).toEqual({ text: 'webhook.state.paused', tone: 'neutral' });
    expect(stateOf({ state: 'disabled' }).tone).toBe('danger');
    expect(stateOf({ state: 'held' }).tone).toBe('warning');
  });
});
