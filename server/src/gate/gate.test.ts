import { afterAttempt, afterSwitch, gateState, skipsNewEvents } from './gate';

const open = { active: true, disabledReason: null, heldUntil: null, heldReason: null };
const now = 1_000_000;

describe('the gate of a webhook', () => {
  it('lets an active webhook send', () => {
    expect(gateState(open, now)).toEqual({ state: 'active' });
  });

  it('keeps what a paused webhook misses as skipped, and lets a held one wait', () => {
    expect(skipsNewEvents({ ...open, active: false })).toBe(true);
    const held = { ...open, heldUntil: now + 5000, heldReason: 'retry_after' };
    expect(skipsNewEvents(held)).toBe(false);
    expect(gateState(held, now)).toEqual({ state: 'held', reason: 'retry_after', until: now + 5000 });
    expect(gateState(held, now + 5000)).toEqual({ state: 'active' });
  });

  it('disables on 410 once, and the switch clears it', () => {
    const patch = afterAttempt(open, { disable: 'gone', pauseUntil: null }, now);
    expect(patch).toEqual({ active: false, disabledReason: 'gone', disabledAt: now });
    const disabled = { ...open, ...patch };
    expect(gateState(disabled, now)).toEqual({ state: 'disabled', reason: 'gone' });
    expect(afterAttempt(disabled, { disable: 'gone', pauseUntil: null }, now + 1)).toBeNull();
    expect(gateState({ ...disabled, ...afterSwitch(true) }, now)).toEqual({ state: 'active' });
  });

  it('is held as long as the longest Retry-After asks, never shorter', () => {
    const held = { ...open, ...afterAttempt(open, { disable: null, pauseUntil: now + 9000 }, now) };
    expect(held).toMatchObject({ heldUntil: now + 9000 });
    expect(afterAttempt(held, { disable: null, pauseUntil: now + 3000 }, now)).toBeNull();
  });
});
