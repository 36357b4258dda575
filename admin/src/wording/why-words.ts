import type { WhyCheck, WhyCheckName, WhyView } from '../../../contracts';
import type { TextId } from '../hooks/useText';
import { reasonText } from './attention';

/** Where an event's way ended, as far as it was asked about. */
export type WhyVerdict =
  | { kind: 'fired'; deliveryId: number; state: string; occurredAt: number }
  | { kind: 'not'; check: WhyCheck }
  /** Everything is as it should be; nothing has happened yet. */
  | { kind: 'ready' };

/** The newest event decides: if a delivery came of it, it fired, whatever stands in the way now. */
export function verdictOf({ checks, reason, events }: WhyView): WhyVerdict {
  const [newest] = events;
  if (newest?.deliveryId != null && newest.state !== null && newest.state !== 'skipped') {
    return {
      kind: 'fired',
      deliveryId: newest.deliveryId,
      state: newest.state,
      occurredAt: newest.occurredAt,
    };
  }
  const check = checks.find(({ name }) => name === reason);
  return check ? { kind: 'not', check } : { kind: 'ready' };
}

export interface WhyStep {
  name: WhyCheckName;
  /** `not_reached`: the way ended before it. */
  answer: WhyCheck['answer'] | 'not_reached';
  text: TextId;
  detail: string | null;
}

/** The way of an event, step by step; what comes after its end is not judged. */
export function stepsOf(view: WhyView): WhyStep[] {
  const verdict = verdictOf(view);
  const end =
    verdict.kind === 'not' ? view.checks.findIndex(({ name }) => name === verdict.check.name) : Infinity;
  return view.checks.map(({ name, answer, detail }, index) => ({
    name,
    answer: index > end ? 'not_reached' : answer,
    text: index > end ? `why.${name}.yes` : `why.${name}.${answer}`,
    detail: index > end ? null : detail,
  }));
}

/** Why it does not send for the moment, for the checks whose detail is such a code. */
export const reasonOf = ({ name, detail }: Pick<WhyCheck, 'name' | 'detail'>): TextId | null =>
  (name === 'active' || name === 'going') && detail !== null ? reasonText(detail) : null;

/** Where the one thing to do is done. */
export type WhyRemedy = 'settings' | 'page' | 'events' | 'queue' | null;

const remedies: Record<WhyCheckName, WhyRemedy> = {
  capturing: null,
  in_catalog: 'events',
  subscribed: 'settings',
  active: 'page',
  going: 'page',
  readable: 'page',
  event_written: null,
  condition: 'events',
  matched: 'queue',
  delivery: null,
};

export const remedyOf = (name: WhyCheckName): WhyRemedy => remedies[name];
