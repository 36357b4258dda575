import type { ConditionFound, PlacedFinding, TriedEvent, WebhookConditions } from '../../../contracts';
import { findingsOf, judgeConditions } from '../conditions';
import type { ChangeFacts } from '../conditions';

/** What conditions say of a change, and what was found for each of them. */
export const judged = (
  conditions: WebhookConditions | null,
  known: ChangeFacts,
): Pick<TriedEvent, 'holds' | 'findings'> => {
  if (conditions === null) return { holds: true, findings: [] };
  const { holds } = judgeConditions(conditions, known);
  const findings = findingsOf(conditions, known).map(({ path, truth, found }) => ({
    place: path.flatMap((part) => (/^\d+$/.test(part) ? Number(part) : [])),
    truth,
    ...valuesOf(found),
  }));
  return { holds, findings };
};

/** What a condition was compared with: before and after the change, or as it is. */
function valuesOf(found: ConditionFound): Pick<PlacedFinding, 'before' | 'after'> {
  if ('before' in found) {
    return {
      ...('value' in found.before && { before: found.before.value }),
      ...('value' in found.after && { after: found.after.value }),
    };
  }
  if ('changedFields' in found)
    return found.changedFields === null ? {} : { after: [...found.changedFields] };
  if ('locale' in found) return { after: found.locale };
  if ('status' in found) return { after: found.status };
  return 'actor' in found ? { after: found.actor.type } : {};
}
