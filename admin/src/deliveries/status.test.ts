import { deliveryStates, type DeliveryStanding } from '../../../contracts';
import en from '../translations/en.json';
import uk from '../translations/uk.json';
import { isOver, statusKinds, statusOf } from './status';

const fresh: DeliveryStanding = {
  state: 'pending',
  attempts: 0,
  maxAttempts: 10,
  httpStatus: null,
  code: null,
  nextAttemptAt: 5000,
  keepsOthersWaiting: false,
  skipReason: null,
  heldReason: null,
  heldUntil: null,
};
const retried: DeliveryStanding = { ...fresh, attempts: 2, httpStatus: 403, code: 'http_403' };
const told = (change: Partial<DeliveryStanding>, of = fresh) => statusOf({ ...of, ...change });

describe('the status of a delivery', () => {
  it('has words for each kind, in every language', () => {
    const keys = statusKinds.map((kind) => `delivery.state.${kind}`);
    expect(keys.filter((key) => !(key in en) || !(key in uk))).toEqual([]);
  });

  it('is one of its own for every state, and never another one for the same delivery', () => {
    const kinds = deliveryStates.map((state) => told({ state }).kind);
    expect(new Set(kinds).size).toBe(deliveryStates.length);
  });

  it('waits for its first attempt', () => {
    expect(told({})).toMatchObject({ kind: 'pending', failure: null, attempt: null, next: 5000 });
  });

  it('is retried, with the cause and the number of the attempt that failed', () => {
    expect(told({}, retried)).toMatchObject({
      kind: 'retrying',
      failure: { code: 'http_403', httpStatus: 403 },
      attempt: { number: 2, total: 10 },
      next: 5000,
    });
  });

  it('is never said to go while something holds it', () => {
    const held = told({ heldReason: 'breaker', heldUntil: 9000 }, retried);
    expect(held).toMatchObject({ kind: 'held', next: null, heldUntil: 9000, note: null });
    expect(held.failure).toEqual({ code: 'http_403', httpStatus: 403 });
    expect(told({ heldReason: 'everything_paused' }, retried)).toMatchObject({
      kind: 'paused',
      next: null,
      note: 'delivery.reason.held',
    });
  });

  it.each(['paused', 'gone', 'receiver_asked', 'failing'])(
    'waits for a webhook that is off: %s',
    (heldReason) => {
      expect(told({ heldReason })).toMatchObject({ kind: 'held', note: 'delivery.reason.off' });
    },
  );

  it('failed for good: no number of attempts, for no other one follows', () => {
    const failed = { state: 'failed', nextAttemptAt: null, keepsOthersWaiting: true } as const;
    expect(told(failed, retried)).toMatchObject({
      kind: 'failed',
      colour: 'danger600',
      attempt: null,
      next: null,
      note: 'delivery.reason.keeps_others',
    });
  });

  it('was taken, with the answer; what failed before says nothing any more', () => {
    expect(told({ state: 'succeeded', httpStatus: 200, attempts: 3 })).toMatchObject({
      kind: 'succeeded',
      answered: 200,
      failure: null,
    });
  });

  it('was skipped for the reason that is stored with it', () => {
    expect(told({ state: 'skipped', skipReason: 'off' }).note).toBe('delivery.reason.skipped');
    expect(told({ state: 'skipped', skipReason: 'event_taken_over' }).note).toBe(
      'delivery.reason.taken_over',
    );
  });

  it('is amber in icons alone, where it could not be read as words', () => {
    expect(told({})).toMatchObject({ colour: 'warning600', textColour: 'neutral800' });
  });
});

describe('the end of a delivery', () => {
  it('is every state but those in which it still goes on by itself', () => {
    expect(deliveryStates.filter((state) => !isOver(state))).toEqual(['pending', 'delivering', 'blocked']);
  });
});
