import type {
  ActorChoice,
  ConditionFieldType,
  ConditionValue,
  FieldCondition,
  SingleCondition,
  TimeSpan,
} from '../../../contracts';
import { isChangeSubject, operatorsFor, type ChangeSubject, type Operator } from './operators';

/** What is compared with: nothing, one value, several, a span of time, people, or a value before and one after. */
export type RowValue =
  ConditionValue | readonly ConditionValue[] | TimeSpan | readonly ActorChoice[] | ValuePair;

export interface ValuePair {
  from: ConditionValue;
  to: ConditionValue;
}

/** A condition as it is edited. */
export interface Row {
  /** The path of a field, what is known of the change, or '' while nothing is chosen. */
  subject: string;
  operator: Operator;
  value: RowValue;
}

const withoutValue = ['changed', 'present', 'empty'] as const;

/** What a row that was just added holds. */
export const newRow: Row = { subject: '', operator: 'is', value: '' };

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const one = (value: RowValue): ConditionValue => {
  if (isList(value)) return one((value[0] as ConditionValue | undefined) ?? '');
  if (typeof value !== 'object' || value === null) return value;
  return 'to' in value ? value.to : '';
};

const many = (value: RowValue): readonly ConditionValue[] => {
  if (isList(value))
    return value.filter((item) => typeof item !== 'object' || item === null) as ConditionValue[];
  const single = one(value);
  return single === '' ? [] : [single];
};

const textOf = (value: RowValue): string => {
  const single = one(value);
  return single === null || typeof single === 'boolean' ? '' : String(single);
};

const numberOf = (value: RowValue): number => {
  const single = one(value);
  return typeof single === 'number' ? single : Number.NaN;
};

const usualSpan: TimeSpan = { count: 7, unit: 'days' };

const spanOf = (value: RowValue): TimeSpan =>
  typeof value === 'object' && value !== null && 'count' in value ? value : usualSpan;

const pairOf = (value: RowValue): ValuePair =>
  typeof value === 'object' && value !== null && 'from' in value ? value : { from: '', to: one(value) };

const actorsOf = (value: RowValue): readonly ActorChoice[] =>
  isList(value)
    ? value.filter((item): item is ActorChoice => typeof item === 'object' && item !== null && 'type' in item)
    : [];

const textsOf = (value: RowValue): readonly string[] => many(value).map(String);

/** The row in which a condition is edited. */
export function rowOf(condition: SingleCondition): Row {
  if ('field' in condition) return fieldRowOf(condition);
  if ('changedOtherThan' in condition) {
    return { subject: 'change:fields', operator: 'otherThan', value: condition.changedOtherThan };
  }
  if ('locale' in condition) {
    return { subject: 'change:locale', operator: 'isOneOf', value: condition.locale };
  }
  if ('localeNot' in condition) {
    return { subject: 'change:locale', operator: 'isNoneOf', value: condition.localeNot };
  }
  if ('status' in condition) return { subject: 'change:status', operator: 'is', value: condition.status };
  if ('actor' in condition) return { subject: 'change:actor', operator: 'isOneOf', value: condition.actor };
  return { subject: 'change:actor', operator: 'isNoneOf', value: condition.actorNot };
}

function fieldRowOf(condition: FieldCondition): Row {
  const subject = condition.field;
  const row = (operator: Operator, value: RowValue): Row => ({ subject, operator, value });
  if ('is' in condition) return row(isList(condition.is) ? 'isOneOf' : 'is', condition.is);
  if ('isNot' in condition) return row(isList(condition.isNot) ? 'isNoneOf' : 'isNot', condition.isNot);
  if ('contains' in condition) return row('contains', condition.contains);
  if ('beginsWith' in condition) return row('beginsWith', condition.beginsWith);
  if ('greaterThan' in condition) return row('greaterThan', condition.greaterThan);
  if ('lessThan' in condition) return row('lessThan', condition.lessThan);
  if ('before' in condition) return row('before', condition.before);
  if ('after' in condition) return row('after', condition.after);
  if ('inLast' in condition) return row('inLast', condition.inLast);
  if ('inNext' in condition) return row('inNext', condition.inNext);
  if ('becomes' in condition) return row('becomes', condition.becomes);
  if ('changesFrom' in condition) {
    return row('changesFrom', { from: condition.changesFrom, to: condition.to });
  }
  if ('changed' in condition) return row('changed', true);
  return row(condition.present ? 'present' : 'empty', true);
}

