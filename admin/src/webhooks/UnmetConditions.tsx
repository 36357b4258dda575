import { Flex, Typography } from '@strapi/design-system';
import type { WhyConditions } from '../../../contracts';
import { useChoicesOf } from '../conditions/api';
import { placedConditions } from '../conditions/groups';
import { useRowWords } from '../conditions/useRowWords';
import { useText } from '../text/useText';
import { useFindingWords } from './form/conditions/trial/useFindingWords';
import { findingAt, findingsByPlace, whatPrevents } from './form/conditions/verdicts';

interface UnmetConditionsProps {
  /** The webhook's subscriptions: they say what its conditions can compare, and by which names. */
  events: readonly string[];
  found: WhyConditions;
}

/** The conditions that kept an event from being sent: what was found, and what each of them wants. */
export function UnmetConditions({ events, found }: UnmetConditionsProps) {
  const { t } = useText();
  const { choices } = useChoicesOf(events);
  const findingWords = useFindingWords(choices);
  const { wanted } = useRowWords(choices);
  const findings = findingsByPlace(found.findings);
  const prevents = new Set(whatPrevents(found.conditions, findings).map(String));
  return (
    <ul>
      {placedConditions(found.conditions).map(({ place, condition }) => {
        const finding = findingAt(findings, place);
        if (!finding || !prevents.has(String(place))) return null;
        return (
          <li key={String(place)}>
            <Flex direction="column" alignItems="flex-start" paddingBottom={1}>
              <Typography fontWeight="bold">{findingWords(condition, finding, found)}</Typography>
              <Typography variant="pi" textColor="neutral600">
                {t('only_when.trial.wanted', { wanted: wanted(condition) })}
              </Typography>
            </Flex>
          </li>
        );
      })}
    </ul>
  );
}
