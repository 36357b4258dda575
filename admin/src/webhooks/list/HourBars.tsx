import { useId } from 'react';
import { Box, Typography } from '@strapi/design-system';
import { useTheme } from 'styled-components';
import type { HourBucket } from '../../../../contracts';
import { useMoment } from '../../text/useMoment';
import { useText } from '../../text/useText';
import { FailureHatch } from '../../ui/FailureHatch';

// As drawn in the design: 24 bars of 3 px with gaps of 1.5 px.
const barWidth = 3;
const pitch = 4.5;
const height = 26;
const emptyHeight = 1.5;

/** The last 24 hours as bars; failures are hatched, not only red. The figures are below in words. */
export function HourBars({ hours }: { hours: readonly HourBucket[] }) {
  const { colors } = useTheme();
  const { t } = useText();
  const moment = useMoment();
  const hatch = useId();
  const highest = Math.max(1, ...hours.map(({ succeeded, failed }) => succeeded + failed));
  const scaled = (count: number) => (count / highest) * height;
  const width = Math.max(0, hours.length * pitch - (pitch - barWidth));

  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden>
      <FailureHatch id={hatch} size={3} />
      {hours.map(({ hour, succeeded, failed }, index) => {
        const x = index * pitch;
        const failedTop = height - scaled(succeeded) - scaled(failed);
        const time = moment(hour);
        return (
          <g key={hour}>
            <title>{t('list.hours.hour', { time, succeeded, failed })}</title>
            {succeeded + failed === 0 && (
              <rect
                x={x}
                y={height - emptyHeight}
                width={barWidth}
                height={emptyHeight}
                fill={colors.neutral200}
              />
            )}
            {succeeded > 0 && (
              <rect
                x={x}
                y={height - scaled(succeeded)}
                width={barWidth}
                height={scaled(succeeded)}
                fill={colors.success500}
              />
            )}
            {failed > 0 && (
              <rect x={x} y={failedTop} width={barWidth} height={scaled(failed)} fill={`url(#${hatch})`} />
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** "122 sent, all succeeded", "24 failed of 185", "Nothing sent". */
export function HourFigures({ hours }: { hours: readonly HourBucket[] }) {
  const { t, rich } = useText();
  const succeeded = hours.reduce((sum, hour) => sum + hour.succeeded, 0);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  if (succeeded + failed === 0) return <>{t('list.hours.none')}</>;
  if (failed === 0) return <>{t('list.hours.all_arrived', { count: succeeded })}</>;
  return (
    <>
      {rich('list.hours.failed', {
        failed,
        total: succeeded + failed,
        b: (words) => (
          <Typography variant="pi" fontWeight="bold" textColor="danger600">
            {words}
          </Typography>
        ),
      })}
    </>
  );
}

export function LastDay({ hours }: { hours: readonly HourBucket[] }) {
  return (
    <Box>
      <HourBars hours={hours} />
      <Typography variant="pi" textColor="neutral600" tag="p" paddingTop={1}>
        <HourFigures hours={hours} />
      </Typography>
    </Box>
  );
}
