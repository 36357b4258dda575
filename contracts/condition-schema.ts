import { z } from 'zod';
import { actorTypes, conditionLimits, spanUnits } from './conditions';
import type {
  Condition,
  ConditionValue,
  ConditionGroup,
  SingleCondition,
  WebhookConditions,
} from './conditions';
import { momentOf } from './condition-moments';

/** Postgres accepts neither in JSON. */
const unstorable = /\0|\p{Cs}/u;

const text = (most: number) =>
  z
    .string('must be a text')
    .max(most, `must be at most ${most} characters`)
    .refine((given) => !unstorable.test(given), 'must not contain NUL or half a character');
const fullText = text(conditionLimits.textLength).min(1, 'is required');

const field = z
  .string('is required')
  .min(1, 'is required')
  .max(conditionLimits.pathLength, `must be at most ${conditionLimits.pathLength} characters`)
  .refine((given) => !unstorable.test(given), 'must not contain NUL or half a character');

const listOf = <Item extends z.ZodType>(item: Item, what: string) =>
  z
    .array(item, `must be a list of ${what}s`)
    .min(1, `must hold at least one ${what}`)
    .max(conditionLimits.values, `must hold at most ${conditionLimits.values} ${what}s`);

const number = z.number('must be a number');
const value = byType<ConditionValue>('must be a text, a number, true, false or null', (given) => {
  if (typeof given === 'string') return text(conditionLimits.textLength);
  if (typeof given === 'number') return number;
  if (typeof given === 'boolean') return z.boolean();
  return given === null ? z.null() : null;
});
const choice = byType<ConditionValue | readonly ConditionValue[]>(
  'must be a value or a list of values',
  (given) => (Array.isArray(given) ? listOf(value, 'value') : value),
);
const moment = z
  .string('must be a date, a time, or both, like 2026-11-29')
  .refine((given) => momentOf(given) !== null, 'must be a date, a time, or both, like 2026-11-29');
const span = z.strictObject({
  count: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(conditionLimits.spanCount, `must be at most ${conditionLimits.spanCount}`),
  unit: z.enum(spanUnits, `must be one of ${spanUnits.join(', ')}`),
});
const actor = z.strictObject({
  type: z.enum(actorTypes, `must be one of ${actorTypes.join(', ')}`),
  id: text(255).nullable(),
  name: text(255).nullable().default(null),
});
const localeCode = text(50).min(1, 'is required');

/** The key of a single condition that determines its kind. */
const single = {
  is: z.strictObject({ field, is: choice }),
  isNot: z.strictObject({ field, isNot: choice }),
  contains: z.strictObject({ field, contains: fullText }),
  beginsWith: z.strictObject({ field, beginsWith: fullText }),
  greaterThan: z.strictObject({ field, greaterThan: number }),
  lessThan: z.strictObject({ field, lessThan: number }),
  before: z.strictObject({ field, before: moment }),
  after: z.strictObject({ field, after: moment }),
  inLast: z.strictObject({ field, inLast: span }),
  inNext: z.strictObject({ field, inNext: span }),
  becomes: z.strictObject({ field, becomes: choice }),
  changesFrom: z.strictObject({ field, changesFrom: value, to: value }),
  changed: z.strictObject({ field, changed: z.literal(true, 'must be true') }),
  present: z.strictObject({ field, present: z.boolean('must be true or false') }),
  changedOtherThan: z.strictObject({ changedOtherThan: listOf(field, 'field') }),
  locale: z.strictObject({ locale: listOf(localeCode, 'locale') }),
  localeNot: z.strictObject({ localeNot: listOf(localeCode, 'locale') }),
  status: z.strictObject({
    status: z.enum(['draft', 'published'], 'must be one of draft, published'),
  }),
  actor: z.strictObject({ actor: listOf(actor, 'person or token') }),
  actorNot: z.strictObject({ actorNot: listOf(actor, 'person or token') }),
} as const;

