import type { ConditionChoices } from '../../../contracts';
import { useText, type TextId } from '../text/useText';
import { isChangeSubject, type ChangeSubject } from './operators';
import { pathLabel } from './subjects';

/** The name of what is compared. */
export function useSubjectName(choices: ConditionChoices | undefined): (subject: string) => string {
  const { t } = useText();
  return (subject) => {
    if (isChangeSubject(subject)) return t(changeTexts[subject]);
    return subject === '' ? '' : pathLabel(choices, subject);
  };
}

const changeTexts: Record<ChangeSubject, TextId> = {
  'change:fields': 'only_when.subject.fields',
  'change:actor': 'only_when.subject.actor',
  'change:locale': 'only_when.subject.locale',
  'change:status': 'only_when.subject.status',
};
