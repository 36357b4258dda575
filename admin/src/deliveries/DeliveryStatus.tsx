import type { ReactNode } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import {
  ArrowClockwise,
  CheckCircle,
  Clock,
  Cross,
  CrossCircle,
  Lock,
  ManyToOne,
  MinusCircle,
  Moon,
  PaperPlane,
  Stop,
} from '@strapi/icons';
import type { DeliveryDetail, DeliveryRow } from '../../../contracts';
import { webhookPath } from '../navigation/paths';
import { useText } from '../text/useText';
import { InlineLink } from '../ui/InlineLink';
import { TintedBox } from '../ui/TintedBox';
import { reasonText } from '../webhooks/reasons';
import { NextTry } from './NextTry';
import type { Status, StatusKind } from './status';
import { useStatusText, type ToldStatus } from './useStatusText';

// Each status has a shape of its own: one in twelve men cannot distinguish the colours.
const icons = {
  pending: Clock,
  retrying: ArrowClockwise,
  held: Lock,
  paused: Moon,
  delivering: PaperPlane,
  succeeded: CheckCircle,
  failed: CrossCircle,
  blocked: Stop,
  skipped: MinusCircle,
  cancelled: Cross,
  collapsed: ManyToOne,
} as const satisfies Record<StatusKind, unknown>;

interface StatusIconProps {
  status: Pick<Status, 'kind' | 'colour'>;
  size?: string;
}

export function StatusIcon({ status: { kind, colour }, size = '1.4rem' }: StatusIconProps) {
  const Icon = icons[kind];
  return <Icon aria-hidden width={size} height={size} fill={colour} style={{ flex: 'none' }} />;
}

/** The status of a delivery in a row: `line`, in one sentence; `cell`, its reason and what follows below it. */
export function DeliveryStatus({ row, look }: { row: DeliveryRow; look: 'line' | 'cell' }) {
  const status = useStatusText()(row);
  // Before its first attempt there is nothing that one would wait for.
  const next = status.next !== null && row.attempts > 0 && <NextTry at={status.next} style="short" />;
  if (look === 'line') {
    return (
      <Flex gap={2} minWidth={0}>
        <StatusIcon status={status} size="1.2rem" />
        <Typography variant="pi" textColor={status.textColour}>
          <Sentence status={status} next={next} />
        </Typography>
      </Flex>
    );
  }
  return (
    <Flex gap={2} alignItems="flex-start">
      <Box paddingTop="3px">
        <StatusIcon status={status} />
      </Box>
      <div>
        <Typography textColor={status.textColour} tag="p">
          {status.name}
        </Typography>
        {[status.reason, next].map(
          (line, index) =>
            line && (
              <Typography key={index} variant="pi" textColor="neutral600" tag="p">
                {line}
              </Typography>
            ),
        )}
      </div>
    </Flex>
  );
}

function Sentence({ status: { name, reason }, next }: { status: ToldStatus; next: ReactNode }) {
  return (
    <>
      {name}
      {reason && `: ${reason}`}
      {next && (
        <>
          {reason ? '; ' : ': '}
          {next}
        </>
      )}
    </>
  );
}

const surfaces = {
  success600: 'success',
  danger600: 'danger',
  warning600: 'warning',
  primary600: 'primary',
  neutral600: 'neutral',
} as const;

/** The status of one delivery, with all that is known of why it waits. */
export function StatusChip({ delivery }: { delivery: DeliveryDetail }) {
  const { t } = useText();
  const status = useStatusText()(delivery);
  const { heldReason } = delivery;
  return (
    <Box paddingTop={2}>
      <TintedBox tone={surfaces[status.colour]} inline gap={2} padding={1} paddingLeft={2} paddingRight={2}>
        <StatusIcon status={status} size="1.2rem" />
        <Typography variant="pi" textColor={status.textColour} fontWeight="semiBold">
          <Sentence status={status} next={status.next !== null && <NextTry at={status.next} />} />
        </Typography>
      </TintedBox>
      <PlaceInLine delivery={delivery} />
      {heldReason && (
        <Typography variant="pi" textColor="neutral600" tag="p" paddingTop={2}>
          {t(reasonText(heldReason), { detail: '' })}
        </Typography>
      )}
    </Box>
  );
}

/** In an ordered webhook: which deliveries wait for it, or which one it waits for. */
function PlaceInLine({ delivery }: { delivery: DeliveryDetail }) {
  const { t, rich } = useText();
  const { waitsFor, keepsOthersWaiting, webhookId } = delivery;
  if (!keepsOthersWaiting && (waitsFor === null || webhookId === null)) return null;
  return (
    <Typography variant="pi" textColor="neutral600" tag="p" paddingTop={2}>
      {keepsOthersWaiting
        ? t('delivery.keeps_others')
        : rich(waitsFor?.state === 'failed' ? 'delivery.waits_for_failed' : 'delivery.waits_for', {
            link: (words) => (
              <InlineLink
                key="link"
                to={`${webhookPath(webhookId ?? '', 'deliveries')}?delivery=${waitsFor?.id}`}
              >
                {words}
              </InlineLink>
            ),
          })}
    </Typography>
  );
}
