import type { ConditionValue, FieldCondition, TimeSpan } from '../../../contracts';
import {
  compareMoment,
  compareNumber,
  holdsText,
  isAmong,
  isEmpty,
  isWithin,
  same,
  show,
} from './field-value';
import { opposite } from './finding';
import type { Finding, SingleFinding } from './finding';
import { current, foundOf, readAfter, readBefore } from './reading';
import type { ChangeFacts, FieldValue } from './types';

/** Evaluates a comparison of one field; the values that were found come with it. */
export function judgeField(condition: FieldCondition, facts: ChangeFacts): SingleFinding {
  const { field } = condition;
  const [before, after] = [readBefore(field, facts), readAfter(field, facts)];
  return { ...findingOf(condition, facts), found: { before: foundOf(before), after: foundOf(after) } };
}

function findingOf(condition: FieldCondition, facts: ChangeFacts): Finding {
  const { field } = condition;
  if ('becomes' in condition) return judgeBecomes(field, condition.becomes, facts);
  if ('changed' in condition) return judgeChanged(field, facts);
  if ('changesFrom' in condition) return judgeChangesFrom(field, condition.changesFrom, condition.to, facts);
  if ('present' in condition) return judgePresent(field, condition.present, facts);
  if ('inLast' in condition) return judgeSpan(field, condition.inLast, -1, facts);
  if ('inNext' in condition) return judgeSpan(field, condition.inNext, 1, facts);
  if ('isNot' in condition)
    return opposite(judgeNow(field, facts, (value) => isAmong(condition.isNot, value)));
  return judgeNow(field, facts, testOf(condition));
}

type OneOf<Key extends string> = Extract<FieldCondition, Record<Key, unknown>>;

/** What a comparison asks of the current value. A value of another type than it needs never fits. */
function testOf(
  condition:
    | OneOf<'is'>
    | OneOf<'contains'>
    | OneOf<'beginsWith'>
    | OneOf<'greaterThan'>
    | OneOf<'lessThan'>
    | OneOf<'before'>
    | OneOf<'after'>,
): (value: FieldValue) => boolean {
  if ('is' in condition) return (value) => isAmong(condition.is, value);
  if ('contains' in condition) return (value) => holdsText(value, condition.contains, 'anywhere');
  if ('beginsWith' in condition) return (value) => holdsText(value, condition.beginsWith, 'start');
  if ('greaterThan' in condition) return (value) => compareNumber(value, condition.greaterThan) === 1;
  if ('lessThan' in condition) return (value) => compareNumber(value, condition.lessThan) === -1;
  if ('before' in condition) return (value) => compareMoment(value, condition.before) === -1;
  return (value) => compareMoment(value, condition.after) === 1;
}

function judgeNow(field: string, facts: ChangeFacts, test: (value: FieldValue) => boolean): Finding {
  const now = current(field, facts);
  if (now === 'none') return { truth: false, because: `${field} has no value` };
  if (!now.known) return { truth: 'unknown', because: now.because };
  return { truth: test(now.value), because: `${field} is ${show(now.value)}` };
}

function judgeSpan(field: string, span: TimeSpan, direction: -1 | 1, facts: ChangeFacts): Finding {
  const { change } = facts;
  const now = current(field, facts);
  // An empty field lies in no span, whenever it happened.
  if (change === undefined && now !== 'none' && now.known && !isEmpty(now.value))
    return { truth: 'unknown', because: 'the time of the change is not known' };
  return judgeNow(field, facts, (value) => isWithin(value, span, direction, change?.occurredAt ?? NaN));
}

function judgePresent(field: string, wanted: boolean, facts: ChangeFacts): Finding {
  const now = current(field, facts);
  if (now === 'none') return { truth: !wanted, because: `${field} is empty` };
  if (!now.known) return { truth: 'unknown', because: now.because };
  const empty = isEmpty(now.value);
  return { truth: empty !== wanted, because: empty ? `${field} is empty` : `${field} is ${show(now.value)}` };
}

function judgeBecomes(
  field: string,
  wanted: ConditionValue | readonly ConditionValue[],
  facts: ChangeFacts,
): Finding {
  const after = readAfter(field, facts);
  if (after === 'none') return gone(facts);
  if (after.known && !isAmong(wanted, after.value))
    return { truth: false, because: `${field} is ${show(after.value)}` };
  const before = readBefore(field, facts);
  // What it was before decides, even if what it is now cannot be read.
  if (before !== 'none' && before.known && isAmong(wanted, before.value))
    return { truth: false, because: `${field} was ${show(before.value)} already` };
  if (!after.known) return { truth: 'unknown', because: after.because };
  if (before === 'none') return { truth: true, because: `${field} is ${show(after.value)} from the start` };
  if (!before.known) return { truth: 'unknown', because: before.because };
  return { truth: true, because: wentBetween(field, before.value, after.value) };
}

function judgeChanged(field: string, facts: ChangeFacts): Finding {
  const after = readAfter(field, facts);
  if (after === 'none') return gone(facts);
  const before = readBefore(field, facts);
  if (!after.known) return { truth: 'unknown', because: after.because };
  if (before === 'none') {
    const empty = isEmpty(after.value);
    return { truth: !empty, because: `${field} is ${show(after.value)} from the start` };
  }
  if (!before.known) return { truth: 'unknown', because: before.because };
  return compared(field, before.value, after.value);
}

function judgeChangesFrom(
  field: string,
  from: ConditionValue,
  to: ConditionValue,
  facts: ChangeFacts,
): Finding {
  const after = readAfter(field, facts);
  if (after === 'none') return gone(facts);
  const before = readBefore(field, facts);
  if (before === 'none') return { truth: false, because: `${field} had no value before` };
  // One known side that does not match decides, even if the other cannot be read.
  if (after.known && !isAmong(to, after.value))
    return { truth: false, because: `${field} is ${show(after.value)}` };
  if (before.known && !isAmong(from, before.value)) {
    return { truth: false, because: `${field} was ${show(before.value)}` };
  }
  if (!after.known) return { truth: 'unknown', because: after.because };
  if (!before.known) return { truth: 'unknown', because: before.because };
  return compared(field, before.value, after.value);
}

const compared = (field: string, before: FieldValue, after: FieldValue): Finding =>
  same(before, after)
    ? { truth: false, because: `${field} is ${show(after)} as before` }
    : { truth: true, because: wentBetween(field, before, after) };

const wentBetween = (field: string, before: FieldValue, after: FieldValue): string =>
  `${field} went from ${show(before)} to ${show(after)}`;

const gone = ({ action }: ChangeFacts): Finding => ({ truth: false, because: `the entry was ${action}` });
