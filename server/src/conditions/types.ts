/**
 * A value of a row. Dates are ISO strings; a relation is the list of its document ids, in order; values that
 * no rule can use (rich text, JSON, components) are a fingerprint.
 */
export type FieldValue = string | number | boolean | null | string[];

/**
 * The basis of a rule's evaluation: the scalars before and after the change. `before` is null for a creation.
 */
export interface ChangeFacts {
  action: ContentAction;
  before: Readonly<Record<string, FieldValue>> | null;
  after: Readonly<Record<string, FieldValue>> | null;
}

export const contentActions = [
  'created',
  'updated',
  'deleted',
  'published',
  'unpublished',
  'draft_discarded',
] as const;
export type ContentAction = (typeof contentActions)[number];

/** `status becomes completed`: it has the value after the change and did not have it before. */
export type Condition =
  | { field: string; is: FieldValue | readonly FieldValue[] }
  | { field: string; isNot: FieldValue | readonly FieldValue[] }
  | { field: string; becomes: FieldValue | readonly FieldValue[] }
  | { field: string; changesFrom: FieldValue; to: FieldValue }
  | { field: string; changed: true }
  | { field: string; present: boolean }
  | { all: readonly Condition[] }
  | { any: readonly Condition[] }
  | { not: Condition };

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
