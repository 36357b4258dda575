import { judgeLoop } from './judge';
import type { LoopVerdict, Trial } from './judge';

const options = { count: 20, seconds: 60 };

interface Simulation {
  /** Milliseconds from a request to the change that answers it; null: nobody answers. */
  answersAfterMs: number | null;
  /** How often somebody changes the entry whatever is sent, and how often that is done. */
  everyMs?: number;
  times?: number;
  /** Whether somebody changes it now, in place of `everyMs`. */
  savesAt?: (now: number) => boolean;
  /** From a change to its request. */
  sendMs?: number;
  forMs?: number;
  count?: number;
}

/** Runs a receiver, and whoever else changes the entry, tick by tick, and judges at each change. */
function simulate({
  answersAfterMs,
  everyMs,
  times = Infinity,
  savesAt = (now) => everyMs !== undefined && now % everyMs === 0 && now / everyMs < times,
  sendMs = 50,
  forMs = 180_000,
  count = options.count,
}: Simulation) {
  const events: number[] = [];
  const attempts: number[] = [];
  let trial: Trial | null = null;
  const lengths: number[] = [];
  let waiting = false;
  let dueAt = Infinity;
  let answerAt = answersAfterMs === null ? Infinity : 0;
  let holds = 0;
  const verdicts: LoopVerdict['kind'][] = [];
  for (let now = 0; now < forMs; now += 10) {
    if (now === answerAt || savesAt(now)) {
      events.push(now);
      if (!waiting) dueAt = now + sendMs;
      waiting = true;
      const verdict = judgeLoop({ events, attempts, trial, now }, { ...options, count });
      verdicts.push(verdict.kind);
      if (verdict.kind === 'suspect') {
        trial = { since: now, until: now + verdict.holdMs, round: verdict.round };
        lengths.push(verdict.holdMs);
        holds += 1;
      }
      if (verdict.kind === 'loop') return { stopped: true, events: events.length, holds, lengths, verdicts };
      if (verdict.kind === 'innocent')
        return { stopped: false, events: events.length, holds, lengths, verdicts };
    }
    const isHeld = trial !== null && now < trial.until;
    if (waiting && now >= dueAt && !isHeld) {
      attempts.push(now);
      waiting = false;
      answerAt = answersAfterMs === null ? Infinity : now + answersAfterMs;
    }
  }
  return { stopped: false, events: events.length, holds, lengths, verdicts };
}

describe('a receiver that changes the entry again', () => {
  it.each([10, 100, 1000, 2500])('is a loop where it answers after %i ms', (answersAfterMs) => {
    const { stopped, events, holds, lengths } = simulate({ answersAfterMs });
    expect(stopped).toBe(true);
    expect(holds).toBe(2);
    expect(lengths[1]).toBeGreaterThan(lengths[0] ?? Infinity);
    // The first one is no answer.
    expect(events).toBeLessThanOrEqual(options.count + 1);
  });

  it.each([6, 7, 8, 10, 12, 100])('after %i changes, or as many as two trials need', (count) => {
    for (const answersAfterMs of [10, 100, 300]) {
      const { stopped, events } = simulate({ answersAfterMs, count });
      expect(stopped).toBe(true);
      expect(events).toBeLessThanOrEqual(Math.max(count, Math.ceil(count / 2) + 4) + 1);
    }
  });

  it('is none where it is slower than the threshold', () => {
    expect(simulate({ answersAfterMs: 8000 })).toMatchObject({ stopped: false });
  });
});

describe('somebody who changes an entry often', () => {
  it.each([50, 200, 1000, 1500, 2900])('every %i ms, whatever is sent, is no loop', (everyMs) => {
    const { stopped, holds } = simulate({ answersAfterMs: null, everyMs });
    expect(stopped).toBe(false);
    expect(holds).toBeLessThanOrEqual(1);
  });

  it.each([10, 12, 20, 30, 60])('and stops after %i times, is no loop', (times) => {
    expect(simulate({ answersAfterMs: null, everyMs: 500, times })).toMatchObject({ stopped: false });
  });

  /** Who saves while they write, and stops for so long in the middle of it. */
  const pausing = (from: number, ms: number) => (now: number) =>
    now % 1000 === 0 && !(now >= from && now < from + ms);

  it.each([2000, 4000, 8000, 15_000])('and pauses once while it is tried, for %i ms, is no loop', (ms) => {
    // The tenth answer comes after ten seconds.
    const { stopped, holds } = simulate({ answersAfterMs: null, savesAt: pausing(10_500, ms) });
    expect(stopped).toBe(false);
    expect(holds).toBe(2);
  });

  it('without a request in between is not even suspected', () => {
    const events = Array.from({ length: 500 }, (_, index) => index * 100);
    expect(judgeLoop({ events, attempts: [], trial: null, now: 50_000 }, options)).toEqual({ kind: 'none' });
    expect(judgeLoop({ events, attempts: [0, 1000], trial: null, now: 50_000 }, options)).toEqual({
      kind: 'none',
    });
  });
});

describe('what is long ago', () => {
  it('does not count', () => {
    const events = Array.from({ length: 40 }, (_, index) => index * 1000);
    const attempts = events.map((at) => at + 10);
    expect(judgeLoop({ events, attempts, trial: null, now: 200_000 }, options)).toEqual({ kind: 'none' });
  });
});
