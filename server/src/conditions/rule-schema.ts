import { z } from 'zod';
import { contentActions } from './types';
import type { Clause, Condition, Rule } from './types';

const field = z.string('is required').min(1, 'is required');
const value = z.union(
  [z.string(), z.number(), z.boolean(), z.null()],
  'must be a text, a number, true, false or null',
);
const choice = z.union(
  [value, z.array(value).min(1, 'must hold at least one value')],
  'must be a value or a list of values',
);

/** The key of a condition that determines its kind. */
const kinds = {
  is: z.strictObject({ field, is: choice }),
  isNot: z.strictObject({ field, isNot: choice }),
  becomes: z.strictObject({ field, becomes: choice }),
  changesFrom: z.strictObject({ field, changesFrom: value, to: value }),
  changed: z.strictObject({ field, changed: z.literal(true, 'must be true') }),
  present: z.strictObject({ field, present: z.boolean('must be true or false') }),
  all: z.strictObject({
    all: z.array(z.lazy((): z.ZodType<Condition> => condition)).min(1, 'must hold a condition'),
  }),
  any: z.strictObject({
    any: z.array(z.lazy((): z.ZodType<Condition> => condition)).min(1, 'must hold a condition'),
  }),
  not: z.strictObject({ not: z.lazy((): z.ZodType<Condition> => condition) }),
} as const;
type Kind = keyof typeof kinds;
const kindNames = Object.keys(kinds) as Kind[];

/** A union would answer "Invalid input"; choosing by key names the wrong option itself. */
const condition: z.ZodType<Condition> = z.unknown().transform((given, context): Condition => {
  const named = kindNames.filter((kind) => typeof given === 'object' && given !== null && kind in given);
  const [kind] = named;
  if (kind === undefined || named.length > 1) {
    context.addIssue(`must hold exactly one of ${kindNames.join(', ')}`);
    return z.NEVER;
  }
  const parsed: z.ZodSafeParseResult<Condition> = kinds[kind].safeParse(given);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues)
    context.issues.push({ ...issue, input: given } as z.core.$ZodRawIssue);
  return z.NEVER;
});

const action = z.enum(contentActions, `must be one of ${contentActions.join(', ')}`);

const clause: z.ZodType<Clause> = z.strictObject({
  on: z.union([action, z.array(action).min(1, 'must name at least one action')], {
    error: `must be one of ${contentActions.join(', ')}, or a list of these`,
  }),
  when: condition.optional(),
});

/**
 * A rule as written in the configuration or sent by a screen. The path of each issue leads to the wrong
 * option.
 */
export const ruleSchema: z.ZodType<Rule> = z
  .array(clause, 'must be a list of clauses, like [{ on: "created" }]')
  .min(1, 'must hold at least one clause');
