import { z } from 'zod';
import { plainText } from './parts';

/** What happened to an entry. */
export const contentActions = [
  'created',
  'updated',
  'deleted',
  'published',
  'unpublished',
  'draft_discarded',
] as const;
export type ContentAction = (typeof contentActions)[number];

/** A value that a condition compares with. Dates are ISO 8601 texts; `null` is "empty". */
export type ConditionValue = string | number | boolean | null;

/** `{ count: 7, unit: 'days' }`, counted from when the event happened. */
export interface TimeSpan {
  count: number;
  unit: SpanUnit;
}
export const spanUnits = ['hours', 'days', 'weeks', 'months'] as const;
export type SpanUnit = (typeof spanUnits)[number];

export const actorTypes = ['admin', 'api_token', 'user', 'system'] as const;
export type ActorType = (typeof actorTypes)[number];

/** Somebody, or with `id: null` anybody of that type. `name` is what the screens show; only type and id are compared. */
export interface ActorChoice {
  type: ActorType;
  id: string | null;
  name: string | null;
}

/**
 * A comparison of one field. `field` is a path from the entry: `status`, `customer.country`, `seo.title`; through
 * to-one relations, single components and single files.
 */
export type FieldCondition =
  | { field: string; is: ConditionValue | readonly ConditionValue[] }
  | { field: string; isNot: ConditionValue | readonly ConditionValue[] }
  | { field: string; contains: string }
  | { field: string; beginsWith: string }
  | { field: string; greaterThan: number }
  | { field: string; lessThan: number }
  /** Dates, times and date-times: ISO 8601. */
  | { field: string; before: string }
  | { field: string; after: string }
  | { field: string; inLast: TimeSpan }
  | { field: string; inNext: TimeSpan }
  /** It has the value after the change and did not have it before; an entry that is created so counts too. */
  | { field: string; becomes: ConditionValue | readonly ConditionValue[] }
  | { field: string; changesFrom: ConditionValue; to: ConditionValue }
  | { field: string; changed: true }
  | { field: string; present: boolean };

/** A comparison of what is known of the change itself. */
export type ChangeCondition =
  /** Another field than these changed; a creation counts, since everything is new then. */
  | { changedOtherThan: readonly string[] }
  | { locale: readonly string[] }
  | { localeNot: readonly string[] }
  | { status: 'draft' | 'published' }
  | { actor: readonly ActorChoice[] }
  | { actorNot: readonly ActorChoice[] };

export type SingleCondition = FieldCondition | ChangeCondition;

export type Condition =
  SingleCondition | { all: readonly Condition[] } | { any: readonly Condition[] } | { not: Condition };

/** The conditions of a webhook: a group, whose members may be groups of single conditions. */
export type ConditionGroup<Member> = { all: readonly Member[] } | { any: readonly Member[] };
export type WebhookConditions = ConditionGroup<SingleCondition | ConditionGroup<SingleCondition>>;

export const conditionLimits = {
  pathLength: 200,
  textLength: 1000,
  /** Of one list: `is: [...]`. */
  values: 100,
  /** Members of a group of a webhook. */
  perGroup: 20,
  /** Conditions within conditions, where any nesting is allowed: a single one has the depth 1. */
  depth: 5,
  /** Of one condition with everything within it. */
  total: 200,
  spanCount: 999,
} as const;

/**
 * A value as it was found. Dates are ISO texts; a relation is the list of its document ids, in order; what no condition
 * can look into (rich text, JSON, repeatable components) is a fingerprint.
 */
export type FieldValue = string | number | boolean | null | string[];

/** `unknown`: it could not be read. `no_entry`: there was no entry yet, or it is gone. */
export type FoundValue = { value: FieldValue } | { missing: 'unknown' | 'no_entry' };

/** What a single condition was compared with. */
export type ConditionFound =
  | { before: FoundValue; after: FoundValue }
  /** `changedFields` null: not known; everything is new in an entry that was created. */
  | { changedFields: readonly string[] | null }
  | { locale: string | null }
  | { status: 'draft' | 'published' }
  | { actor: { type: ActorType; id: string | null } }
  /** Nothing is known of the change. */
  | { missing: 'unknown' };

/** The result of one single condition, for the screens. */
export interface JudgedCondition {
  /** Its place: `['all', '1']`, or in a group of the group `['all', '2', 'any', '0']`. */
  path: readonly string[];
  condition: SingleCondition;
  truth: boolean | 'unknown';
  found: ConditionFound;
}

/** One attribute that conditions can compare, as the screens offer it. */
export interface ConditionField {
  /** `customer.country`. */
  path: string;
  /** The readable name of each part of the path: `['Customer', 'Country']`. */
  labels: readonly string[];
  type: ConditionFieldType;
  /** Of an enumeration. */
  options?: readonly string[];
  /** Of a relation: the content type of its entries. */
  target?: string;
}

/**
 * `relation`: one entry or many, compared by document ids; `other`: rich text, JSON, repeatable components, zones, many
 * files: only whether it changes, is set or is empty.
 */
export type ConditionFieldType =
  | 'text'
  | 'number'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'time'
  | 'enumeration'
  | 'relation'
  | 'media'
  | 'other';

/** What conditions can compare in the events of one content type. */
export interface ConditionSubject {
  uid: string;
  /** Display name: `Payment`. */
  name: string;
  draftAndPublish: boolean;
  /** Codes of its locales; empty if it is not localised. */
  locales: readonly string[];
  fields: readonly ConditionField[];
}

/** Query of `GET /event-webhooks/conditions/choices`: what can be compared in these subscriptions. */
export const conditionChoicesQuery = z.strictObject({
  /** Subscriptions, separated by commas: `payment.updated,article.*`. */
  events: plainText(20_000).default(''),
  /** Uids of content types, separated by commas, whose entries are compared as well: for a business event. */
  contentTypes: plainText(20_000).default(''),
});

/** Response of `GET /event-webhooks/conditions/choices`. */
export interface ConditionChoices {
  subjects: ConditionSubject[];
  /** Names of all locales by code. */
  localeNames: Record<string, string>;
  /** Tokens and administrators that can be chosen by name; only those that the caller may read. */
  actors: ActorChoice[];
}
