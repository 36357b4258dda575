import type { WhyCheck, WhyCheckName, WhyView } from '../../../contracts';
import { deliveryStates, type DeliveryState } from '../../../contracts';
import type { TextId } from '../hooks/useText';
import { reasonText } from './attention';

/** Where an event's way ended, as far as it was asked about. */
export type WhyVerdict =
  /** `next` stands in the way now: of the next event, or of this one's delivery while it waits. */
  | { kind: 'fired'; deliveryId: number; state: DeliveryState; occurredAt: number; next: WhyCheck | null }
  /** It has just happened. */
  | { kind: 'matching'; occurredAt: number }
  | { kind: 'not'; check: WhyCheck; deliveryId: number | null }
  /** Everything is as it should be; nothing has happened yet. */
  | { kind: 'ready' };

/** The newest event decides: if a delivery came of it, it fired, whatever stands in the way now. */
export function verdictOf({ checks, reason, events }: WhyView): WhyVerdict {
  const [newest] = events;
  const check = checks.find(({ name }) => name === reason) ?? null;
  const deliveryId = newest?.deliveryId ?? null;
  const state = deliveryStates.find((known) => known === newest?.state);
  if (newest && deliveryId !== null && state && state !== 'skipped') {
    return { kind: 'fired', deliveryId, state, occurredAt: newest.occurredAt, next: check };
  }
  if (check) return { kind: 'not', check, deliveryId };
  const matched = checks.find(({ name }) => name === 'matched');
  if (newest && matched?.answer === 'unknown') return { kind: 'matching', occurredAt: newest.occurredAt };
  return { kind: 'ready' };
}

/** Whether the newest event is being matched or sent at this moment. */
export function isUnderWay(view: WhyView): boolean {
  const verdict = verdictOf(view);
  return (
    verdict.kind === 'matching' ||
    (verdict.kind === 'fired' && (verdict.state === 'pending' || verdict.state === 'delivering'))
  );
}

export interface WhyStep {
  name: WhyCheckName;
  /** `not_reached`: the way ended before it. */
  answer: WhyCheck['answer'] | 'not_reached';
  text: TextId;
}

/** What an event goes through; the other checks are of the webhook as it is. */
const ofTheEvent: readonly WhyCheckName[] = ['event_written', 'matched', 'delivery'];

/** The way of an event, step by step; where it ended, what it did not come to is not judged. */
export function stepsOf(view: WhyView): WhyStep[] {
  const verdict = verdictOf(view);
  const end =
    verdict.kind === 'not' ? view.checks.findIndex(({ name }) => name === verdict.check.name) : Infinity;
  return view.checks.map((check, index) => {
    // A delivery that was skipped and an error of matching are known, whatever came before them.
    const isKnown = check.answer === 'yes' || check.detail !== null;
    const isReached = index <= end || isKnown || !ofTheEvent.includes(check.name);
    return isReached
      ? { name: check.name, answer: check.answer, text: sentenceOf(check) }
      : { name: check.name, answer: 'not_reached', text: `why.step_name.${check.name}` };
  });
}

/** What a check found, as a sentence about `{event}` and `{webhook}`. */
export function sentenceOf({ name, answer, detail }: WhyCheck): TextId {
  if (answer === 'no' && name === 'matched' && detail !== null) return 'why.matched.error';
  if (answer === 'no' && name === 'delivery' && detail === 'skipped') return 'why.delivery.skipped';
  return `why.${name}.${answer}`;
}

/** Why it does not send for the moment, for the checks whose detail is such a code. */
export const reasonOf = ({ name, detail }: Pick<WhyCheck, 'name' | 'detail'>): TextId | null =>
  (name === 'active' || name === 'going') && detail !== null ? reasonText(detail) : null;

/** What the server found, in its own words: there is no sentence for every rule and every error. */
export const findingOf = ({ name, detail }: Pick<WhyCheck, 'name' | 'detail'>): string | null =>
  name === 'condition' || name === 'matched' ? detail : null;

/** The one thing to do. */
export type WhyRemedy =
  | 'settings'
  /** Turn on, move here, resume, a new secret: what the webhook itself asks for. */
  | 'webhook'
  | 'resume_everything'
  | 'event'
  | 'queue'
  | 'delivery'
  | 'capture'
  | 'error'
  | 'again';

export function remedyOf({ name, detail }: Pick<WhyCheck, 'name' | 'detail'>): WhyRemedy {
  switch (name) {
    case 'capturing':
      return 'capture';
    case 'in_catalog':
    case 'condition':
      return 'event';
    case 'subscribed':
      return 'settings';
    case 'active':
    case 'readable':
      return 'webhook';
    case 'going':
      return detail === 'everything_paused' ? 'resume_everything' : 'webhook';
    case 'event_written':
      return 'again';
    case 'matched':
      return detail === null ? 'queue' : 'error';
    case 'delivery':
      return detail === 'skipped' ? 'delivery' : 'again';
  }
}
