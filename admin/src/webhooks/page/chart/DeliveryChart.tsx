import { useId } from 'react';
import { Box, Typography, VisuallyHidden } from '@strapi/design-system';
import { styled, useTheme } from 'styled-components';
import type { StatisticsBucket, StatisticsPeriod } from '../../../../../contracts';
import { statusName } from '../../../deliveries/status';
import { useText } from '../../../text/useText';
import { FailureHatch } from '../../../ui/FailureHatch';
import { placeLabels } from './chart-labels';
import { chartScale } from './chart-scale';
import { useBucketWords } from './useBucketWords';
import { useWidth } from './useWidth';

// As drawn in the design.
const height = 204;
const top = 10;
const bottom = 180;
const left = 32;
const barShare = 0.6;
const hatchSize = 6;
const fontSize = 11;

interface DeliveryChartProps {
  period: StatisticsPeriod;
  buckets: readonly StatisticsBucket[];
  /** The bar under the pointer. */
  onPoint: (bucket: StatisticsBucket | null) => void;
}

/** Succeeded and failed attempts over time; for screen readers, the same as a table. */
export function DeliveryChart({ period, buckets, onPoint }: DeliveryChartProps) {
  const { t } = useText();
  const { ref, width } = useWidth<HTMLDivElement>();
  const isEmpty = buckets.every(({ succeeded, failed }) => succeeded + failed === 0);
  return (
    <Box position="relative">
      <div ref={ref} style={{ height }} onMouseLeave={() => onPoint(null)}>
        {width > 0 && <Bars period={period} buckets={buckets} width={width} onPoint={onPoint} />}
      </div>
      {isEmpty && (
        <Nothing>
          <Typography textColor="neutral600">{t('chart.empty')}</Typography>
        </Nothing>
      )}
      <ChartTable period={period} buckets={buckets} />
    </Box>
  );
}

function Bars({ period, buckets, width, onPoint }: DeliveryChartProps & { width: number }) {
  const { colors } = useTheme();
  const { intl } = useText();
  const { mark } = useBucketWords(period);
  const hatch = useId();
  const lines = chartScale(Math.max(...buckets.map(({ succeeded, failed }) => succeeded + failed)));
  const highest = lines.at(-1) ?? 1;
  const y = (count: number) => bottom - (count / highest) * (bottom - top);
  const pitch = (width - left) / buckets.length;
  const labels = buckets.flatMap(({ from }, index) => {
    const words = mark(from, index);
    return words ? [{ words, middle: left + (index + 0.5) * pitch }] : [];
  });

  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden
      style={{ display: 'block', fontSize }}
    >
      <FailureHatch id={hatch} size={hatchSize} />
      {lines.map((line) => (
        <g key={line}>
          <line x1={left} x2={width} y1={y(line)} y2={y(line)} stroke={colors.neutral150} />
          <text x={left - 10} y={y(line) + 4} textAnchor="end" fill={colors.neutral600}>
            {intl.formatNumber(line, { notation: 'compact' })}
          </text>
        </g>
      ))}
      {buckets.map((bucket, index) => {
        const { from, succeeded, failed } = bucket;
        const x = left + (index + (1 - barShare) / 2) * pitch;
        return (
          <g key={from} onMouseEnter={() => onPoint(bucket)}>
            <Hit x={left + index * pitch} y={top} width={pitch} height={bottom - top} />
            {succeeded > 0 && (
              <rect
                x={x}
                y={y(succeeded)}
                width={pitch * barShare}
                height={bottom - y(succeeded)}
                fill={colors.success500}
              />
            )}
            {failed > 0 && (
              <rect
                x={x}
                y={y(succeeded + failed)}
                width={pitch * barShare}
                height={y(succeeded) - y(succeeded + failed)}
                fill={`url(#${hatch})`}
              />
            )}
          </g>
        );
      })}
      {placeLabels(labels, width, fontSize).map((label) => (
        <text key={label.x} x={label.x} y={198} textAnchor={label.textAnchor} fill={colors.neutral600}>
          {label.words}
        </text>
      ))}
    </svg>
  );
}

function ChartTable({ period, buckets }: Omit<DeliveryChartProps, 'onPoint'>) {
  const { t, intl } = useText();
  const { span } = useBucketWords(period);
  return (
    <VisuallyHidden>
      <table>
        <caption>{t('chart.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('filter.time')}</th>
            <th scope="col">{t(statusName('succeeded'))}</th>
            <th scope="col">{t(statusName('failed'))}</th>
          </tr>
        </thead>
        <tbody>
          {buckets.map(({ from, succeeded, failed }) => (
            <tr key={from}>
              <th scope="row">{span(from)}</th>
              <td>{intl.formatNumber(succeeded)}</td>
              <td>{intl.formatNumber(failed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </VisuallyHidden>
  );
}

const Hit = styled.rect`
  fill: transparent;

  &:hover {
    fill: ${({ theme }) => theme.colors.neutral100};
  }
`;

const Nothing = styled.div`
  position: absolute;
  inset: ${top}px 0 ${height - bottom}px ${left}px;
  display: flex;
  align-items: center;
  justify-content: center;
  pointer-events: none;
`;
