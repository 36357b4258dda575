import { deliveryStates, whyChecks, type WhyCheck, type WhyEvent, type WhyView } from '../../../contracts';
import en from '../translations/en.json';
import uk from '../translations/uk.json';
import { isUnderWay, reasonOf, remedyOf, sentenceOf, stepsOf, verdictOf } from './why-words';

const event = (over: Partial<WhyEvent>): WhyEvent => ({
  messageId: 'msg_1',
  eventType: 'payment.received',
  occurredAt: 1000,
  actorName: null,
  deliveryId: null,
  state: null,
  matchError: null,
  ...over,
});

const view = (no: WhyCheck['name'] | null, events: WhyEvent[] = []): WhyView => ({
  checks: whyChecks.map((name) => ({ name, answer: name === no ? 'no' : 'yes', detail: null })),
  reason: no,
  events,
});

describe('why did it not fire', () => {
  it('has a sentence for every check and answer, in every language', () => {
    const keys = whyChecks.flatMap((name) =>
      ['yes', 'no', 'unknown'].map((answer) => `why.${name}.${answer}`),
    );
    const fired = deliveryStates.map((state) => `why.fired.${state}`);
    expect([...keys, ...fired].filter((key) => !(key in en) || !(key in uk))).toEqual([]);
  });

  it('is answered by the first check that says no', () => {
    expect(verdictOf(view('subscribed'))).toMatchObject({ kind: 'not', check: { name: 'subscribed' } });
  });

  it('fired where the newest event has a delivery, though it is off by now', () => {
    const verdict = verdictOf(view('active', [event({ deliveryId: 7, state: 'succeeded' })]));
    expect(verdict).toEqual({
      kind: 'fired',
      deliveryId: 7,
      state: 'succeeded',
      occurredAt: 1000,
      next: { name: 'active', answer: 'no', detail: null },
    });
  });

  it('did not fire where its delivery was skipped', () => {
    expect(verdictOf(view('active', [event({ deliveryId: 7, state: 'skipped' })]))).toMatchObject({
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

  it('judges nothing that the event did not come to, and all the rest', () => {
    const asked = view('subscribed');
    const checks = asked.checks.map((check) =>
      ['event_written', 'matched', 'delivery', 'going'].includes(check.name)
        ? { ...check, answer: 'no' as const }
        : check,
    );
    const answers = Object.fromEntries(
      stepsOf({ ...asked, checks }).map(({ name, answer }) => [name, answer]),
    );
    expect(answers).toEqual({
      capturing: 'yes',
      in_catalog: 'yes',
      subscribed: 'no',
      active: 'yes',
      readable: 'yes',
      condition: 'yes',
      event_written: 'not_reached',
      matched: 'not_reached',
      delivery: 'not_reached',
      going: 'no',
    });
  });

  it('does not call unreached what did happen: a delivery that was skipped had its event', () => {
    const asked = view('active', [event({ deliveryId: 7, state: 'skipped' })]);
    const checks = asked.checks.map((check) =>
      check.name === 'delivery' ? { ...check, answer: 'no' as const, detail: 'skipped' } : check,
    );
    const steps = stepsOf({ ...asked, checks });
    expect(steps.find(({ name }) => name === 'event_written')?.answer).toBe('yes');
    expect(steps.find(({ name }) => name === 'delivery')).toMatchObject({
      answer: 'no',
      text: 'why.delivery.skipped',
    });
  });

  it('tells an event that could not be matched from one that waits for matching', () => {
    const failed = { name: 'matched', answer: 'no', detail: 'condition: no such field' } as const;
    expect(sentenceOf(failed)).toBe('why.matched.error');
    expect(remedyOf(failed)).toBe('error');
    expect(sentenceOf({ ...failed, detail: null })).toBe('why.matched.no');
    expect(remedyOf({ ...failed, detail: null })).toBe('queue');
  });

  it('is looked at again while the newest event is being sent, and no longer', () => {
    const sent = (state: string) => isUnderWay(view(null, [event({ deliveryId: 7, state })]));
    expect(['pending', 'delivering', 'succeeded', 'failed', 'blocked'].map(sent)).toEqual([
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