/** The condition that a row says; not filled in, one that the rules of the contract refuse. */
export function conditionOf({ subject, operator, value }: Row): SingleCondition {
  if (isChangeSubject(subject)) return changeConditionOf(subject, operator, value);
  const field = subject;
  switch (operator) {
    case 'is':
      return { field, is: one(value) };
    case 'isNot':
      return { field, isNot: one(value) };
    case 'isOneOf':
      return { field, is: many(value) };
    case 'isNoneOf':
      return { field, isNot: many(value) };
    case 'contains':
      return { field, contains: textOf(value) };
    case 'beginsWith':
      return { field, beginsWith: textOf(value) };
    case 'greaterThan':
      return { field, greaterThan: numberOf(value) };
    case 'lessThan':
      return { field, lessThan: numberOf(value) };
    case 'before':
      return { field, before: textOf(value) };
    case 'after':
      return { field, after: textOf(value) };
    case 'inLast':
      return { field, inLast: spanOf(value) };
    case 'inNext':
      return { field, inNext: spanOf(value) };
    case 'becomes':
      return { field, becomes: isList(value) ? many(value) : one(value) };
    case 'changesFrom': {
      const { from, to } = pairOf(value);
      return { field, changesFrom: from, to };
    }
    case 'present':
      return { field, present: true };
    case 'empty':
      return { field, present: false };
    case 'changed':
    case 'otherThan':
      return { field, changed: true };
  }
}

function changeConditionOf(subject: ChangeSubject, operator: Operator, value: RowValue): SingleCondition {
  const isNegated = operator === 'isNoneOf';
  switch (subject) {
    case 'change:fields':
      return { changedOtherThan: textsOf(value) };
    case 'change:actor':
      return isNegated ? { actorNot: actorsOf(value) } : { actor: actorsOf(value) };
    case 'change:locale':
      return isNegated ? { localeNot: textsOf(value) } : { locale: textsOf(value) };
    case 'change:status':
      return { status: one(value) === 'draft' ? 'draft' : 'published' };
  }
}

/** A comparison that begins with nothing, in the shape that it takes. */
function nothingYet(operator: Operator, type: ConditionFieldType | ChangeSubject): RowValue {
  if (type === 'change:status') return 'published';
  if (operator === 'becomes') return type === 'enumeration' || type === 'relation' ? [] : startOf(type);
  if (operator === 'is' || operator === 'isNot') return startOf(type);
  if (operator === 'changesFrom') return { from: startOf(type), to: startOf(type) };
  return '';
}

const startOf = (type: ConditionFieldType | ChangeSubject): ConditionValue =>
  type === 'boolean' ? true : '';

/** Another field in a row: its comparison stays where the new field has it, and its value where that says the same. */
export function withSubject(
  row: Row,
  subject: string,
  type: ConditionFieldType | ChangeSubject,
  before: ConditionFieldType | ChangeSubject | undefined,
): Row {
  const allowed = operatorsFor(type);
  const operator = allowed.includes(row.operator) ? row.operator : (allowed[0] ?? 'changed');
  const isPicked = type === 'enumeration' || type === 'relation' || isChangeSubject(type);
  const keeps = operator === row.operator && type === before && !isPicked;
  return normal({ subject, operator, value: keeps ? row.value : nothingYet(operator, type) });
}

/** Another comparison in a row: what was entered stays as far as it takes it. */
export function withOperator(row: Row, operator: Operator, type: ConditionFieldType | ChangeSubject): Row {
  const single = one(row.value);
  // What says "changes", "is set" or "is empty" has no value that could be taken over.
  const hasValue = !withoutValue.some((known) => known === row.operator);
  if (operator === 'becomes' && (type === 'enumeration' || type === 'relation')) {
    return { ...row, operator, value: hasValue ? many(row.value) : [] };
  }
  const isOfType = type === 'boolean' ? typeof single === 'boolean' : hasValue;
  const value = isOfType ? row.value : nothingYet(operator, type);
  return normal({ ...row, operator, value: operator === 'becomes' ? one(value) : value });
}

/** With the value in the shape that its comparison takes. */
const normal = (row: Row): Row => rowOf(conditionOf(row));

const isBlank = (value: RowValue): boolean =>
  value === '' || (typeof value === 'number' && Number.isNaN(value)) || (isList(value) && value.length === 0);

/** Whether something is still missing in the row of a condition. */
export function isUnfilled(condition: SingleCondition): boolean {
  const { subject, operator, value } = rowOf(condition);
  if (subject === '') return true;
  if (operator === 'changesFrom') {
    const { from, to } = pairOf(value);
    return isBlank(from) || isBlank(to);
  }
  if (operator === 'inLast' || operator === 'inNext') return !(spanOf(value).count >= 1);
  return isBlank(value);
}
