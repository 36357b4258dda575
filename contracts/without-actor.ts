import { conditionLimits } from './conditions';
import type { ActorChoice, SingleCondition, WebhookConditions } from './conditions';

/**
 * Conditions that, beside what they ask for, leave out changes by somebody. Null where that would nest them more deeply,
 * or make them longer, than the conditions of a webhook may be: then a person has to decide.
 */
export function withoutActor(
  conditions: WebhookConditions | null,
  actor: ActorChoice,
): WebhookConditions | null {
  const left: SingleCondition = { actorNot: [actor] };
  if (conditions === null) return { all: [left] };
  if ('all' in conditions)
    return conditions.all.length < conditionLimits.perGroup ? { all: [...conditions.all, left] } : null;
  const singles = conditions.any.flatMap((member): SingleCondition[] =>
    'all' in member || 'any' in member ? [] : [member],
  );
  if (singles.length < conditions.any.length) return null;
  return { all: [{ any: singles }, left] };
}
