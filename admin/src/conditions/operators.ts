import type { ConditionFieldType } from '../../../contracts';

/** A comparison as it is chosen in a row. */
export type Operator =
  | 'is'
  | 'isNot'
  | 'isOneOf'
  | 'isNoneOf'
  | 'contains'
  | 'beginsWith'
  | 'greaterThan'
  | 'lessThan'
  | 'before'
  | 'after'
  | 'inLast'
  | 'inNext'
  | 'becomes'
  | 'changesFrom'
  | 'changed'
  | 'present'
  | 'empty'
  | 'otherThan';

/** What is known of the change itself, beside the fields of its entry. A path of a field has no colon. */
export const changeSubjects = ['change:fields', 'change:actor', 'change:locale', 'change:status'] as const;
export type ChangeSubject = (typeof changeSubjects)[number];

export const isChangeSubject = (subject: string): subject is ChangeSubject =>
  changeSubjects.some((known) => known === subject);

const always = ['changed', 'present', 'empty'] as const;

const ofFields: Record<ConditionFieldType, readonly Operator[]> = {
  text: ['is', 'isNot', 'isOneOf', 'isNoneOf', 'contains', 'beginsWith', 'becomes', 'changesFrom', ...always],
  number: ['is', 'isNot', 'greaterThan', 'lessThan', 'becomes', 'changesFrom', ...always],
  boolean: ['is', 'becomes', ...always],
  date: ['is', 'before', 'after', 'inLast', 'inNext', ...always],
  datetime: ['is', 'before', 'after', 'inLast', 'inNext', ...always],
  time: ['is', 'before', 'after', ...always],
  enumeration: ['is', 'isNot', 'isOneOf', 'isNoneOf', 'becomes', 'changesFrom', ...always],
  relation: ['is', 'isNot', 'isOneOf', 'isNoneOf', 'becomes', 'changesFrom', ...always],
  media: always,
  other: always,
};

const ofChanges: Record<ChangeSubject, readonly Operator[]> = {
  'change:fields': ['otherThan'],
  'change:actor': ['isOneOf', 'isNoneOf'],
  'change:locale': ['isOneOf', 'isNoneOf'],
  'change:status': ['is'],
};

/** The comparisons that the type of a field allows, the usual one first. */
export const operatorsFor = (type: ConditionFieldType | ChangeSubject): readonly Operator[] =>
  isChangeSubject(type) ? ofChanges[type] : ofFields[type];

const choices: readonly Operator[] = ['is', 'isNot', 'isOneOf', 'isNoneOf', 'becomes', 'changesFrom'];

/** Whether a comparison can hold at all: those offered, and all choices where values are told one by one. */
export function operatorFits(operator: Operator, type: ConditionFieldType | ChangeSubject): boolean {
  const offered = operatorsFor(type);
  if (offered.includes(operator)) return true;
  return !isChangeSubject(type) && offered.includes('is') && choices.includes(operator);
}
