import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, Clock, CrossCircle, Lightning } from '@strapi/icons';
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
            {t('delivery.step.next_of', { number: attempts + 1, total: maxAttempts })}
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
      <Details open={isNewest && failure !== null}>
        <summary>
          <Typography variant="pi" textColor="primary600">
            {t('delivery.step.details')}
          </Typography>
        </summary>
        <ExchangeTabs exchange={attempt} error={attempt.error} first={failure ? 'response' : 'request'} />
      </Details>
    </Step>
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

const Details = styled.details`
  padding-top: 0.4rem;

  summary {
    cursor: pointer;
  }
`;
