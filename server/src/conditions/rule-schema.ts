import { z } from 'zod';
import { conditionSchema } from '../../../contracts';
import { contentActions } from './types';
import type { Clause, Rule } from './types';

const action = z.enum(contentActions, `must be one of ${contentActions.join(', ')}`);

const clause: z.ZodType<Clause> = z.strictObject({
  on: z.union([action, z.array(action).min(1, 'must name at least one action')], {
    error: `must be one of ${contentActions.join(', ')}, or a list of these`,
  }),
  when: conditionSchema.optional(),
});

/**
 * A rule as written in the configuration or sent by a screen. The path of each issue leads to the wrong
 * option.
 */
export const ruleSchema: z.ZodType<Rule> = z
  .array(clause, 'must be a list of clauses, like [{ on: "created" }]')
  .min(1, 'must hold at least one clause');
