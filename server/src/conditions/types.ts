/**
 * A value as it stands in a row. Dates are ISO strings; a relation is the list of its document ids, in order; what no rule
 * can name (rich text, JSON, components) is a fingerprint.
 */
export type FieldValue = string | number | boolean | null | string[];

/** What a change is judged by: the scalars before and after it. `before` is null for a creation. */
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

/** `status becomes completed`: it is so after the change and was not so before it. */
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

/** A rule holds when any of its clauses holds. */
export type Rule = readonly Clause[];

/** `unknown` where a field that the rule names cannot be read (gone, or a thin event). */
export type Verdict =
  { holds: true } | { holds: false; because: string } | { holds: 'unknown'; because: string };
