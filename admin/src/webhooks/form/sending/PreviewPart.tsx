import { useState, type ReactNode } from 'react';
import {
  Box,
  Flex,
  IconButton,
  SingleSelect,
  SingleSelectOption,
  TextButton,
  Typography,
} from '@strapi/design-system';
import { ChevronLeft, ChevronRight, ClockCounterClockwise } from '@strapi/icons';
import { styled } from 'styled-components';
import type { PreviewedRequest } from '../../../../../contracts';
import { ErrorPart, LoadingPart } from '../../../api/States';
import { Body } from '../../../http/Body';
import { asCurl } from '../../../http/curl';
import { HeaderTable } from '../../../http/HeaderTable';
import { useMoment } from '../../../text/useMoment';
import { useText } from '../../../text/useText';
import { CopyButton } from '../../../ui/code/CopyButton';
import { Mono } from '../../../ui/Mono';
import { ReadableBadge } from '../../../ui/ReadableBadge';
import { TintedBox } from '../../../ui/TintedBox';
import type { OfferedEvent } from './useEventOfPreview';
import type { FormPreview } from './usePreviewOfForm';

interface PreviewPartProps {
  preview: FormPreview;
  offered: readonly OfferedEvent[];
  index: number;
  onChoose: (index: number) => void;
  /** What people will read of the request, which is folded then. */
  message?: ReactNode;
}

/** The exact request of one event; it follows each change of the form, and is not sent. */
export function PreviewPart({ preview, offered, index, onChoose, message = null }: PreviewPartProps) {
  const { t } = useText();
  const [isUnfolded, setUnfolded] = useState(false);
  const { request, isLoading, isStale, isBlocked, isOutdated, error, problems, refetch } = preview;
  const line = problems.find((problem) => problem.line !== null && !problem.warning)?.line;
  return (
    <Flex direction="column" alignItems="stretch" gap={4} minWidth={0}>
      <EventChoice offered={offered} index={index} onChoose={onChoose} />
      <div aria-live="polite">
        {isBlocked && (
          <Typography variant="pi" textColor="neutral600" tag="p">
            {t(offered.length === 0 ? 'sending.preview.no_events' : 'sending.preview.blocked')}
          </Typography>
        )}
        {isOutdated && (
          <TintedBox tone="neutral" padding={3} gap={2}>
            <ClockCounterClockwise aria-hidden width="1.6rem" height="1.6rem" style={{ flex: 'none' }} />
            <Typography variant="pi">
              {request === null
                ? t('sending.preview.mistake')
                : line === undefined || line === null
                  ? t('sending.preview.before_mistake')
                  : t('sending.preview.before_line', { line })}
            </Typography>
          </TintedBox>
        )}
      </div>
      {isLoading && <LoadingPart />}
      {Boolean(error) && <ErrorPart error={error} onRetry={refetch} />}
      {request && !isBlocked && !error && (
        <Faded $isStale={isStale} aria-busy={isStale}>
          <Flex direction="column" alignItems="stretch" gap={3}>
            {message}
            {message !== null && (
              <Box>
                <TextButton aria-expanded={isUnfolded} onClick={() => setUnfolded(!isUnfolded)}>
                  {t(isUnfolded ? 'presets.hide_request' : 'presets.show_request')}
                </TextButton>
              </Box>
            )}
            {(message === null || isUnfolded) && <Request request={request} bytes={preview.bytes} />}
          </Flex>
        </Faded>
      )}
    </Flex>
  );
}

function Request({ request, bytes }: { request: PreviewedRequest; bytes: number }) {
  const { t } = useText();
  return (
    <>
      <Flex justifyContent="space-between" gap={3} wrap="wrap">
        <Typography variant="pi" fontWeight="bold" tag="h4">
          {t('sending.preview.request')}
        </Typography>
        <CopyButton
          value={asCurl({ ...request, headers: Object.entries(request.headers) })}
          label={t('sending.preview.copy_curl')}
        />
      </Flex>
      <Flex gap={2} alignItems="flex-start">
        <ReadableBadge variant="primary" size="S">
          {request.method}
        </ReadableBadge>
        <Mono variant="pi">{request.url}</Mono>
      </Flex>
      <HeaderTable headers={Object.entries(request.headers)} />
      <Body text={request.body} label={t('sending.preview.body')} />
      <Typography variant="pi" textColor="neutral600" tag="p">
        {t('sending.preview.bytes', { count: bytes })}
      </Typography>
    </>
  );
}

/** Which event is previewed, with steps to the one before and the one after. */
function EventChoice({ offered, index, onChoose }: Omit<PreviewPartProps, 'preview' | 'message'>) {
  const { t } = useText();
  const momentText = useMoment();
  const chosen = offered[index];
  const recent = offered.filter((event) => event.recent !== null).length;
  const nameOf = (event: OfferedEvent): string => {
    if (!event.recent) return t('sending.preview.sample', { name: event.name });
    return event.recent.entryName ?? event.name;
  };
  const explained = chosen?.recent
    ? t('sending.preview.event', {
        event: chosen.name,
        time: momentText(chosen.recent.occurredAt),
        number: index + 1,
        count: recent,
      })
    : t('sending.preview.sample_hint');
  return (
    <div>
      <Flex justifyContent="space-between" gap={3} paddingBottom={3}>
        <Typography variant="delta" fontWeight="bold" tag="h3">
          {t('sending.preview.title')}
        </Typography>
        <Flex gap={1}>
          <IconButton
            label={t('sending.preview.newer')}
            disabled={index === 0}
            onClick={() => onChoose(index - 1)}
          >
            <ChevronLeft aria-hidden />
          </IconButton>
          <IconButton
            label={t('sending.preview.older')}
            disabled={index >= offered.length - 1}
            onClick={() => onChoose(index + 1)}
          >
            <ChevronRight aria-hidden />
          </IconButton>
        </Flex>
      </Flex>
      {chosen && (
        <>
          <SingleSelect
            aria-label={t('sending.preview.choose')}
            value={chosen.key}
            onChange={(key) => onChoose(offered.findIndex((event) => event.key === key))}
          >
            {offered.map((event) => (
              <SingleSelectOption key={event.key} value={event.key}>
                {event.recent ? `${nameOf(event)} · ${momentText(event.recent.occurredAt)}` : nameOf(event)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
          <Typography variant="pi" textColor="neutral600" tag="p" paddingTop={1}>
            {explained}
          </Typography>
        </>
      )}
    </div>
  );
}

/** What was known before is fainter where the next answer takes its time, and stays where it is. */
const Faded = styled(Box)<{ $isStale: boolean }>`
  min-width: 0;
  opacity: ${({ $isStale }) => ($isStale ? 0.7 : 1)};
  transition: opacity 0.2s ${({ $isStale }) => ($isStale ? '1s' : '0s')};
`;
