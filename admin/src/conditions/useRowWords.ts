import type { ConditionChoices, ConditionValue, SingleCondition } from '../../../contracts';
import { useText } from '../text/useText';
import { isChangeSubject, type Operator } from './operators';
import { rowOf, type RowValue } from './rows';
import { fieldAt } from './subjects';
import { actorName } from './editor/value/ActorPicker';

/** "is greater than"; of people and locales "is", since what follows is a list anyway. */
export function useOperatorName(): (subject: string, operator: Operator) => string {
  const { t } = useText();
  return (subject, operator) => {
    if (isChangeSubject(subject) && operator === 'isOneOf') return t('only_when.operator.is');
    if (isChangeSubject(subject) && operator === 'isNoneOf') return t('only_when.operator.isNot');
    return t(`only_when.operator.${operator}`);
  };
}

export interface RowWords {
  /** "completed", "7 days", "UA or PL". */
  valueText: (subject: string, value: RowValue | undefined) => string;
  /** "is greater than 100". */
  wanted: (condition: SingleCondition) => string;
}

/** A condition in the words of its row. */
export function useRowWords(choices: ConditionChoices | undefined): RowWords {
  const { t, intl } = useText();
  const operatorName = useOperatorName();

  const single = (subject: string, value: ConditionValue): string => {
    const type = fieldAt(choices, subject)?.type;
    if (value === null || value === '') return t('only_when.value.empty');
    if (typeof value === 'boolean') return t(value ? 'only_when.value.true' : 'only_when.value.false');
    if (typeof value === 'number') return intl.formatNumber(value);
    if (subject === 'change:locale') return choices?.localeNames[value] ?? value;
    if (subject === 'change:status') {
      return t(value === 'draft' ? 'only_when.status.draft' : 'only_when.status.published');
    }
    if (type === 'date') return intl.formatDate(value, { dateStyle: 'medium', timeZone: 'UTC' });
    if (type === 'datetime') return intl.formatDate(value, { dateStyle: 'medium', timeStyle: 'short' });
    return value;
  };
  const valueText = (subject: string, value: RowValue | undefined): string => {
    if (value === undefined) return '';
    if (typeof value !== 'object' || value === null) return single(subject, value);
    if ('from' in value) {
      const [from, to] = [single(subject, value.from), single(subject, value.to)];
      return t('only_when.value.pair', { from, to });
    }
    if ('unit' in value) {
      const unit = t(`only_when.unit.${value.unit}`, { count: value.count });
      return `${intl.formatNumber(value.count)} ${unit}`;
    }
    const names = value.map((item) =>
      typeof item === 'object' && item !== null ? actorName(item, t) : single(subject, item),
    );
    return intl.formatList(names, { type: 'disjunction' });
  };
  const wanted = (condition: SingleCondition): string => {
    const { subject, operator, value } = rowOf(condition);
    const words = operatorName(subject, operator);
    const hasNoValue = operator === 'changed' || operator === 'present' || operator === 'empty';
    return hasNoValue ? words : `${words} ${valueText(subject, value)}`;
  };
  return { valueText, wanted };
}
