import { whyChecks, type WhyCheck, type WhyEvent, type WhyView } from '../../../contracts';
import en from '../translations/en.json';
import uk from '../translations/uk.json';
import { reasonOf, stepsOf, verdictOf } from './why-words';

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
    expect(keys.filter((key) => !(key in en) || !(key in uk))).toEqual([]);
  });

  it('is answered by the first check that says no', () => {
    expect(verdictOf(view('subscribed'))).toMatchObject({ kind: 'not', check: { name: 'subscribed' } });
  });

  it('fired where the newest event has a delivery, though it is off by now', () => {
    const verdict = verdictOf(view('active', [event({ deliveryId: 7, state: 'succeeded' })]));
    expect(verdict).toEqual({ kind: 'fired', deliveryId: 7, state: 'succeeded', occurredAt: 1000 });
  });

  it('did not fire where its delivery was skipped', () => {
    expect(verdictOf(view('active', [event({ deliveryId: 7, state: 'skipped' })]))).toMatchObject({
      kind: 'not',
    });
  });

  it('is ready where nothing stands in the way and nothing has happened', () => {
    expect(verdictOf(view(null))).toEqual({ kind: 'ready' });
  });

  it('judges no step after the one where the way ended', () => {
    const steps = stepsOf(view('active'));
    const end = steps.findIndex(({ name }) => name === 'active');
    expect(steps[end]?.answer).toBe('no');
    expect(steps.slice(end + 1).every(({ answer }) => answer === 'not_reached')).toBe(true);
    expect(steps.slice(0, end).every(({ answer }) => answer === 'yes')).toBe(true);
  });

  it('names what holds a webhook by the reason that its page gives', () => {
    expect(reasonOf({ name: 'going', detail: 'breaker' })).toBe('webhook.reason.breaker');
    expect(reasonOf({ name: 'subscribed', detail: 'payment.received' })).toBeNull();
  });
});
