import { Fragment } from 'react';
import type { ConditionChoices, SingleCondition, WebhookConditions } from '../../../../../contracts';
import { useText } from '../../../text/useText';
import { membersOf, modeOf, placedConditions, type Member } from './groups';
import { isUnfilled, rowOf } from './rows';
import { conditionSentence } from './sentence-stub';
import { useSubjectName } from './SubjectSelect';
import { useRowWords } from './useRowWords';

// A summary with more of them is too long to read.
const shownInShort = 2;

interface ConditionSentenceProps {
  conditions: WebhookConditions;
  choices: ConditionChoices | undefined;
  /** The first of them, and how many others there are. */
  isShort?: boolean;
}

/** The conditions in words, as far as they are filled in. */
export function ConditionSentence({ conditions, choices, isShort = false }: ConditionSentenceProps) {
  const { t } = useText();
  const nameOf = useSubjectName(choices);
  const { wanted } = useRowWords(choices);
  const members = membersOf<Member>(conditions).slice(0, isShort ? shownInShort : undefined);
  const shown: WebhookConditions = modeOf(conditions) === 'all' ? { all: members } : { any: members };
  const others = placedConditions(conditions).length - placedConditions(shown).length;

  const parts = conditionSentence(shown, {
    subject: (condition: SingleCondition) => nameOf(rowOf(condition).subject) || '…',
    wanted: (condition: SingleCondition) => (isUnfilled(condition) ? '…' : wanted(condition)),
    and: t('only_when.and'),
    or: t('only_when.or'),
  });
  return (
    <>
      {parts.map(({ text, strong }, index) => (
        <Fragment key={index}>{strong ? <b>{text}</b> : text}</Fragment>
      ))}
      {others > 0 && ` ${t('only_when.others', { count: others })}`}
    </>
  );
}
