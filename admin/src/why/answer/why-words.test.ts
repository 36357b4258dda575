import {
  whyChecks,
  type DeliveryStanding,
  type DeliveryState,
  type WhyCheck,
  type WhyEvent,
  type WhyView,
} from '../../../../contracts';
import { statusKinds } from '../../deliveries/status';
import en from '../../translations/en.json';
import uk from '../../translations/uk.json';
import { isUnderWay, reasonOf, remedyOf, sentenceOf, stepsOf, verdictOf } from './why-words';

const event = (over: Partial<WhyEvent>): WhyEvent => ({
  id: 1,
  messageId: 'msg_1',
  eventType: 'payment.received',
  occurredAt: 1000,
  actorName: null,
  because: null,
  deliveryId: null,
  state: null,
  standing: null,
  matchError: null,
  holds: null,
  leftOut: null,
  ...over,
});

const standing = (state: DeliveryState, over: Partial<DeliveryStanding> = {}): DeliveryStanding => ({
  state,
  attempts: state === 'pending' ? 0 : 1,
  maxAttempts: 10,
  httpStatus: null,
  code: null,
  nextAttemptAt: null,
  keepsOthersWaiting: false,
  skipReason: null,
  heldReason: null,
  heldUntil: null,
  ...over,
});

/** The newest event, of which a delivery was made. */
const delivered = (state: DeliveryState, over: Partial<DeliveryStanding> = {}): WhyEvent =>
  event({ deliveryId: 7, state, standing: standing(state, over) });

const view = (no: WhyCheck['name'] | null, events: WhyEvent[] = []): WhyView => ({
  checks: whyChecks.map((name) => ({ name, answer: name === no ? 'no' : 'yes', detail: null })),
  reason: no,
  conditions: null,
  events,
  others: [],
});

