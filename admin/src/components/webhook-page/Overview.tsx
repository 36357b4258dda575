import { Flex, Grid } from '@strapi/design-system';
import { statisticsPeriods, type StatisticsPeriod, type WebhookView } from '../../../../contracts';
import { useAddressBar } from '../../hooks/useAddressBar';
import { useStatistics } from '../../services/statistics';
import { ErrorPart, LoadingPart } from '../States';
import { ChartCard } from './ChartCard';
import { FailureCauses } from './FailureCauses';
import { Figures } from './Figures';
import { WhatItDoes } from './WhatItDoes';

const pollMs = 10_000;

/** How the webhook has been doing. */
export function Overview({ webhook }: { webhook: WebhookView }) {
  const { get, set } = useAddressBar();
  const period = statisticsPeriods.find((known) => known === get('period')) ?? '24h';
  const { data, error, refetch } = useStatistics(
    { id: webhook.id, period, utcOffsetMinutes: -new Date().getTimezoneOffset() },
    { pollingInterval: pollMs, refetchOnMountOrArgChange: true },
  );
  // `data` is that of the period before while another is on its way: the page does not jump.
  if (!data) return error ? <ErrorPart error={error} onRetry={refetch} /> : <LoadingPart />;

  const onPeriod = (next: StatisticsPeriod) =>
    set({ period: next === '24h' ? undefined : next }, { replace: true });
  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
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
