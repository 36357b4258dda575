/** A hold; the second one follows if the changes stopped in the first. */
export interface Trial {
  since: number;
  until: number;
  round: 1 | 2;
}

/** What is known of the changes that one actor made to one document, of which one webhook was to be told. */
export interface LoopFacts {
  /** When each of its events happened, epoch milliseconds, oldest first. */
  events: readonly number[];
  /** When each request about the document was sent to the receiver, in any order. */
  attempts: readonly number[];
  /** The last hold by which it was tried whether the changes go on without the webhook. */
  trial: Trial | null;
  now: number;
}

export interface LoopOptions {
  count: number;
  seconds: number;
}

export type LoopVerdict =
  | { kind: 'none' }
  /** Many changes, each after a request: the webhook is held for so long, to see whether they go on. */
  | { kind: 'suspect'; holdMs: number; round: Trial['round'] }
  /** They went on while nothing was sent: the requests are not their cause. */
  | { kind: 'innocent' }
  /** Twice they stopped with the requests, and began anew with them. `count`: changes since the first. */
  | { kind: 'loop'; count: number };

const shortestTrialMs = 2000;
const longestTrialMs = 15_000;
/** The second trial is longer, so that pauses of the same length do not end with both. */
const secondLonger = 1.6;
/** Both trials together at most: part of what is looked back at. */
export const longestTrialsMs = longestTrialMs * (1 + secondLonger);
/** A trial is long enough if it is so many times the usual time between two changes. */
const gapsATrial = 3;

/**
 * Whether a receiver answers each request by changing the entry again. That each change comes after a request proves
 * nothing: an import that saves every few seconds looks just the same. So at half the number of changes the webhook is
 * held for moments: changes that go on have another cause. A single pause may be chance, as of somebody whose form saves
 * while they write: it is tried twice. Pure.
 */
export function judgeLoop(
  { events, attempts, trial, now }: LoopFacts,
  { count, seconds }: LoopOptions,
): LoopVerdict {
  const held = trial === null ? 0 : trial.until - trial.since;
  const since = now - seconds * 1000 - heldInAll(trial);
  const answers = events.filter((at, index) => {
    const before = events[index - 1];
    return at > since && before !== undefined && attempts.some((sent) => sent >= before && sent <= at);
  });
  const first = answers[0];
  if (first === undefined || answers.length < Math.ceil(count / 2)) return { kind: 'none' };
  if (trial === null || trial.since < first) {
    const wait = gapsATrial * usualGap(answers);
    return { kind: 'suspect', holdMs: Math.min(Math.max(wait, shortestTrialMs), longestTrialMs), round: 1 };
  }
  if (trial.until > now) return { kind: 'none' };
  // What was under way when it was held may still have been answered.
  const quietFrom = trial.since + held / gapsATrial;
  if (events.some((at) => at > quietFrom && at < trial.until)) return { kind: 'innocent' };
  const anew = answers.filter((at) => at >= trial.until);
  if (anew.length < 2) return { kind: 'none' };
  if (trial.round === 1) return { kind: 'suspect', holdMs: Math.round(held * secondLonger), round: 2 };
  return answers.length >= count ? { kind: 'loop', count: answers.length } : { kind: 'none' };
}

/** How long nothing was sent in this trial, and in the one before it. */
function heldInAll(trial: Trial | null): number {
  if (trial === null) return 0;
  const held = trial.until - trial.since;
  return trial.round === 1 ? held : held + held / secondLonger;
}

/** The median of the times between two changes, in milliseconds. */
function usualGap(times: readonly number[]): number {
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
  return [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
}
