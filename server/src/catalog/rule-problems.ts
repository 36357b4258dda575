import { conditionProblems } from '../../../contracts';
import type { ConditionProblem, ConditionSubject } from '../../../contracts';
import type { Clause, ContentAction, Rule } from '../conditions';
import { optionPath } from './catalog-error';
import { conditionSubject } from './condition-fields';
import { actionsOf } from './content-events';
import { isLocalized } from './content-model';
import type { ContentModel, ContentModels } from './content-model';

/**
 * What of a rule can never hold: an action that the content type does not have, a value that an enumeration lacks. A field
 * that is gone is not among it: that is told, and stops nothing (docs/guarantees.md 30).
 *
 * @param at where the declaration stands: `config.events[2]`.
 * @returns `config.events[2].on[0].when.is: must be one of pending, completed`.
 */
export function ruleProblems(rule: Rule, model: ContentModel, models: ContentModels, at: string): string[] {
  const subject = conditionSubject(model, models);
  const isTold = tells(model);
  return rule.flatMap((clause, index) => {
    const place = ['on', index] as const;
    const found =
      clause.when === undefined ? [] : conditionProblems(clause.when, [subject], ['when']).filter(isTold);
    return [
      ...actionProblems(clause, model, subject).map(
        (message) => `${optionPath(at, [...place, 'on'])}: ${message}`,
      ),
      ...found.map(({ path, message }) => `${optionPath(at, [...place, ...path.map(asIndex)])}: ${message}`),
    ];
  });
}

/** Locales are rows of the database, which the catalog does not ask; and fields that are gone are told elsewhere. */
const tells =
  (model: ContentModel) =>
  ({ path }: ConditionProblem): boolean => {
    if (path.at(-1) === 'field' || path.includes('changedOtherThan')) return false;
    return !isLocalized(model) || !path.some((part) => part === 'locale' || part === 'localeNot');
  };

const asIndex = (part: string): string | number => (/^\d+$/.test(part) ? Number(part) : part);

/** One of several that a content type has is enough. */
function actionProblems({ on }: Clause, model: ContentModel, { name }: ConditionSubject): string[] {
  const asked: readonly ContentAction[] = typeof on === 'string' ? [on] : on;
  const possible = actionsOf(model);
  if (asked.some((action) => possible.includes(action))) return [];
  return [
    `${name} has no drafts, so that it is never ${asked.map((action) => spoken[action] ?? action).join(' or ')}`,
  ];
}

const spoken: Partial<Record<ContentAction, string>> = { draft_discarded: 'reset to its published version' };
