import { useId, useState, type ReactNode } from 'react';
import { Box, Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { useTheme } from 'styled-components';
import {
  statisticsPeriods,
  type StatisticsBucket,
  type StatisticsPeriod,
  type WebhookStatistics,
} from '../../../../../contracts';
import { useText } from '../../../text/useText';
import { Card } from '../../../ui/Card';
import { FailureHatch } from '../../../ui/FailureHatch';
import { DeliveryChart } from './DeliveryChart';
import { useBucketWords } from './useBucketWords';

interface ChartCardProps {
  statistics: WebhookStatistics;
  onPeriod: (period: StatisticsPeriod) => void;
}

/** Attempts over time, by result. */
export function ChartCard({ statistics, onPeriod }: ChartCardProps) {
  const { t } = useText();
  const { period, buckets, succeeded, failed } = statistics;
  const [pointed, setPointed] = useState<StatisticsBucket | null>(null);

  return (
    <Card padding={0}>
      <Flex
        justifyContent="space-between"
        alignItems="flex-start"
        gap={4}
        wrap="wrap"
        padding={6}
        paddingBottom={4}
      >
        <div>
          <Typography variant="delta" fontWeight="bold" tag="h2">
            {t('chart.title')}
          </Typography>
          <Flex gap={4} wrap="wrap" paddingTop={2}>
            <Legend shape="succeeded">{t('chart.succeeded', { count: succeeded })}</Legend>
            <Legend shape="failed">{t('chart.failed', { count: failed })}</Legend>
          </Flex>
          {/* Its line is there before anything is pointed at: the page must not move under the pointer. */}
          <Box minHeight="2rem" paddingTop={1} aria-hidden>
            {pointed && <Pointed period={period} bucket={pointed} />}
          </Box>
        </div>
        <Box width="24rem">
          <SingleSelect
            size="S"
            aria-label={t('chart.period')}
            value={period}
            onChange={(value) => onPeriod(value as StatisticsPeriod)}
          >
            {statisticsPeriods.map((value) => (
              <SingleSelectOption key={value} value={value}>
                {t(`chart.period.${value}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Box>
      </Flex>
      <Box paddingLeft={6} paddingRight={6} paddingBottom={5}>
        <DeliveryChart period={period} buckets={buckets} onPoint={setPointed} />
      </Box>
    </Card>
  );
}

const swatch = 12;

function Legend({ shape, children }: { shape: 'succeeded' | 'failed'; children: ReactNode }) {
  const { colors } = useTheme();
  const hatch = useId();
  return (
    <Flex gap={2}>
      <svg width={swatch} height={swatch} aria-hidden>
        <FailureHatch id={hatch} size={swatch / 2} />
        <rect
          width={swatch}
          height={swatch}
          rx={2}
          fill={shape === 'succeeded' ? colors.success500 : `url(#${hatch})`}
        />
      </svg>
      <Typography variant="pi">{children}</Typography>
    </Flex>
  );
}

function Pointed({ period, bucket }: { period: StatisticsPeriod; bucket: StatisticsBucket }) {
  const { t } = useText();
  const { span } = useBucketWords(period);
  const { from, succeeded, failed } = bucket;
  return (
    <Typography variant="pi" textColor="neutral600">
      {t('chart.pointed', { time: span(from), succeeded, failed })}
    </Typography>
  );
}