/** A union would answer "Invalid input"; choosing by type names what is wrong with this one. */
function byType<Output>(
  otherwise: string,
  schemaFor: (given: unknown) => z.ZodType<Output> | null,
): z.ZodType<Output> {
  return z.unknown().transform((given, context): Output => {
    const schema = schemaFor(given);
    if (schema === null) {
      context.addIssue(otherwise);
      return z.NEVER;
    }
    return parsedBy(schema, given, context);
  });
}

/** Chooses the kind by its key, so that a wrong option is named itself. */
const byKind = <Output>(kinds: Readonly<Record<string, z.ZodType<Output>>>): z.ZodType<Output> =>
  z.unknown().transform((given, context): Output => {
    const isObject = typeof given === 'object' && given !== null;
    const named = isObject ? Object.keys(kinds).filter((kind) => Object.hasOwn(given, kind)) : [];
    const schema = named.length === 1 ? kinds[named[0] ?? ''] : undefined;
    if (schema === undefined) {
      context.addIssue(`must hold exactly one of ${Object.keys(kinds).join(', ')}`);
      return z.NEVER;
    }
    return parsedBy(schema, given, context);
  });

function parsedBy<Output>(schema: z.ZodType<Output>, given: unknown, context: z.RefinementCtx): Output {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues)
    context.issues.push({ ...issue, input: given } as z.core.$ZodRawIssue);
  return z.NEVER;
}

/** One comparison, of a field or of the change. */
export const singleCondition: z.ZodType<SingleCondition> = byKind<SingleCondition>(single);

const members = <Member>(member: z.ZodType<Member>, most: number) =>
  z
    .array(member, 'must be a list of conditions')
    .min(1, 'must hold a condition')
    .max(most, `must hold at most ${most} conditions`);

const groupOf = <Member>(member: z.ZodType<Member>): z.ZodType<ConditionGroup<Member>> =>
  byKind<ConditionGroup<Member>>({
    all: z.strictObject({ all: members(member, conditionLimits.perGroup) }),
    any: z.strictObject({ any: members(member, conditionLimits.perGroup) }),
  });

const innerGroup = groupOf(singleCondition);

/** The conditions of a webhook: a group, whose members are single conditions or groups of single conditions. */
export const webhookConditions: z.ZodType<WebhookConditions> = groupOf(
  byType<SingleCondition | ConditionGroup<SingleCondition>>('', (given) =>
    typeof given === 'object' &&
    given !== null &&
    (Object.hasOwn(given, 'all') || Object.hasOwn(given, 'any'))
      ? innerGroup
      : singleCondition,
  ),
);

const tooDeep: z.ZodType<Condition> = z.unknown().transform((_given, context): Condition => {
  context.addIssue(`must not be nested deeper than ${conditionLimits.depth} conditions`);
  return z.NEVER;
});

/** A condition at this depth. Each depth has its own schema, so that no input can lead deeper than the limit. */
function nested(depth: number): z.ZodType<Condition> {
  if (depth > conditionLimits.depth) return tooDeep;
  const inner = nested(depth + 1);
  const list = members(inner, conditionLimits.total);
  return byKind<Condition>({
    ...single,
    all: z.strictObject({ all: list }),
    any: z.strictObject({ any: list }),
    not: z.strictObject({ not: inner }),
  });
}

/** A condition with conditions in it, as business events use them. */
export const conditionSchema: z.ZodType<Condition> = nested(1).superRefine((condition, context) => {
  if (countOf(condition) > conditionLimits.total)
    context.addIssue(`must hold at most ${conditionLimits.total} conditions`);
});

function countOf(condition: Condition): number {
  if ('not' in condition) return 1 + countOf(condition.not);
  const inner = 'all' in condition ? condition.all : 'any' in condition ? condition.any : [];
  return inner.reduce((sum, one) => sum + countOf(one), 1);
}
