import type { ConditionFieldType, FieldCondition } from './conditions';

type KeysOf<Union> = Union extends unknown ? keyof Union : never;

/** How a field can be compared; `changesFrom` has its second value in `to`. */
export type FieldOperator = Exclude<KeysOf<FieldCondition>, 'field' | 'to'>;

const choice = ['is', 'isNot', 'becomes', 'changesFrom'] as const;
const any = ['changed', 'present'] as const;
const calendar = ['is', 'before', 'after', 'inLast', 'inNext', ...any] as const;

const offered: Readonly<Record<ConditionFieldType, readonly FieldOperator[]>> = {
  text: ['is', 'isNot', 'contains', 'beginsWith', 'becomes', 'changesFrom', ...any],
  number: ['is', 'isNot', 'greaterThan', 'lessThan', 'becomes', 'changesFrom', ...any],
  boolean: ['is', 'becomes', ...any],
  date: calendar,
  datetime: calendar,
  time: ['is', 'before', 'after', ...any],
  enumeration: [...choice, ...any],
  relation: ['is', 'isNot', 'becomes', ...any],
  media: any,
  other: any,
};

/** The comparisons that a screen offers for a field of this type, in this order. */
export const operatorsFor = (type: ConditionFieldType): readonly FieldOperator[] => offered[type];

/**
 * Whether a comparison can hold for a field of this type at all: those offered, and all choices where values are told
 * one by one.
 */
export const operatorFits = (operator: FieldOperator, type: ConditionFieldType): boolean =>
  offered[type].includes(operator) ||
  (offered[type].includes('is') && choice.some((one) => one === operator));

const operators: readonly FieldOperator[] = [
  ...choice,
  ...any,
  ...(['contains', 'beginsWith', 'greaterThan', 'lessThan', 'before', 'after', 'inLast', 'inNext'] as const),
];

/** The comparison that a condition makes. */
export const operatorOf = (condition: FieldCondition): FieldOperator =>
  operators.find((operator) => Object.hasOwn(condition, operator)) ?? 'present';
