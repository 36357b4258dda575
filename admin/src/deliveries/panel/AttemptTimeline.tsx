import { useState, type ReactNode } from 'react';
import { Box, Flex, TextButton, Typography } from '@strapi/design-system';
import { CaretDown, CaretUp, CheckCircle, Clock, CrossCircle, Lightning } from '@strapi/icons';
import { styled } from 'styled-components';
import type { AttemptView, DeliveryDetail } from '../../../../contracts';
import { FailureRemedies } from '../../failures/FailureRemedies';
import { SignatureHelp } from '../../failures/SignatureHelp';
import { useFailureSentences } from '../../failures/useFailureSentences';
import { ExchangeTabs } from '../../http/ExchangeTabs';
import { statusWords } from '../../http/status-words';
import { useDuration } from '../../text/useDuration';
import { useMoment } from '../../text/useMoment';
import { useText } from '../../text/useText';
import { statusName, statusOf } from '../status';

/** The attempts, newest first; the next attempt, if any, at the top, and the event itself at the end. */
export function AttemptTimeline({ delivery }: { delivery: DeliveryDetail }) {
  const { t } = useText();
  const moment = useMoment();
  const { attempts, maxAttempts, occurredAt, attemptLog, host } = delivery;
  // What is held, or paused, has no time that could be told.
  const { next } = statusOf(delivery);
  const time = (at: number) => moment(at, 'second');
  return (
    <Line>
      {next !== null && (
        <Step
          icon={<Clock aria-hidden fill="warning600" />}
          title={t('delivery.step.next')}
          aside={time(next)}
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
        <Attempt
          key={attempt.id}
          attempt={attempt}
          host={host}
          webhookId={delivery.webhookId}
          isNewest={index === 0}
        />
      ))}
      <Step
        icon={<Lightning aria-hidden fill="primary600" />}
        title={t(delivery.test ? 'delivery.step.test' : 'delivery.step.happened')}
        aside={time(occurredAt)}
      />
    </Line>
  );
}

interface AttemptProps {
  attempt: AttemptView;
  host: string;
  webhookId: number | null;
  isNewest: boolean;
}

function Attempt({ attempt, host, webhookId, isNewest }: AttemptProps) {
  const { t } = useText();
  const moment = useMoment();
  const duration = useDuration();
  const sentencesOf = useFailureSentences();
  const { outcome, code, response, durationMs, kind } = attempt;
  const status = response?.status ?? null;
  const failure =
    outcome === 'failed'
      ? sentencesOf({ code: code ?? 'internal', status, host, durationMs, answer: response?.body })
      : null;
  const answer = response ? statusWords(response.status, response.statusText) : failure?.short;

  return (
    <Step
      icon={
        failure ? <CrossCircle aria-hidden fill="danger600" /> : <CheckCircle aria-hidden fill="success600" />
      }
      title={answer ?? t(statusName('succeeded'))}
      aside={`${moment(attempt.at, 'second')} · ${duration(durationMs)}`}
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
      <SignatureHelp code={code} answer={response?.body} webhookId={webhookId} />
      {failure && isNewest && webhookId !== null && (
        <FailureRemedies
          webhookId={webhookId}
          failure={{ code: code ?? 'internal', status }}
          exchange={attempt}
        />
      )}
      <Evidence attempt={attempt} isUnfolded={isNewest} />
    </Step>
  );
}

interface EvidenceProps {
  attempt: AttemptView;
  isUnfolded: boolean;
}

/** Request and response; not rendered while collapsed, because a delivery may have many attempts. */
function Evidence({ attempt, isUnfolded }: EvidenceProps) {
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
      {isOpen && <ExchangeTabs exchange={attempt} error={attempt.error} first="response" />}
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
