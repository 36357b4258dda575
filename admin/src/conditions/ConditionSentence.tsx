import { Fragment } from 'react';
import {
  conditionPhrase,
  type Condition,
  type ConditionChoices,
  type WebhookConditions,
} from '../../../contracts';
import { useText } from '../text/useText';
import { filledConditions, membersOf, modeOf, placedConditions, type Member } from './groups';
import { fieldAt } from './subjects';

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
  const filled = filledConditions(conditions);
  if (!filled) return '…';
  const members = membersOf<Member>(filled).slice(0, isShort ? shownInShort : undefined);
  const shown: WebhookConditions = modeOf(filled) === 'all' ? { all: members } : { any: members };
  const others = placedConditions(filled).length - placedConditions(shown).length;

  return (
    <>
      <ConditionWords condition={shown} choices={choices} />
      {others > 0 && ` ${t('only_when.others', { count: others })}`}
    </>
  );
}

/** Any condition in words, whatever is nested in it. */
export function ConditionWords({
  condition,
  choices,
}: {
  condition: Condition;
  choices: ConditionChoices | undefined;
}) {
  const { t } = useText();
  const { parts } = conditionPhrase(
    condition,
    {
      field: (path) => fieldAt(choices, path)?.labels,
      locale: (code) => choices?.localeNames[code],
    },
    t,
  );
  return (
    <>
      {parts.map(({ text, strong }, index) => (
        <Fragment key={index}>{strong ? <b>{text}</b> : text}</Fragment>
      ))}
    </>
  );
}
