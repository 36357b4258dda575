import { phrasing, tellerOf } from '../../../contracts';
import type { SayCondition } from '../../../contracts';
import { say as sayIn } from '../wording';
import type { Language } from '../wording';
import type { Clause, Condition, ContentAction, Rule } from './types';

/** The texts of conditions in one language. */
export const conditionWords =
  (language: Language): SayCondition =>
  (id, values) =>
    sayIn(language, id, values) ?? id;

/** The rule in English, for developers' errors and the catalog. */
export const sentence = (rule: Rule, contentTypeName: string): string =>
  ruleSentence(rule, contentTypeName, conditionWords('en'));

/**
 * The rule in the language of `say`.
 *
 * @param contentTypeName display name, e.g. `Payment`.
 * @returns without capital and full stop: `a Payment is created, or its status becomes “completed”`.
 */
export function ruleSentence(rule: Rule, contentTypeName: string, say: SayCondition): string {
  if (rule.length === 0) return say('condition.rule.never', {});
  const phrases = phrasing(say, {});
  const type = phrases.strong(contentTypeName);
  const article = /^[aeiou]/i.test(contentTypeName) ? 'an' : 'a';
  const subject: Subject = { type, article, isNamed: false };
  const clauses = rule.map((clause) => clausePhrase(clause, subject, say, phrases));
  return phrases.finished(clauses.reduce((first, second) => say('condition.or', { first, second }))).text;
}

type Phrasing = ReturnType<typeof phrasing>;

/** `isNamed` once the sentence has named the content type, so that "it" and "its" can be used. */
interface Subject {
  type: string;
  article: 'a' | 'an';
  isNamed: boolean;
}

function clausePhrase({ on, when }: Clause, subject: Subject, say: SayCondition, phrases: Phrasing): string {
  const actions = typeof on === 'string' ? [on] : on;
  const told = tellerOf(say, phrases, (path) => fieldPhrase(phrases.labelOf(path), subject, say));
  if (when === undefined) return actionPhrase(actions, subject, say);
  const onlySaves = actions.every((action) => action === 'created' || action === 'updated');
  // Not "is updated and its status becomes completed", which says one thing twice.
  if (onlySaves && actions.includes('updated') && speaksOfChange(when)) return told(when);
  const first = actionPhrase(actions, subject, say);
  const isGroup = 'any' in when && when.any.length > 1;
  return say(isGroup ? 'condition.andGroup' : 'condition.and', { first, second: told(when) });
}

/** `the status of a Payment`, and then `its status`. */
function fieldPhrase(name: string, subject: Subject, say: SayCondition): string {
  if (subject.isNamed) return say('condition.field.its', { name });
  subject.isNamed = true;
  return say('condition.field.of', { name, type: subject.type, article: subject.article });
}

function actionPhrase(actions: readonly ContentAction[], subject: Subject, say: SayCondition): string {
  const { type, article } = subject;
  const verbs = actions.filter((action) => action !== 'draft_discarded');
  const phrases: string[] = [];
  if (verbs.length > 0) {
    const done = verbs
      .map((action) => say(`condition.action.${action}`, {}))
      .reduce((list, last) => say('condition.orLast', { list, last }));
    const named = say('condition.rule.subject', { type, article });
    phrases.push(
      subject.isNamed
        ? say('condition.rule.doneAgain', { actions: done })
        : say('condition.rule.done', { subject: named, actions: done }),
    );
    subject.isNamed = true;
  }
  if (actions.includes('draft_discarded')) {
    phrases.push(
      subject.isNamed ? say('condition.rule.itsDraft', {}) : say('condition.rule.draft', { type, article }),
    );
    subject.isNamed = true;
  }
  return phrases.reduce((list, last) => say('condition.orLast', { list, last }));
}

function speaksOfChange(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(speaksOfChange);
  if ('any' in condition) return condition.any.every(speaksOfChange);
  if ('not' in condition) return false;
  return (
    'becomes' in condition ||
    'changesFrom' in condition ||
    'changed' in condition ||
    'changedOtherThan' in condition
  );
}
