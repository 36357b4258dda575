import type {
  ChangeCondition,
  Condition,
  ConditionField,
  ConditionFieldType,
  ConditionSubject,
  ConditionValue,
  FieldCondition,
} from './conditions';
import { contradictionsIn } from './condition-contradictions';
import { momentOf } from './condition-moments';
import { operatorFits, operatorOf } from './condition-operators';
import type { FieldOperator } from './condition-operators';

/** What is wrong with a condition, and where: `['conditions', 'all', '1', 'greaterThan']`. */
export interface ConditionProblem {
  path: string[];
  message: string;
}

/**
 * What can never hold, for conditions that the schema accepts. A field that only some of the content types have is no
 * problem: for the others, its condition is unknown.
 *
 * @param subjects what the chosen event types are about.
 * @param at where the conditions stand; the paths begin with it, and go on as those of the schema's own errors.
 */
export function conditionProblems(
  conditions: Condition,
  subjects: readonly ConditionSubject[],
  at: readonly string[] = ['conditions'],
): ConditionProblem[] {
  const within = (key: 'all' | 'any', members: readonly Condition[]) =>
    members.flatMap((member, index) => conditionProblems(member, subjects, [...at, key, String(index)]));
  if ('any' in conditions) return within('any', conditions.any);
  if ('not' in conditions) return conditionProblems(conditions.not, subjects, [...at, 'not']);
  if ('all' in conditions) {
    const contradictions = contradictionsIn(conditions.all, (path) =>
      fieldsAt(path, subjects).some(({ field }) => field.type === 'relation'),
    );
    return [
      ...within('all', conditions.all),
      ...contradictions.map(({ path, message }) => ({ path: [...at, 'all', ...path], message })),
    ];
  }
  return 'field' in conditions
    ? fieldProblems(conditions, subjects, at)
    : changeProblems(conditions, subjects, at);
}

const fieldsAt = (path: string, subjects: readonly ConditionSubject[]) =>
  subjects.flatMap((subject) => {
    const field = subject.fields.find((one) => one.path === path);
    return field === undefined ? [] : [{ field, subject }];
  });

const namesOf = (subjects: readonly ConditionSubject[]): string =>
  subjects.map(({ name }) => name).join(' or ') || 'these events';

function fieldProblems(
  condition: FieldCondition,
  subjects: readonly ConditionSubject[],
  at: readonly string[],
): ConditionProblem[] {
  const found = fieldsAt(condition.field, subjects);
  if (found.length === 0)
    return [{ path: [...at, 'field'], message: `no field "${condition.field}" of ${namesOf(subjects)}` }];
  if ('changesFrom' in condition && condition.changesFrom === condition.to)
    return [{ path: [...at, 'to'], message: 'must be another value than the one before' }];
  const problems = found.map(({ field }) => problemsWith(condition, field, at));
  // It may hold for one of the content types.
  return problems.some((list) => list.length === 0) ? [] : (problems[0] ?? []);
}

function problemsWith(
  condition: FieldCondition,
  field: ConditionField,
  at: readonly string[],
): ConditionProblem[] {
  const operator = operatorOf(condition);
  if (!operatorFits(operator, field.type)) {
    const message = `${spoken[operator]} cannot be asked of ${kindNames[field.type]}`;
    return [{ path: [...at, operator], message }];
  }
  return comparedValues(condition).flatMap(({ path, value }) => {
    const message = valueProblem(value, field);
    return message === null ? [] : [{ path: [...at, ...path], message }];
  });
}

/** Values that must be of the field's type, with their place. Texts to search for and numbers are so by the schema. */
function comparedValues(condition: FieldCondition): { path: string[]; value: ConditionValue }[] {
  const choices = (key: string, given: ConditionValue | readonly ConditionValue[]) =>
    isList(given)
      ? given.map((value, index) => ({ path: [key, String(index)], value }))
      : [{ path: [key], value: given }];
  if ('is' in condition) return choices('is', condition.is);
  if ('isNot' in condition) return choices('isNot', condition.isNot);
  if ('becomes' in condition) return choices('becomes', condition.becomes);
  if ('changesFrom' in condition)
    return [...choices('changesFrom', condition.changesFrom), ...choices('to', condition.to)];
  if ('before' in condition) return choices('before', condition.before);
  return 'after' in condition ? choices('after', condition.after) : [];
}

