import { useState } from 'react';
import { Box, Button, Flex, TextButton, Typography } from '@strapi/design-system';
import { Search } from '@strapi/icons';
import { styled } from 'styled-components';
import type { ConditionTrialResult, EntryReference, WebhookConditions } from '../../../../../../contracts';
import { ErrorPart, LoadingPart } from '../../../../api/States';
import { EntryPicker } from '../../../../entry/EntryPicker';
import { useText } from '../../../../text/useText';
import { FilterSelect } from '../../../../ui/filter/FilterSelect';
import { TintedBox } from '../../../../ui/TintedBox';
import { useChoices } from '../useChoices';
import { TriedDetails } from './TriedDetails';
import { TriedList } from './TriedList';
import { useTrial } from './useTrial';

/** What the conditions would have done with the newest events, and what they would do with an entry. */
export function TrialPart() {
  const { t } = useText();
  const [isChoosing, setChoosing] = useState(false);
  const [entry, setEntry] = useState<EntryReference | null>(null);
  const { conditions, result, isWaiting, isLoading, isStale, error, refetch } = useTrial(entry);

  const headline = () => {
    if (!result) return t('only_when.trial.title');
    if (entry) return t(result.fired > 0 ? 'only_when.trial.would_fire' : 'only_when.trial.would_not_fire');
    if (result.tried.length === 0) return t('only_when.trial.no_events');
    return t('only_when.trial.fired', { fired: result.fired, count: result.tried.length });
  };
  const explained = () => {
    if (isWaiting) return t('only_when.trial.waiting');
    if (entry) return t('only_when.trial.entry_hint');
    if (result?.tried.length === 0) return t('only_when.trial.no_events_hint');
    return result?.subject
      ? t('only_when.trial.hint_of', { subject: result.subject })
      : t('only_when.trial.hint');
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex justifyContent="space-between" alignItems="flex-start" gap={4} wrap="wrap">
        <div aria-live="polite">
          <Typography variant="beta" tag="h3">
            {headline()}
          </Typography>
          <Typography variant="pi" textColor="neutral600" tag="p" paddingTop={1}>
            {explained()}
          </Typography>
        </div>
        <Button
          variant="tertiary"
          startIcon={<Search aria-hidden />}
          aria-expanded={isChoosing}
          onClick={() => {
            setChoosing(!isChoosing);
            setEntry(null);
          }}
        >
          {t(isChoosing ? 'only_when.trial.back' : 'only_when.trial.choose_entry')}
        </Button>
      </Flex>
      {isChoosing && <EntryChooser value={entry} onChange={setEntry} />}
      {isLoading && <LoadingPart />}
      {Boolean(error) && <ErrorPart error={error} onRetry={refetch} />}
      {conditions && result && result.tried.length > 0 && !error && (
        <Faded $isStale={isStale} aria-busy={isStale}>
          <Result conditions={conditions} result={result} isEntry={entry !== null} />
        </Faded>
      )}
    </Flex>
  );
}

function Result({
  conditions,
  result,
  isEntry,
}: {
  conditions: WebhookConditions;
  result: ConditionTrialResult;
  isEntry: boolean;
}) {
  const [chosen, setChosen] = useState(0);
  const index = Math.min(chosen, result.tried.length - 1);
  const event = result.tried[index];
  if (!event) return null;
  const details = <TriedDetails conditions={conditions} event={event} isEntry={isEntry} />;
  if (isEntry) return details;
  return (
    <Sides>
      <TriedList conditions={conditions} tried={result.tried} chosen={index} onChoose={setChosen} />
      <Side>{details}</Side>
    </Sides>
  );
}

/** Another entry than those that have changed lately. */
function EntryChooser({
  value,
  onChange,
}: {
  value: EntryReference | null;
  onChange: (entry: EntryReference | null) => void;
}) {
  const { t } = useText();
  const { choices } = useChoices();
  const [uid, setUid] = useState<string | null>(null);
  const subjects = choices?.subjects ?? [];
  const subject = subjects.find((known) => known.uid === uid) ?? subjects[0];
  if (!subject) {
    return (
      <Typography variant="pi" textColor="neutral600">
        {t('only_when.trial.no_subjects')}
      </Typography>
    );
  }
  return (
    <TintedBox tone="neutral" padding={4} direction="column" alignItems="stretch" gap={4}>
      {subjects.length > 1 && (
        <Box maxWidth="28rem">
          <FilterSelect
            label={t('only_when.trial.content_type')}
            choices={subjects.map(({ uid: of, name }) => ({ value: of, label: name }))}
            value={subject.uid}
            onChange={(chosen) => {
              setUid(chosen ?? null);
              onChange(null);
            }}
          />
        </Box>
      )}
      <EntryPicker key={subject.uid} uid={subject.uid} value={value} onChange={onChange} />
      {value && (
        <div>
          <TextButton onClick={() => onChange(null)}>{t('only_when.trial.newest_again')}</TextButton>
        </div>
      )}
    </TintedBox>
  );
}

/** What was known before is fainter where the next answer takes its time, and stays where it is. */
const Faded = styled.div<{ $isStale: boolean }>`
  opacity: ${({ $isStale }) => ($isStale ? 0.7 : 1)};
  transition: opacity 0.2s ${({ $isStale }) => ($isStale ? '1s' : '0s')};
`;

const Sides = styled.div`
  display: grid;
  gap: 2.4rem;

  ${({ theme }) => theme.breakpoints.large} {
    grid-template-columns: minmax(0, 2fr) minmax(0, 1fr);
  }
`;

const Side = styled.div`
  ${({ theme }) => theme.breakpoints.large} {
    position: sticky;
    top: 9.6rem;
    align-self: start;
    padding-left: 2.4rem;
    border-left: 1px solid ${({ theme }) => theme.colors.neutral150};
  }
`;
