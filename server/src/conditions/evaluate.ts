import type { JudgedCondition, SingleCondition } from '../../../contracts';
import { either, every, opposite } from './finding';
import type { Finding, SingleFinding } from './finding';
import { judgeChange } from './judge-change';
import { judgeField } from './judge-field';
import type { ChangeFacts, Clause, Condition, ContentAction, Rule, Verdict } from './types';

/**
 * Evaluates a rule for a change. Pure; never throws.
 *
 * @param rule is met when any of its clauses is met.
 * @param facts the values before and after; a field that is absent there makes the verdict `unknown`
 *   (docs/guarantees.md 10), a field that is `null` is empty.
 */
export function evaluate(rule: Rule, facts: ChangeFacts): Verdict {
  const asked = rule.filter((clause) => actionsOf(clause).includes(facts.action));
  if (asked.length === 0) {
    return { holds: false, because: `the entry was ${spoken(facts.action)}, not ${expectedActions(rule)}` };
  }
  const findings = asked.map(({ when }) =>
    when === undefined ? { truth: true as const, because: '' } : judge(when, facts),
  );
  const { truth, because } = either(findings);
  return truth === true ? { holds: true } : { holds: truth, because };
}

/**
 * Evaluates conditions for a change, whatever its action. Pure; never throws.
 *
 * @returns the facts that decide, in English: `total is 49`.
 */
export function judgeConditions(
  condition: Condition,
  facts: ChangeFacts,
): { holds: boolean | 'unknown'; because: string } {
  const { truth, because } = judge(condition, facts);
  return { holds: truth, because };
}

/** The result of each single condition, in order, with its place and what was found. */
export function findingsOf(
  condition: Condition,
  facts: ChangeFacts,
  path: readonly string[] = [],
): JudgedCondition[] {
  const within = (key: string, parts: readonly Condition[]) =>
    parts.flatMap((part, at) => findingsOf(part, facts, [...path, key, String(at)]));
  if ('all' in condition) return within('all', condition.all);
  if ('any' in condition) return within('any', condition.any);
  if ('not' in condition) return findingsOf(condition.not, facts, [...path, 'not']);
  const { truth, found } = judgeSingle(condition, facts);
  return [{ path, condition, truth, found }];
}

/** Paths of all fields that the rule uses, each once, in the order of the rule. */
export function fieldsOf(rule: Rule): string[] {
  return [...new Set(rule.flatMap(({ when }) => (when === undefined ? [] : fieldsOfCondition(when))))];
}

/** Paths of the fields whose values a condition compares, each as often as it is named. */
export function fieldsOfCondition(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(fieldsOfCondition);
  if ('any' in condition) return condition.any.flatMap(fieldsOfCondition);
  if ('not' in condition) return fieldsOfCondition(condition.not);
  return 'field' in condition ? [condition.field] : [];
}

function judge(condition: Condition, facts: ChangeFacts): Finding {
  if ('all' in condition) return every(condition.all.map((part) => judge(part, facts)));
  if ('any' in condition) return either(condition.any.map((part) => judge(part, facts)));
  if ('not' in condition) return opposite(judge(condition.not, facts));
  return judgeSingle(condition, facts);
}

const judgeSingle = (condition: SingleCondition, facts: ChangeFacts): SingleFinding =>
  'field' in condition ? judgeField(condition, facts) : judgeChange(condition, facts);

const actionsOf = ({ on }: Clause): readonly ContentAction[] => (typeof on === 'string' ? [on] : on);

const expectedActions = (rule: Rule): string =>
  [...new Set(rule.flatMap(actionsOf).map(spoken))].join(' or ') || 'anything';

const spoken = (action: ContentAction): string =>
  action === 'draft_discarded' ? 'reset to its published version' : action;
