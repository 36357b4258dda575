import { Flex, Grid } from '@strapi/design-system';
import { useLocation } from 'react-router-dom';
import { statisticsPeriods, type StatisticsPeriod, type WebhookView } from '../../../../contracts';
import { ErrorPart, LoadingPart } from '../../api/States';
import { usePolling } from '../../api/usePolling';
import { useAddressBar } from '../../navigation/useAddressBar';
import { SecretCard } from '../secret/SecretCard';
import { useStatistics } from './api';
import { ChartCard } from './chart/ChartCard';
import { FailureCauses } from './FailureCauses';
import { Figures } from './Figures';
import { WhatItDoes } from './WhatItDoes';

const pollMs = 10_000;

/** The statistics of the webhook. */
export function Overview({ webhook }: { webhook: WebhookView }) {
  const { get, set } = useAddressBar();
  // The page that one comes to from the form of a new one; not after it was loaded anew.
  const isNew = useLocation().state?.added === true;
  const period = statisticsPeriods.find((known) => known === get('period')) ?? '24h';
  const { data, error, refetch } = useStatistics(
    { id: webhook.id, period, utcOffsetMinutes: -new Date().getTimezoneOffset() },
    { refetchOnMountOrArgChange: true },
  );
  usePolling(refetch, pollMs);
  // `data` is from the previous period while another is loading: the page does not jump.
  if (!data) return error ? <ErrorPart error={error} onRetry={refetch} /> : <LoadingPart />;

  const onPeriod = (next: StatisticsPeriod) =>
    set({ period: next === '24h' ? undefined : next }, { replace: true });
  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
      {isNew && <SecretCard webhookId={webhook.id} isShown />}
      <ChartCard statistics={data} onPeriod={onPeriod} />
      <Figures statistics={data} webhook={webhook} />
      <Grid.Root gap={6} style={{ alignItems: 'start' }}>
        <Grid.Item col={8} m={12} s={12} xs={12} direction="column" alignItems="stretch">
          <FailureCauses statistics={data} webhook={webhook} />
        </Grid.Item>
        <Grid.Item col={4} m={12} s={12} xs={12} direction="column" alignItems="stretch">
          <WhatItDoes webhook={webhook} />
        </Grid.Item>
      </Grid.Root>
    </Flex>
  );
}
