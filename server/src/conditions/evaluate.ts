import { contains, isEmpty, same, show } from './field-value';
import type { ChangeFacts, Clause, Condition, ContentAction, FieldValue, Rule, Verdict } from './types';

export { sentence } from './sentence';

/** The result of one condition. `because` states the facts, so that it reads the same under a `not`. */
interface Finding {
  truth: boolean | 'unknown';
  because: string;
}

/** A value before or after the change. `none`: the entry did not exist then, so it had no value. */
type Reading = { known: true; value: FieldValue } | { known: false; because: string } | 'none';

/**
 * After these actions the entry, or its published row, is gone: `is` and `present` then refer to its last
 * values.
 */
const leavesNothing: ReadonlySet<ContentAction> = new Set(['deleted', 'unpublished']);

/**
 * Before these actions there may have been nothing to compare with: `before: null` is then a fact, not a gap.
 */
const startsFromNothing: ReadonlySet<ContentAction> = new Set(['created', 'published']);

/**
 * Evaluates a rule for a change. Pure; never throws.
 *
 * @param rule is met when any of its clauses is met.
 * @param facts the scalars before and after; a field that is absent there makes the verdict `unknown`
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

/** Names of all fields that the rule uses, each once, in the order of the rule. */
export function fieldsOf(rule: Rule): string[] {
  return [...new Set(rule.flatMap(({ when }) => (when === undefined ? [] : fieldsOfCondition(when))))];
}

function fieldsOfCondition(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(fieldsOfCondition);
  if ('any' in condition) return condition.any.flatMap(fieldsOfCondition);
  if ('not' in condition) return fieldsOfCondition(condition.not);
  return [condition.field];
}

function judge(condition: Condition, facts: ChangeFacts): Finding {
  if ('all' in condition) return every(condition.all.map((part) => judge(part, facts)));
  if ('any' in condition) return either(condition.any.map((part) => judge(part, facts)));
  if ('not' in condition) return opposite(judge(condition.not, facts));
  if ('is' in condition) return judgeIs(condition.field, condition.is, facts);
  if ('isNot' in condition) return opposite(judgeIs(condition.field, condition.isNot, facts));
  if ('present' in condition) return judgePresent(condition.field, condition.present, facts);
  if ('becomes' in condition) return judgeBecomes(condition.field, condition.becomes, facts);
  if ('changed' in condition) return judgeChanged(condition.field, facts);
  return judgeChangesFrom(condition.field, condition.changesFrom, condition.to, facts);
}

function judgeIs(field: string, wanted: FieldValue | readonly FieldValue[], facts: ChangeFacts): Finding {
  const now = current(field, facts);
  if (now === 'none') return { truth: false, because: `${field} has no value` };
  if (!now.known) return { truth: 'unknown', because: now.because };
  return { truth: contains(wanted, now.value), because: `${field} is ${show(now.value)}` };
}

function judgePresent(field: string, wanted: boolean, facts: ChangeFacts): Finding {
  const now = current(field, facts);
  if (now === 'none') return { truth: !wanted, because: `${field} is empty` };
  if (!now.known) return { truth: 'unknown', because: now.because };
  const empty = isEmpty(now.value);
  return { truth: empty !== wanted, because: empty ? `${field} is empty` : `${field} is ${show(now.value)}` };
}

function judgeBecomes(
  field: string,
  wanted: FieldValue | readonly FieldValue[],
  facts: ChangeFacts,
): Finding {
  const after = readAfter(field, facts);
  if (after === 'none') return gone(facts);
  if (!after.known) return { truth: 'unknown', because: after.because };
  if (!contains(wanted, after.value)) return { truth: false, because: `${field} is ${show(after.value)}` };
  const before = readBefore(field, facts);
  if (before === 'none') return { truth: true, because: `${field} is ${show(after.value)} from the start` };
  if (!before.known) return { truth: 'unknown', because: before.because };
  if (contains(wanted, before.value)) {
    return { truth: false, because: `${field} was ${show(before.value)} already` };
  }
  return { truth: true, because: `${field} went from ${show(before.value)} to ${show(after.value)}` };
}

