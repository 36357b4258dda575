import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { Check, CheckCircle, Cross, Question } from '@strapi/icons';
import type { SingleCondition, TriedEvent, Truth, WebhookConditions } from '../../../../../../contracts';
import { useMoment } from '../../../../text/useMoment';
import { useText } from '../../../../text/useText';
import { isGroup, membersOf, modeOf, type Member, type Place } from '../../../../conditions/groups';
import { useChoices } from '../useChoices';
import { useRowWords } from '../../../../conditions/useRowWords';
import { findingAt, findingsByPlace, truthOfGroup } from '../verdicts';
import { OpenEntry } from './OpenEntry';
import { useFindingWords } from './useFindingWords';

interface TriedDetailsProps {
  conditions: WebhookConditions;
  event: TriedEvent;
  /** An entry that was chosen, which has no event. */
  isEntry: boolean;
}

/** One event, and what was found for each condition. */
export function TriedDetails({ conditions, event, isEntry }: TriedDetailsProps) {
  const { t } = useText();
  const momentText = useMoment();
  const findings = findingsByPlace(event.findings);
  const fires = event.holds === true;
  const truthAt = (place: Place): Truth => findingAt(findings, place)?.truth ?? 'unknown';

  const line = (condition: SingleCondition, place: Place) => (
    <FindingLine key={place.join('.')} condition={condition} place={place} event={event} />
  );
  return (
    <Flex direction="column" alignItems="stretch" gap={3} aria-live="polite">
      <div>
        <Flex justifyContent="space-between" alignItems="flex-start" gap={3} wrap="wrap">
          <Typography fontWeight="bold" tag="h4" style={{ overflowWrap: 'anywhere' }}>
            {event.entryName ?? event.eventName}
          </Typography>
          {event.uid !== null && event.documentId !== null && (
            <OpenEntry uid={event.uid} documentId={event.documentId} />
          )}
        </Flex>
        {!isEntry && (
          <Typography variant="pi" textColor="neutral600" tag="p">
            {event.actorName
              ? t('only_when.trial.by', {
                  event: event.eventName,
                  time: momentText(event.occurredAt),
                  name: event.actorName,
                })
              : t('only_when.trial.at', { event: event.eventName, time: momentText(event.occurredAt) })}
          </Typography>
        )}
      </div>
      <Flex gap={2}>
        {fires ? (
          <CheckCircle aria-hidden fill="success600" width="1.6rem" height="1.6rem" />
        ) : (
          <Cross aria-hidden fill="neutral600" width="1.2rem" height="1.2rem" />
        )}
        <Typography fontWeight="bold" textColor={fires ? 'success700' : undefined}>
          {t(fires ? 'only_when.trial.would_have_fired' : 'only_when.trial.would_not_have_fired')}
        </Typography>
      </Flex>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={2}>
        {membersOf<Member>(conditions).map((member, index) => {
          if (!isGroup(member)) return line(member, [index]);
          const places = membersOf(member).map((_condition, inner) => [index, inner]);
          const mode = modeOf(member);
          return (
            <li key={index}>
              <Verdict truth={truthOfGroup(mode, places.map(truthAt))}>
                {t(mode === 'all' ? 'only_when.trial.all_true' : 'only_when.trial.one_true')}
              </Verdict>
              <Box paddingLeft={5} paddingTop={2}>
                <Flex tag="ul" direction="column" alignItems="stretch" gap={2}>
                  {membersOf(member).map((condition, inner) => line(condition, [index, inner]))}
                </Flex>
              </Box>
            </li>
          );
        })}
      </Flex>
    </Flex>
  );
}

function FindingLine({
  condition,
  place,
  event,
}: {
  condition: SingleCondition;
  place: Place;
  event: TriedEvent;
}) {
  const { t } = useText();
  const { choices } = useChoices();
  const findingWords = useFindingWords(choices);
  const { wanted } = useRowWords(choices);
  const finding = findingAt(findingsByPlace(event.findings), place);
  if (!finding) return null;
  return (
    <li>
      <Verdict truth={finding.truth}>
        {findingWords(condition, finding, event)}
        {finding.truth !== true && (
          <Typography variant="pi" textColor="neutral600" fontWeight="regular" tag="span" display="block">
            {t('only_when.trial.wanted', { wanted: wanted(condition) })}
          </Typography>
        )}
      </Verdict>
    </li>
  );
}

/** Grey where it is not true: that nothing would have been sent is no fault. */
function Verdict({ truth, children }: { truth: Truth; children: ReactNode }) {
  const { t } = useText();
  const size = { width: '1.2rem', height: '1.2rem' };
  return (
    <Flex gap={2} alignItems="flex-start">
      <Box paddingTop={1} shrink={0}>
        {truth === true && (
          <Check {...size} fill="success600" role="img" aria-label={t('only_when.truth.true')} />
        )}
        {truth === false && (
          <Cross {...size} fill="neutral600" role="img" aria-label={t('only_when.truth.false')} />
        )}
        {truth === 'unknown' && (
          <Question {...size} fill="neutral600" role="img" aria-label={t('only_when.truth.unknown')} />
        )}
      </Box>
      <Typography variant="pi" tag="div" fontWeight={truth === true ? undefined : 'bold'}>
        {children}
      </Typography>
    </Flex>
  );
}
