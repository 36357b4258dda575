import type {
  ConditionChoices,
  PlacedFinding,
  SingleCondition,
  TriedEvent,
} from '../../../../../../contracts';
import { useText } from '../../../../text/useText';
import { isChangeSubject } from '../../../../conditions/operators';
import { rowOf } from '../../../../conditions/rows';
import { useSubjectName } from '../../../../conditions/useSubjectName';
import { typeOf } from '../../../../conditions/subjects';
import { useRowWords } from '../../../../conditions/useRowWords';

/** "Total is 49", "Status stayed completed": what was found in place of what a condition wants. */
export function useFindingWords(
  choices: ConditionChoices | undefined,
): (condition: SingleCondition, finding: PlacedFinding, event: Pick<TriedEvent, 'actorName'>) => string {
  const { t, intl } = useText();
  const nameOf = useSubjectName(choices);
  const { valueText } = useRowWords(choices);

  return (condition, { truth, before, after }, event) => {
    const { subject, operator } = rowOf(condition);
    const field = nameOf(subject);
    if (subject === 'change:actor') {
      const name = event.actorName ?? t('only_when.finding.nobody');
      return t('only_when.finding.actor', { name });
    }
    if (subject === 'change:fields') {
      if (!Array.isArray(after) || after.length === 0) {
        return t(truth === true ? 'only_when.finding.others_changed' : 'only_when.finding.none_changed');
      }
      return t('only_when.finding.changed_fields', {
        fields: intl.formatList(after.map(nameOf), { type: 'conjunction' }),
      });
    }
    const type = typeOf(choices, subject);
    const isOpaque = type === 'relation' || type === 'media' || type === 'other';
    const asksForChange = operator === 'becomes' || operator === 'changesFrom' || operator === 'changed';
    if (!isChangeSubject(subject) && isOpaque && operator !== 'present' && operator !== 'empty') {
      if (operator !== 'changed') {
        return t(truth === true ? 'only_when.finding.as_chosen' : 'only_when.finding.another', { field });
      }
      return t(truth === true ? 'only_when.finding.changed' : 'only_when.finding.unchanged', { field });
    }
    if (after === undefined) return t('only_when.finding.unknown', { field });
    const found = valueText(subject, after);
    if (!asksForChange) return isEmpty(after) ? emptyOf(field) : t('only_when.finding.is', { field, found });
    // Without a value before: everything of an entry that was created is new, and so it is of one that is chosen.
    if (before === undefined) return t('only_when.finding.is', { field, found });
    if (isSame(before, after)) return t('only_when.finding.stayed', { field, found });
    return t('only_when.finding.from_to', { field, from: valueText(subject, before), to: found });
  };

  function emptyOf(field: string): string {
    return t('only_when.finding.empty', { field });
  }
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
