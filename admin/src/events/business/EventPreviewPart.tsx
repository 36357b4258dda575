import { useState } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, Cross, Question, Search } from '@strapi/icons';
import { styled } from 'styled-components';
import type { BusinessEventPreviewResult, Truth } from '../../../../contracts';
import { ErrorPart, LoadingPart } from '../../api/States';
import { useProblemText } from '../../api/useProblemText';
import { EntryPicker } from '../../entry/EntryPicker';
import { Body } from '../../http/Body';
import { useText } from '../../text/useText';
import { TintedBox } from '../../ui/TintedBox';
import { useBusinessEventForm } from './useBusinessEventForm';
import type { EventPreview } from './useEventPreview';

/** The body that a receiver gets: of sample data, or of an entry, and whether the event would occur for that. */
export function EventPreviewPart({ preview }: { preview: EventPreview }) {
  const { t } = useText();
  const { values } = useBusinessEventForm();
  const [isChoosing, setChoosing] = useState(false);
  const { result, entry, chooseEntry, isWaiting, isLoading, isStale, error, refetch } = preview;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex justifyContent="space-between" alignItems="flex-start" gap={3} wrap="wrap">
        <div>
          <Typography variant="beta" tag="h2">
            {t('business.preview')}
          </Typography>
          <Typography variant="pi" textColor="neutral600" tag="p" paddingTop={1}>
            {t(entry ? 'business.preview.of_entry' : 'business.preview.of_sample')}
          </Typography>
        </div>
        {values.contentType !== '' && (
          <Button
            variant="tertiary"
            startIcon={<Search aria-hidden />}
            aria-expanded={isChoosing}
            onClick={() => {
              setChoosing(!isChoosing);
              chooseEntry(null);
            }}
          >
            {t(isChoosing ? 'business.preview.back' : 'business.preview.choose')}
          </Button>
        )}
      </Flex>
      {isChoosing && values.contentType !== '' && (
        <TintedBox tone="neutral" padding={4} direction="column" alignItems="stretch">
          <EntryPicker
            key={values.contentType}
            uid={values.contentType}
            value={entry}
            onChange={chooseEntry}
          />
        </TintedBox>
      )}
      {isWaiting && (
        <Typography variant="pi" textColor="neutral600" tag="p">
          {t('business.preview.waiting')}
        </Typography>
      )}
      {isLoading && <LoadingPart />}
      {Boolean(error) && <ErrorPart error={error} onRetry={refetch} />}
      {result && !error && (
        <Faded $isStale={isStale} aria-busy={isStale}>
          <Result result={result} isEntry={entry !== null} />
        </Faded>
      )}
    </Flex>
  );
}

function Result({ result, isEntry }: { result: BusinessEventPreviewResult; isEntry: boolean }) {
  const { t } = useText();
  const problemText = useProblemText();
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      {isEntry && result.clauses.length > 0 && <Verdict clauses={result.clauses} />}
      {result.problems.length > 0 && (
        <TintedBox tone="danger" padding={4} direction="column" alignItems="stretch" gap={1} role="alert">
          <Typography fontWeight="bold" tag="p">
            {t('business.preview.problems')}
          </Typography>
          {result.problems.map(({ path, message }) => (
            <Typography key={`${path.join('.')} ${message}`} variant="pi" tag="p">
              {problemText(message)}
            </Typography>
          ))}
        </TintedBox>
      )}
      {result.body !== null && <Body text={result.body} label={t('business.preview.body')} />}
    </Flex>
  );
}

/** Of several cases one is enough. */
function Verdict({ clauses }: { clauses: readonly Truth[] }) {
  const { t } = useText();
  const truth: Truth = clauses.includes(true) ? true : clauses.includes('unknown') ? 'unknown' : false;
  const icon = { width: '1.6rem', height: '1.6rem', 'aria-hidden': true };
  return (
    <Flex gap={2} aria-live="polite">
      {truth === true && <CheckCircle {...icon} fill="success600" />}
      {truth === false && <Cross {...icon} fill="neutral600" />}
      {truth === 'unknown' && <Question {...icon} fill="neutral600" />}
      <Typography fontWeight="bold">{t(`business.occurs.${truth}`)}</Typography>
    </Flex>
  );
}

/** What was known before is fainter where the next answer takes its time, and stays where it is. */
const Faded = styled(Box)<{ $isStale: boolean }>`
  min-width: 0;
  opacity: ${({ $isStale }) => ($isStale ? 0.7 : 1)};
  transition: opacity 0.2s ${({ $isStale }) => ($isStale ? '1s' : '0s')};
`;