function judgeChanged(field: string, facts: ChangeFacts): Finding {
  const after = readAfter(field, facts);
  if (after === 'none') return gone(facts);
  const before = readBefore(field, facts);
  if (!after.known) return { truth: 'unknown', because: after.because };
  if (before === 'none') {
    const empty = isEmpty(after.value);
    return { truth: !empty, because: `${field} is ${show(after.value)} from the start` };
  }
  if (!before.known) return { truth: 'unknown', because: before.because };
  return same(before.value, after.value)
    ? { truth: false, because: `${field} is ${show(after.value)} as before` }
    : { truth: true, because: `${field} went from ${show(before.value)} to ${show(after.value)}` };
}

function judgeChangesFrom(field: string, from: FieldValue, to: FieldValue, facts: ChangeFacts): Finding {
  const after = readAfter(field, facts);
  if (after === 'none') return gone(facts);
  const before = readBefore(field, facts);
  if (before === 'none') return { truth: false, because: `${field} had no value before` };
  // One known side that does not match decides, even if the other cannot be read.
  if (after.known && !contains(to, after.value))
    return { truth: false, because: `${field} is ${show(after.value)}` };
  if (before.known && !contains(from, before.value)) {
    return { truth: false, because: `${field} was ${show(before.value)}` };
  }
  if (!after.known) return { truth: 'unknown', because: after.because };
  if (!before.known) return { truth: 'unknown', because: before.because };
  return same(before.value, after.value)
    ? { truth: false, because: `${field} is ${show(after.value)} as before` }
    : { truth: true, because: `${field} went from ${show(before.value)} to ${show(after.value)}` };
}

function readAfter(field: string, { action, after }: ChangeFacts): Reading {
  if (after === null) {
    return leavesNothing.has(action)
      ? 'none'
      : { known: false, because: `${field} after the change is not known` };
  }
  return read(field, after);
}

function readBefore(field: string, { action, before }: ChangeFacts): Reading {
  if (before === null) {
    return startsFromNothing.has(action)
      ? 'none'
      : { known: false, because: `${field} before the change is not known` };
  }
  return read(field, before);
}

/** The current value of the entry, or the last one if the entry is gone. */
function current(field: string, facts: ChangeFacts): Reading {
  const after = readAfter(field, facts);
  return after === 'none' ? readBefore(field, facts) : after;
}

function read(field: string, values: Readonly<Record<string, FieldValue>>): Reading {
  const value: FieldValue | undefined = Object.hasOwn(values, field) ? values[field] : undefined;
  return value === undefined ? { known: false, because: `${field} cannot be read` } : { known: true, value };
}

function gone({ action }: ChangeFacts): Finding {
  return { truth: false, because: `the entry was ${spoken(action)}` };
}

/** Three-valued logic (Kleene): one false operand decides, otherwise one unknown operand does. */
function every(findings: readonly Finding[]): Finding {
  return (
    decided(findings, false) ?? decided(findings, 'unknown') ?? { truth: true, because: reasons(findings) }
  );
}

function either(findings: readonly Finding[]): Finding {
  return (
    decided(findings, true) ?? decided(findings, 'unknown') ?? { truth: false, because: reasons(findings) }
  );
}

function decided(findings: readonly Finding[], truth: Finding['truth']): Finding | undefined {
  const those = findings.filter((finding) => finding.truth === truth);
  return those.length === 0 ? undefined : { truth, because: reasons(those) };
}

function opposite({ truth, because }: Finding): Finding {
  return { truth: truth === 'unknown' ? truth : !truth, because };
}

const reasons = (findings: readonly Finding[]): string =>
  [...new Set(findings.map(({ because }) => because).filter((because) => because !== ''))].join('; ');

const actionsOf = ({ on }: Clause): readonly ContentAction[] => (typeof on === 'string' ? [on] : on);

const expectedActions = (rule: Rule): string =>
  [...new Set(rule.flatMap(actionsOf).map(spoken))].join(' or ') || 'anything';

const spoken = (action: ContentAction): string =>
  action === 'draft_discarded' ? 'reset to its published version' : action;
