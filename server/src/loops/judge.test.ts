import { judgeLoop } from './judge';
import type { LoopVerdict } from './judge';

const options = { count: 20, seconds: 60 };

interface Simulation {
  /** Milliseconds from a request to the change that answers it; null: nobody answers. */
  answersAfterMs: number | null;
  /** How often somebody changes the entry whatever is sent, and how often that is done. */
  everyMs?: number;
  times?: number;
  /** From a change to its request. */
  sendMs?: number;
  forMs?: number;
}

/** Runs a receiver, and whoever else changes the entry, tick by tick, and judges at each change. */
function simulate({ answersAfterMs, everyMs, times = Infinity, sendMs = 50, forMs = 180_000 }: Simulation) {
  const events: number[] = [];
  const attempts: number[] = [];
  let trial: { since: number; until: number } | null = null;
  let waiting = false;
  let dueAt = Infinity;
  let answerAt = answersAfterMs === null ? Infinity : 0;
  let holds = 0;
  const verdicts: LoopVerdict['kind'][] = [];
  for (let now = 0; now < forMs; now += 10) {
    const isChanged =
      now === answerAt || (everyMs !== undefined && now % everyMs === 0 && now / everyMs < times);
    if (isChanged) {
      events.push(now);
      if (!waiting) dueAt = now + sendMs;
      waiting = true;
      const verdict = judgeLoop({ events, attempts, trial, now }, options);
      verdicts.push(verdict.kind);
      if (verdict.kind === 'suspect') {
        trial = { since: now, until: now + verdict.holdMs };
        holds += 1;
      }
      if (verdict.kind === 'loop') return { stopped: true, events: events.length, holds, verdicts };
      if (verdict.kind === 'innocent') return { stopped: false, events: events.length, holds, verdicts };
    }
    const isHeld = trial !== null && now < trial.until;
    if (waiting && now >= dueAt && !isHeld) {
      attempts.push(now);
      waiting = false;
      answerAt = answersAfterMs === null ? Infinity : now + answersAfterMs;
    }
  }
  return { stopped: false, events: events.length, holds, verdicts };
}

describe('a receiver that changes the entry again', () => {
  it.each([10, 100, 1000, 2500])('is a loop where it answers after %i ms', (answersAfterMs) => {
    const { stopped, events, holds } = simulate({ answersAfterMs });
    expect(stopped).toBe(true);
    expect(holds).toBe(1);
    // The change that began it, and one that was under way.
    expect(events).toBeLessThanOrEqual(options.count + 2);
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
