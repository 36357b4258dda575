import type { ReactNode } from 'react';
import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { durationBoundsMs, type WebhookStatistics, type WebhookView } from '../../../../contracts';
import { useDuration } from '../../text/useDuration';
import { useMoment } from '../../text/useMoment';
import { useNow } from '../../text/useNow';
import { useText } from '../../text/useText';
import { Card } from '../../ui/Card';
import { RelativeTime } from '../../ui/RelativeTime';
import { roundedEstimate, shownRate } from './rates';

const nothing = '–';

/** Five figures in everyday words, the technical one below. */
export function Figures({ statistics, webhook }: { statistics: WebhookStatistics; webhook: WebhookView }) {
  const { t, intl } = useText();
  const estimate = useEstimate();
  const { successRate, durations, waiting, period } = statistics;
  const rate = shownRate(successRate);
  return (
    <Card padding={0}>
      <Row>
        <Figure name={t('figure.rate')} below={t(`figure.rate_of.${period}`)}>
          {rate === null
            ? nothing
            : intl.formatNumber(rate.value, { style: 'percent', maximumFractionDigits: rate.digits })}
        </Figure>
        <Figure name={t('figure.median')} below={t('figure.median_hint')}>
          {estimate(durations.medianMs)}
        </Figure>
        <Figure name={t('figure.p95')} below={t('figure.p95_hint')}>
          {estimate(durations.p95Ms)}
        </Figure>
        <Figure name={t('figure.waiting')} below={t('figure.waiting_unit', { count: waiting.count })}>
          {waiting.more
            ? t('figure.more_than', { count: intl.formatNumber(waiting.count) })
            : intl.formatNumber(waiting.count)}
        </Figure>
        <NextTryFigure statistics={statistics} webhook={webhook} />
      </Row>
    </Card>
  );
}

/** Two digits: the estimate is not more precise. */
function useEstimate(): (ms: number | null) => string {
  const { t } = useText();
  const duration = useDuration();
  const longest = durationBoundsMs[durationBoundsMs.length - 1] ?? Infinity;
  return (ms) => {
    if (ms === null) return nothing;
    const words = duration(roundedEstimate(ms));
    return ms >= longest ? t('figure.more_than', { count: words }) : words;
  };
}

function NextTryFigure({ statistics, webhook }: { statistics: WebhookStatistics; webhook: WebhookView }) {
  const { t } = useText();
  const moment = useMoment();
  const now = useNow();
  const { nextTryAt, waiting } = statistics;
  const name = t('figure.next');
  if (nextTryAt === null) {
    const isStopped = waiting.count > 0 && webhook.state !== 'active';
    return (
      <Figure name={name} below={t(isStopped ? 'figure.next_stopped' : 'figure.next_none')}>
        {nothing}
      </Figure>
    );
  }
  if (nextTryAt <= now) {
    return (
      <Figure name={name} below={t('figure.next_due')}>
        {t('figure.now')}
      </Figure>
    );
  }
  return (
    <Figure name={name} below={<RelativeTime at={nextTryAt} />}>
      {moment(nextTryAt)}
    </Figure>
  );
}

function Figure({ name, below, children }: { name: string; below: ReactNode; children: ReactNode }) {
  return (
    <div>
      <Typography variant="pi" textColor="neutral600" tag="dt">
        {name}
      </Typography>
      <dd>
        <Typography fontSize="2.4rem" lineHeight="3.2rem" fontWeight="bold" tag="p">
          {children}
        </Typography>
        <Typography variant="pi" textColor="neutral600" tag="p">
          {below}
        </Typography>
      </dd>
    </div>
  );
}

const Row = styled.dl`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr));
  row-gap: 1.6rem;
  margin: 0;
  padding: 1.6rem 0;
  overflow: hidden;

  /* The line of the first in a row falls outside. */
  & > div {
    margin-left: -1px;
    padding: 0.4rem 1.2rem 0.4rem 2rem;
    border-left: 1px solid ${({ theme }) => theme.colors.neutral150};
  }

  dd {
    margin: 0.4rem 0 0;
  }
`;