describe('why did it not fire', () => {
  it('has a sentence for every check and answer, in every language', () => {
    const keys = whyChecks.flatMap((name) =>
      ['yes', 'no', 'unknown'].map((answer) => `why.${name}.${answer}`),
    );
    const fired = statusKinds.map((kind) => `why.fired.${kind}`);
    expect([...keys, ...fired].filter((key) => !(key in en) || !(key in uk))).toEqual([]);
  });

  it('is answered by the first check that says no', () => {
    expect(verdictOf(view('subscribed'))).toMatchObject({ kind: 'not', check: { name: 'subscribed' } });
  });

  it('fired where the newest event has a delivery, though it is off by now', () => {
    const verdict = verdictOf(view('active', [delivered('succeeded')]));
    expect(verdict).toEqual({
      kind: 'fired',
      deliveryId: 7,
      status: 'succeeded',
      standing: standing('succeeded'),
      occurredAt: 1000,
      next: { name: 'active', answer: 'no', detail: null },
    });
  });

  it('did not fire where its delivery was skipped', () => {
    expect(verdictOf(view('active', [delivered('skipped')]))).toMatchObject({
      kind: 'not',
    });
  });

  it('is ready where nothing stands in the way and nothing has happened', () => {
    expect(verdictOf(view(null))).toEqual({ kind: 'ready' });
  });

  it('is not said to be ready while the newest event is being matched', () => {
    const asked = view(null, [event({})]);
    const checks = asked.checks.map((check) =>
      check.name === 'matched' || check.name === 'delivery'
        ? { ...check, answer: 'unknown' as const }
        : check,
    );
    expect(verdictOf({ ...asked, checks })).toEqual({ kind: 'matching', occurredAt: 1000 });
    expect(isUnderWay({ ...asked, checks })).toBe(true);
  });

  it('is no success where the receiver refused it: the last step is what it answered', () => {
    const refused = { code: 'http_403', httpStatus: 403, attempts: 2, nextAttemptAt: 5000 } as const;
    const asked = view('answered', [delivered('pending', refused)]);
    expect(verdictOf(asked)).toMatchObject({ kind: 'fired', status: 'retrying', next: null });
    expect(stepsOf(asked).at(-1)).toEqual({ name: 'answered', answer: 'no', text: 'why.answered.no' });
    expect(isUnderWay(asked)).toBe(false);
  });

  it('ends its list of steps with the first cross', () => {
    expect(stepsOf(view('subscribed')).map(({ name, answer }) => [name, answer])).toEqual([
      ['capturing', 'yes'],
      ['in_catalog', 'yes'],
      ['subscribed', 'no'],
    ]);
  });

  it('lets no present obstacle end the way of an event that has passed it', () => {
    const steps = stepsOf(view('active', [delivered('succeeded')]));
    expect(steps.map(({ answer }) => answer)).not.toContain('no');
    expect(steps.at(-1)).toMatchObject({ name: 'answered', answer: 'yes' });
  });

  it('does not forget what did happen: a delivery that was skipped had its event', () => {
    const asked = view('active', [delivered('skipped')]);
    const checks = asked.checks.map((check) =>
      check.name === 'delivery' ? { ...check, answer: 'no' as const, detail: 'skipped' } : check,
    );
    const steps = stepsOf({ ...asked, checks });
    expect(steps.find(({ name }) => name === 'event_written')?.answer).toBe('yes');
    expect(steps.at(-1)).toMatchObject({ answer: 'no', text: 'why.delivery.skipped' });
  });

  it('says so where a delivery was skipped because its name means another content type', () => {
    const asked = view('delivery', [delivered('skipped', { skipReason: 'event_taken_over' })]);
    const detail = 'event_taken_over';
    const checks = asked.checks.map((check) => (check.name === 'delivery' ? { ...check, detail } : check));
    expect(stepsOf({ ...asked, checks }).at(-1)).toMatchObject({ text: 'why.delivery.taken_over' });
    expect(remedyOf({ name: 'delivery', detail })).toBe('delivery');
  });

  it('did not fire where its conditions were not met: the way ends there, and leads to them', () => {
    const asked = view('condition', [event({ holds: false })]);
    const checks = asked.checks.map((check) =>
      check.name === 'delivery' ? { ...check, answer: 'no' as const } : check,
    );
    const verdict = verdictOf({ ...asked, checks });
    expect(verdict).toMatchObject({ kind: 'not', check: { name: 'condition' } });
    expect(stepsOf({ ...asked, checks }).at(-1)).toEqual({
      ...{ name: 'condition', answer: 'no', text: 'why.condition.no' },
    });
    expect(remedyOf({ name: 'condition', detail: null })).toBe('conditions');
    expect(sentenceOf({ name: 'condition', answer: 'unknown', detail: 'unreadable' })).toBe(
      'why.condition.unreadable',
    );
  });

  it('is told of an event that was merged into a later one, and awaits no answer of its own', () => {
    const asked = view(null, [delivered('collapsed')]);
    const checks = asked.checks
      .filter(({ name }) => name !== 'answered')
      .map((check) => (check.name === 'delivery' ? { ...check, detail: 'collapsed' } : check));
    expect(verdictOf({ ...asked, checks })).toMatchObject({ kind: 'fired', status: 'collapsed' });
    const texts = stepsOf({ ...asked, checks }).map(({ text }) => text);
    expect(texts).toContain('why.delivery.collapsed');
    expect(texts).not.toContain('why.answered.unknown');
    expect(isUnderWay({ ...asked, checks })).toBe(false);
  });

  it('says of a draft that it must be published', () => {
    const draft = { name: 'event_written', answer: 'no', detail: 'draft' } as const;
    expect(sentenceOf(draft)).toBe('why.event_written.draft');
    expect(remedyOf(draft)).toBe('publish');
    expect(remedyOf({ ...draft, detail: null })).toBe('again');
  });

  it('tells an event that could not be matched from one that waits for matching', () => {
    const failed = { name: 'matched', answer: 'no', detail: 'condition: no such field' } as const;
    expect(sentenceOf(failed)).toBe('why.matched.error');
    expect(remedyOf(failed)).toBe('match_again');
    expect(sentenceOf({ ...failed, detail: null })).toBe('why.matched.no');
    expect(remedyOf({ ...failed, detail: null })).toBe('queue');
  });

  it('is looked at again while the newest event is being sent, and no longer', () => {
    const sent = (state: DeliveryState) => isUnderWay(view(null, [delivered(state)]));
    expect((['pending', 'delivering', 'succeeded', 'failed', 'blocked'] as const).map(sent)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(isUnderWay(view(null))).toBe(false);
  });

  it('sends to the settings for what pauses everything, and to the webhook for what holds it alone', () => {
    expect(remedyOf({ name: 'going', detail: 'everything_paused' })).toBe('resume_everything');
    expect(remedyOf({ name: 'going', detail: 'breaker' })).toBe('webhook');
  });

  it('names what holds a webhook by the reason that its page gives', () => {
    expect(reasonOf({ name: 'going', detail: 'breaker' })).toBe('webhook.reason.breaker');
    expect(reasonOf({ name: 'subscribed', detail: 'payment.received' })).toBeNull();
  });
});