const isList = (value: ConditionValue | readonly ConditionValue[]): value is readonly ConditionValue[] =>
  Array.isArray(value);

/** More digits than a number holds exactly: a big integer can only be given as text. */
const largeWhole = /^-?\d{16,}$/;

function valueProblem(value: ConditionValue, { type, options }: ConditionField): string | null {
  if (value === null) return null;
  const moment = typeof value === 'string' ? momentOf(value)?.kind : undefined;
  switch (type) {
    case 'number':
      return typeof value === 'number' || (typeof value === 'string' && largeWhole.test(value))
        ? null
        : 'must be a number';
    case 'boolean':
      return typeof value === 'boolean' ? null : 'must be true or false';
    case 'date':
      return moment === 'date' ? null : 'must be a date, like 2026-11-29';
    case 'time':
      return moment === 'time' ? null : 'must be a time, like 14:05:00';
    case 'datetime':
      return moment === 'date' || moment === 'datetime'
        ? null
        : 'must be a date, or a date with time, like 2026-11-29T14:05:00Z';
    case 'enumeration':
      if (options === undefined || options.some((option) => option === value)) return null;
      return `must be one of ${options.join(', ')}`;
    default:
      return typeof value === 'string' ? null : 'must be a text';
  }
}

function changeProblems(
  condition: ChangeCondition,
  subjects: readonly ConditionSubject[],
  at: readonly string[],
): ConditionProblem[] {
  if ('locale' in condition) return localeProblems('locale', condition.locale, subjects, at);
  if ('localeNot' in condition) return localeProblems('localeNot', condition.localeNot, subjects, at);
  if ('status' in condition) {
    if (subjects.some(({ draftAndPublish }) => draftAndPublish)) return [];
    return [{ path: [...at, 'status'], message: `${namesOf(subjects)} has no drafts` }];
  }
  if (!('changedOtherThan' in condition)) return [];
  return condition.changedOtherThan.flatMap((name, index) =>
    // Changes are known of an entry's own fields as a whole.
    !name.includes('.') && fieldsAt(name, subjects).length > 0
      ? []
      : [
          {
            path: [...at, 'changedOtherThan', String(index)],
            message: `"${name}" is no field of ${namesOf(subjects)} itself`,
          },
        ],
  );
}

function localeProblems(
  key: 'locale' | 'localeNot',
  codes: readonly string[],
  subjects: readonly ConditionSubject[],
  at: readonly string[],
): ConditionProblem[] {
  const known = new Set(subjects.flatMap(({ locales }) => locales));
  if (known.size === 0) return [{ path: [...at, key], message: `${namesOf(subjects)} has no languages` }];
  return codes.flatMap((code, index) =>
    known.has(code) ? [] : [{ path: [...at, key, String(index)], message: `there is no language "${code}"` }],
  );
}

const kindNames: Readonly<Record<ConditionFieldType, string>> = {
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  date: 'a date',
  datetime: 'a date with time',
  time: 'a time',
  enumeration: 'an enumeration',
  relation: 'a relation',
  media: 'a file',
  other: 'a field of this type',
};

const spoken: Readonly<Record<FieldOperator, string>> = {
  is: '"is"',
  isNot: '"is not"',
  contains: '"contains"',
  beginsWith: '"begins with"',
  greaterThan: '"greater than"',
  lessThan: '"less than"',
  before: '"before"',
  after: '"after"',
  inLast: '"in the last"',
  inNext: '"in the next"',
  becomes: '"becomes"',
  changesFrom: '"changes from"',
  changed: '"changes"',
  present: '"is set"',
};
