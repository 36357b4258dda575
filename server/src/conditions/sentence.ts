import type { FieldCondition } from '../../../contracts';
import { show } from './field-value';
import type { Clause, Condition, ContentAction, FieldValue, Rule } from './types';

/**
 * The rule in English, for developers' errors and the Events screen.
 *
 * @param contentTypeName display name, e.g. `Payment`.
 * @returns without capital and full stop: `a Payment is created, or its status becomes completed`.
 */
export function sentence(rule: Rule, contentTypeName: string): string {
  if (rule.length === 0) return 'never';
  const subject = `${/^[aeiou]/i.test(contentTypeName) ? 'an' : 'a'} ${contentTypeName}`;
  return rule.map((clause, at) => clausePhrase(clause, at === 0 ? subject : null)).join(', or ');
}

/** `subject` is null if it was named before, so that "it" and "its" can be used. */
function clausePhrase({ on, when }: Clause, subject: string | null): string {
  const actions = typeof on === 'string' ? [on] : on;
  if (when === undefined) return actionPhrase(actions, subject);
  const onlySaves = actions.every((action) => action === 'created' || action === 'updated');
  if (onlySaves && actions.includes('updated') && speaksOfChange(when)) {
    // Not "is updated and its status becomes completed", which says one thing twice.
    const phrase = conditionPhrase(when, false);
    return subject === null ? phrase : phrase.replace(/\bits (\S+)/, `the $1 of ${subject}`);
  }
  return `${actionPhrase(actions, subject)} and ${conditionPhrase(when, true)}`;
}

function actionPhrase(actions: readonly ContentAction[], subject: string | null): string {
  const verbs = actions.filter((action) => action !== 'draft_discarded');
  const phrases = verbs.length === 0 ? [] : [`${subject ?? 'it'} is ${verbs.join(' or ')}`];
  if (actions.includes('draft_discarded')) {
    phrases.push(
      subject === null || verbs.length > 0
        ? 'its draft is discarded'
        : `the draft of ${subject} is discarded`,
    );
  }
  return phrases.join(' or ');
}

function conditionPhrase(condition: Condition, nested: boolean): string {
  if ('all' in condition) return condition.all.map((part) => conditionPhrase(part, true)).join(' and ');
  if ('any' in condition) {
    const phrase = condition.any.map((part) => conditionPhrase(part, true)).join(' or ');
    return nested && condition.any.length > 1 ? `(${phrase})` : phrase;
  }
  if ('not' in condition) return `not (${conditionPhrase(condition.not, false)})`;
  if (!('field' in condition)) return JSON.stringify(condition);
  return `its ${condition.field} ${predicate(condition)}`;
}

function predicate(condition: FieldCondition): string {
  if ('is' in condition) return `is ${choice(condition.is)}`;
  if ('isNot' in condition) return `is not ${choice(condition.isNot)}`;
  if ('becomes' in condition) return `becomes ${choice(condition.becomes)}`;
  if ('changesFrom' in condition)
    return `changes from ${show(condition.changesFrom)} to ${show(condition.to)}`;
  if ('changed' in condition) return 'changes';
  if ('present' in condition) return condition.present ? 'is set' : 'is empty';
  const { field: _field, ...comparison } = condition;
  return JSON.stringify(comparison);
}

const choice = (value: FieldValue | readonly FieldValue[]): string =>
  Array.isArray(value) ? value.map(show).join(' or ') : show(value as FieldValue);

function speaksOfChange(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(speaksOfChange);
  if ('any' in condition) return condition.any.every(speaksOfChange);
  if ('not' in condition) return false;
  return 'becomes' in condition || 'changesFrom' in condition || 'changed' in condition;
}
