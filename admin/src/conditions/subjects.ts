import type {
  ConditionChoices,
  ConditionField,
  ConditionFieldType,
  ConditionSubject,
  SingleCondition,
} from '../../../contracts';
import { isChangeSubject, operatorFits, type ChangeSubject } from './operators';
import { rowOf } from './rows';

/** What can be compared, as it is offered. */
export interface SubjectGroup {
  /** Display name of the content type. */
  name: string;
  fields: readonly ConditionField[];
}

/** The fields of each content type, under its name. */
export const fieldGroups = ({ subjects }: ConditionChoices): SubjectGroup[] =>
  subjects.map(({ name, fields }) => ({ name, fields }));

const hasLocales = ({ locales }: ConditionSubject) => locales.length > 0;

/** What is known of a change that can differ here: no language without locales, no version without draft and publish. */
export function offeredChanges({ subjects }: ConditionChoices): ChangeSubject[] {
  const offered: ChangeSubject[] = ['change:actor'];
  if (subjects.length > 0) offered.unshift('change:fields');
  if (subjects.some(hasLocales)) offered.push('change:locale');
  if (subjects.some(({ draftAndPublish }) => draftAndPublish)) offered.push('change:status');
  return offered;
}

/** The field at a path; the first where several content types have one there. */
export const fieldAt = (choices: ConditionChoices | undefined, path: string): ConditionField | undefined =>
  choices?.subjects.flatMap(({ fields }) => fields).find((field) => field.path === path);

/** What decides which comparisons there are: the type of a field, or what of the change is meant. */
export function typeOf(
  choices: ConditionChoices | undefined,
  subject: string,
): ConditionFieldType | ChangeSubject | undefined {
  return isChangeSubject(subject) ? subject : fieldAt(choices, subject)?.type;
}

/** "Customer → Country"; the path itself where it is not known. */
export const pathLabel = (choices: ConditionChoices | undefined, path: string): string =>
  fieldAt(choices, path)?.labels.join(' → ') ?? path;

/** Codes of all locales in which there can be entries. */
export const localesOf = ({ subjects }: ConditionChoices): string[] => [
  ...new Set(subjects.flatMap(({ locales }) => locales)),
];

/** Why a condition that is stored can hold no more. */
export type RowTrouble =
  | { kind: 'field_gone' }
  | { kind: 'operator_gone' }
  | { kind: 'option_gone'; option: string }
  | { kind: 'no_versions' }
  | { kind: 'no_locales' };

/** What is wrong with a condition by what there is to compare now; null: nothing, or that is not known yet. */
export function troubleOf(
  condition: SingleCondition,
  choices: ConditionChoices | undefined,
): RowTrouble | null {
  const { subject, operator, value } = rowOf(condition);
  if (!choices || choices.subjects.length === 0 || subject === '') return null;
  if (subject === 'change:status' && !offeredChanges(choices).includes('change:status')) {
    return { kind: 'no_versions' };
  }
  if (subject === 'change:locale' && !offeredChanges(choices).includes('change:locale')) {
    return { kind: 'no_locales' };
  }
  const type = typeOf(choices, subject);
  if (!type) return { kind: 'field_gone' };
  if (!operatorFits(operator, type)) return { kind: 'operator_gone' };
  const options = optionsOf(choices, subject);
  const gone = options && chosenTexts(value).find((chosen) => !options.includes(chosen));
  return gone === undefined ? null : { kind: 'option_gone', option: gone };
}

/** Of an enumeration, of all content types that have it at this path; undefined for what has no fixed values. */
export function optionsOf(
  choices: ConditionChoices | undefined,
  subject: string,
): readonly string[] | undefined {
  const fields =
    choices?.subjects.flatMap(({ fields: of }) => of.filter(({ path }) => path === subject)) ?? [];
  const options = fields.flatMap(({ options: of }) => of ?? []);
  return fields.some(({ type }) => type === 'enumeration') ? [...new Set(options)] : undefined;
}

function chosenTexts(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (Array.isArray(value)) return value.flatMap(chosenTexts);
  if (typeof value === 'object' && value !== null && 'from' in value && 'to' in value) {
    return [...chosenTexts(value.from), ...chosenTexts(value.to)];
  }
  return [];
}
