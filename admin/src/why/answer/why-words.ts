import type {
  DeliveryStanding,
  WebhookInTrouble,
  WhyCheck,
  WhyCheckName,
  WhyView,
} from '../../../../contracts';
import { statusOf, type StatusKind } from '../../deliveries/status';
import type { TextId } from '../../text/useText';
import { reasonText } from '../../webhooks/reasons';
import { troublesOf, type Trouble } from '../../webhooks/trouble';

/** Where the delivery path ended, as far as known. */
export type WhyVerdict =
  /** `next` is what prevents sending now: the next event, or this one's waiting delivery. */
  | {
      kind: 'fired';
      deliveryId: number;
      status: StatusKind;
      standing: DeliveryStanding;
      occurredAt: number;
      next: WhyCheck | null;
    }
  /** It has just happened. */
  | { kind: 'matching'; occurredAt: number }
  | { kind: 'not'; check: WhyCheck; deliveryId: number | null }
  /** Everything is in order; nothing has happened yet. */
  | { kind: 'ready' };

/** The newest event decides: if it has a delivery, it fired, whatever prevents sending now. */
export function verdictOf({ checks, reason, events }: WhyView): WhyVerdict {
  const [newest] = events;
  const check = checks.find(({ name }) => name === reason) ?? null;
  const deliveryId = newest?.deliveryId ?? null;
  const standing = newest?.standing ?? null;
  if (newest && deliveryId !== null && standing && standing.state !== 'skipped') {
    // What the receiver said is told of this very delivery.
    const next = check?.name === 'answered' ? null : check;
    const { kind } = statusOf(standing);
    return { kind: 'fired', deliveryId, status: kind, standing, occurredAt: newest.occurredAt, next };
  }
  if (check) return { kind: 'not', check, deliveryId };
  const matched = checks.find(({ name }) => name === 'matched');
  if (newest && matched?.answer === 'unknown') return { kind: 'matching', occurredAt: newest.occurredAt };
  return { kind: 'ready' };
}

/** Whether the newest event is being matched or sent at this moment; what waits for another attempt is not. */
export function isUnderWay(view: WhyView): boolean {
  const verdict = verdictOf(view);
  return (
    verdict.kind === 'matching' ||
    (verdict.kind === 'fired' && (verdict.status === 'pending' || verdict.status === 'delivering'))
  );
}

export interface WhyStep {
  name: WhyCheckName;
  answer: WhyCheck['answer'];
  text: TextId;
}

/** What an event goes through; the other checks are of the webhook as it is now. */
const ofTheEvent: readonly WhyCheckName[] = [
  'event_written',
  'matched',
  'noise',
  'condition',
  'delivery',
  'answered',
];

/**
 * The way of an event, step by step: it ends with the first cross, or with what the receiver answered. An event that has
 * a delivery has passed what stands in the way now, which is told with the answer.
 */
export function stepsOf({ checks, events }: WhyView): WhyStep[] {
  const hasDelivery = events[0]?.deliveryId != null;
  const passed = checks.filter(
    ({ name, answer }) => !hasDelivery || answer !== 'no' || ofTheEvent.includes(name),
  );
  const end = passed.findIndex(({ answer }) => answer === 'no');
  return (end === -1 ? passed : passed.slice(0, end + 1)).map((check) => ({
    name: check.name,
    answer: check.answer,
    text: sentenceOf(check),
  }));
}

/** The result of a check, as a sentence about `{event}` and `{webhook}`. */
export function sentenceOf({ name, answer, detail }: WhyCheck): TextId {
  if (answer === 'no' && name === 'matched' && detail !== null) return 'why.matched.error';
  if (answer === 'no' && name === 'event_written' && detail === 'draft') return 'why.event_written.draft';
  if (answer === 'no' && name === 'delivery' && detail === 'skipped') return 'why.delivery.skipped';
  if (answer === 'no' && name === 'delivery' && detail === 'event_taken_over')
    return 'why.delivery.taken_over';
  if (answer === 'yes' && name === 'delivery' && detail === 'collapsed') return 'why.delivery.collapsed';
  if (answer === 'no' && name === 'noise' && detail === 'published') return 'why.noise.published';
  if (answer === 'no' && name === 'subscribed' && detail === 'by_hand') return 'why.subscribed.manual';
  if (answer === 'unknown' && name === 'condition' && detail !== null) return 'why.condition.unreadable';
  return `why.${name}.${answer}`;
}

/** Why it is not sending, for checks whose detail is such a code. */
export const reasonOf = ({ name, detail }: Pick<WhyCheck, 'name' | 'detail'>): TextId | null =>
  (name === 'active' || name === 'going') && detail !== null ? reasonText(detail) : null;

const codesBehind: Partial<Record<WhyCheckName, readonly Trouble['code'][]>> = {
  active: ['disabled', 'paused'],
  going: ['held', 'away', 'slowed', 'stalled'],
  readable: ['secret_unreadable', 'header_unreadable', 'address_unreadable'],
};

/** What of the webhook itself is behind a check that failed; null where it is something else. */
export const troubleBehind = (name: WhyCheckName, webhook: WebhookInTrouble): Trouble | null =>
  troublesOf(webhook).find(({ code }) => codesBehind[name]?.includes(code)) ?? null;

/** The server's own words: there is no sentence for every rule and every error. */
export const findingOf = ({ name, detail }: Pick<WhyCheck, 'name' | 'detail'>): string | null =>
  name === 'rule' || name === 'matched' ? detail : null;

/** The one remedy. */
export type WhyRemedy =
  | 'settings'
  | 'conditions'
  /** Turn on, move here, resume, a new secret: the remedy of the webhook itself. */
  | 'webhook'
  | 'resume_everything'
  | 'event'
  | 'queue'
  | 'delivery'
  | 'capture'
  | 'match_again'
  | 'publish'
  | 'again';

export function remedyOf({ name, detail }: Pick<WhyCheck, 'name' | 'detail'>): WhyRemedy {
  switch (name) {
    case 'capturing':
      return 'capture';
    case 'in_catalog':
    case 'rule':
      return 'event';
    case 'condition':
    case 'noise':
      return 'conditions';
    case 'subscribed':
      return 'settings';
    case 'active':
    case 'readable':
      return 'webhook';
    case 'going':
      return detail === 'everything_paused' ? 'resume_everything' : 'webhook';
    case 'event_written':
      return detail === 'draft' ? 'publish' : 'again';
    case 'answered':
      return 'delivery';
    case 'matched':
      return detail === null ? 'queue' : 'match_again';
    case 'delivery':
      return detail === 'skipped' || detail === 'event_taken_over' ? 'delivery' : 'again';
  }
}
