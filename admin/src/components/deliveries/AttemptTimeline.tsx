import { useState, type ReactNode } from 'react';
import { Box, Flex, TextButton, Typography } from '@strapi/design-system';
import { CaretDown, CaretUp, CheckCircle, Clock, CrossCircle, Lightning } from '@strapi/icons';
import { styled } from 'styled-components';
import type { AttemptView, DeliveryDetail } from '../../../../contracts';
import { useDuration } from '../../hooks/useDuration';
import { useFailureSentences } from '../../hooks/useFailureSentences';
import { useText } from '../../hooks/useText';
import { statusWords } from '../../wording/status-words';
import { ExchangeTabs } from '../http/ExchangeTabs';

/** What was tried, newest first; the next try, if there is one, on top, and at the end the event itself. */
export function AttemptTimeline({ delivery }: { delivery: DeliveryDetail }) {
  const { t, intl } = useText();
  const { state, nextAttemptAt, attempts, maxAttempts, occurredAt, attemptLog, host } = delivery;
  const time = (at: number) => intl.formatTime(at, { timeStyle: 'medium' });
  return (
    <Line>
      {state === 'pending' && nextAttemptAt !== null && (
        <Step
          icon={<Clock aria-hidden fill="warning600" />}
          title={t('delivery.step.next')}
          aside={time(nextAttemptAt)}
        >
          <Typography variant="pi" textColor="neutral600">
            {t(attempts + 1 >= maxAttempts ? 'delivery.step.last_of' : 'delivery.step.next_of', {
              number: attempts + 1,
              total: maxAttempts,
            })}
          </Typography>
        </Step>
      )}
      {attemptLog.map((attempt, index) => (
        <Attempt key={attempt.id} attempt={attempt} host={host} isNewest={index === 0} />
      ))}
      <Step
        icon={<Lightning aria-hidden fill="primary600" />}
        title={t(delivery.test ? 'delivery.step.test' : 'delivery.step.happened')}
        aside={time(occurredAt)}
      />
    </Line>
  );
}

function Attempt({ attempt, host, isNewest }: { attempt: AttemptView; host: string; isNewest: boolean }) {
  const { t, intl } = useText();
  const duration = useDuration();
  const sentencesOf = useFailureSentences();
  const { outcome, code, response, durationMs, kind } = attempt;
  const status = response?.status ?? null;
  const failure =
    outcome === 'failed' ? sentencesOf({ code: code ?? 'internal', status, host, durationMs }) : null;
  const answer = response ? statusWords(response.status, response.statusText) : failure?.short;

  return (
    <Step
      icon={
        failure ? <CrossCircle aria-hidden fill="danger600" /> : <CheckCircle aria-hidden fill="success600" />
      }
      title={answer ?? t('delivery.state.succeeded')}
      aside={`${intl.formatTime(attempt.at, { timeStyle: 'medium' })} · ${duration(durationMs)}`}
    >
      {kind === 'manual' && (
        <Typography variant="pi" textColor="neutral600" tag="p">
          {t('delivery.step.manual')}
        </Typography>
      )}
      {failure && (
        <Typography variant="pi" tag="p">
          {failure.cause} {failure.remedy}
        </Typography>
      )}
      <Evidence attempt={attempt} isFailure={failure !== null} isUnfolded={isNewest && failure !== null} />
    </Step>
  );
}

interface EvidenceProps {
  attempt: AttemptView;
  isFailure: boolean;
  isUnfolded: boolean;
}

/** Request and response; not rendered while folded, for a delivery may have been tried many times. */
function Evidence({ attempt, isFailure, isUnfolded }: EvidenceProps) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(isUnfolded);
  const Caret = isOpen ? CaretUp : CaretDown;
  return (
    <Box paddingTop={1}>
      <TextButton
        aria-expanded={isOpen}
        startIcon={<Caret aria-hidden width="0.8rem" />}
        onClick={() => setOpen(!isOpen)}
      >
        {t('delivery.step.details')}
      </TextButton>
      {isOpen && (
        <ExchangeTabs exchange={attempt} error={attempt.error} first={isFailure ? 'response' : 'request'} />
      )}
    </Box>
  );
}

interface StepProps {
  icon: ReactNode;
  title: string;
  aside: string;
  children?: ReactNode;
}

function Step({ icon, title, aside, children }: StepProps) {
  return (
    <Point>
      <Mark>{icon}</Mark>
      <Box flex="1" minWidth={0} paddingBottom={5}>
        <Flex justifyContent="space-between" alignItems="baseline" gap={2} wrap="wrap">
          <Typography fontWeight="bold">{title}</Typography>
          <Typography variant="pi" textColor="neutral600">
            {aside}
          </Typography>
        </Flex>
        {children}
      </Box>
    </Point>
  );
}

const Line = styled.ol`
  position: relative;
`;

const Point = styled.li`
  position: relative;
  display: flex;
  gap: 1.2rem;

  &:not(:last-child)::before {
    content: '';
    position: absolute;
    top: 2rem;
    bottom: -0.4rem;
    left: 0.7rem;
    width: 1px;
    background: ${({ theme }) => theme.colors.neutral200};
  }
`;

const Mark = styled.span`
  flex: none;
  width: 1.4rem;
  padding-top: 0.3rem;

  svg {
    width: 1.4rem;
    height: 1.4rem;
  }
`;
