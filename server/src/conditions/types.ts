import type { ActorType, Condition, ContentAction, FieldValue } from '../../../contracts';

export { contentActions } from '../../../contracts';
export type { Condition, ConditionValue, ContentAction, FieldValue } from '../../../contracts';

/** What is known of a change besides the values of the entry. */
export interface ChangeCircumstances {
  /** Null for an entry without locales. */
  locale: string | null;
  status: 'draft' | 'published';
  actor: { type: ActorType; id: string | null };
  /** Epoch milliseconds; spans of time are counted from here. */
  occurredAt: number;
  /** Names of the entry's own fields; null where there is nothing to compare with. */
  changedFields: readonly string[] | null;
}

/**
 * The basis of an evaluation: the values before and after the change, by path (`status`, `author.country`). `before` is
 * null for a creation. A path that is absent could not be read; one that leads through an empty relation is null.
 */
export interface ChangeFacts {
  action: ContentAction;
  before: Readonly<Record<string, FieldValue>> | null;
  after: Readonly<Record<string, FieldValue>> | null;
  /** Without it, conditions on locale, status, actor and time are unknown. */
  change?: ChangeCircumstances;
}

/** One clause of a rule: one of these actions, and the condition if there is one. */
export interface Clause {
  on: ContentAction | readonly ContentAction[];
  when?: Condition;
}

/** A rule is met when any of its clauses is met. */
export type Rule = readonly Clause[];

/** `unknown` if a field of the rule cannot be read (removed, or a thin event). */
export type Verdict =
  { holds: true } | { holds: false; because: string } | { holds: 'unknown'; because: string };
