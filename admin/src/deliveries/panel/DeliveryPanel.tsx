import type { ReactNode } from 'react';
import { Box, Divider, IconButton, Typography } from '@strapi/design-system';
import { ChevronDown, ChevronUp } from '@strapi/icons';
import type { DeliveryDetail } from '../../../../contracts';
import { ErrorPart, LoadingPart } from '../../api/States';
import { usePolling } from '../../api/usePolling';
import { Body } from '../../http/Body';
import { useText } from '../../text/useText';
import { Drawer } from '../../ui/Drawer';
import { Mono } from '../../ui/Mono';
import { useDelivery } from '../api';
import { StatusChip } from '../DeliveryStatus';
import { isOver } from '../status';
import { AttemptTimeline } from './AttemptTimeline';
import { DeliveryActions } from './DeliveryActions';
import { DeliveryFacts } from './DeliveryFacts';

const pollMs = 3000;

interface DeliveryPanelProps {
  id: number;
  onClose: () => void;
  /** To the newer and to the older one in sight; null where there is none. */
  onNewer: (() => void) | null;
  onOlder: (() => void) | null;
}

/** One delivery, beside the list or, where there is no room, above it: verdict, actions, attempts, facts and the body. */
export function DeliveryPanel({ id, onClose, onNewer, onOlder }: DeliveryPanelProps) {
  const { t } = useText();
  const {
    currentData: delivery,
    error,
    isFetching,
    refetch,
  } = useDelivery(id, { refetchOnMountOrArgChange: true });
  usePolling(refetch, delivery && isOver(delivery.state) ? null : pollMs);

  return (
    <Drawer
      id={id}
      titleId="delivery-title"
      isBusy={isFetching && !delivery}
      onClose={onClose}
      head={<Head delivery={delivery} />}
      turns={
        <>
          <Turn label={t('delivery.newer')} turn={onNewer}>
            <ChevronUp aria-hidden />
          </Turn>
          <Turn label={t('delivery.older')} turn={onOlder}>
            <ChevronDown aria-hidden />
          </Turn>
        </>
      }
    >
      {delivery ? (
        <Content key={id} delivery={delivery} />
      ) : error ? (
        <ErrorPart error={error} onRetry={refetch} />
      ) : (
        <LoadingPart />
      )}
    </Drawer>
  );
}

function Head({ delivery }: { delivery: DeliveryDetail | undefined }) {
  const { t } = useText();
  return (
    <>
      <Typography variant="beta" tag="h2" id="delivery-title" style={{ overflowWrap: 'anywhere' }}>
        {delivery?.eventName ?? t('delivery.title')}
      </Typography>
      {delivery && (
        <Mono variant="pi" textColor="neutral600" tag="p">
          {delivery.eventType}
        </Mono>
      )}
    </>
  );
}

function Turn({ label, turn, children }: { label: string; turn: (() => void) | null; children: ReactNode }) {
  return (
    <IconButton label={label} variant="ghost" disabled={!turn} onClick={() => turn?.()}>
      {children}
    </IconButton>
  );
}

function Content({ delivery }: { delivery: DeliveryDetail }) {
  const { t } = useText();
  return (
    <>
      <Box padding={5} paddingTop={0}>
        <StatusChip delivery={delivery} />
        <DeliveryActions delivery={delivery} />
      </Box>
      <Divider />
      <Part title={t('delivery.attempts')}>
        <AttemptTimeline delivery={delivery} />
      </Part>
      <Divider />
      <Box padding={5}>
        <DeliveryFacts delivery={delivery} />
      </Box>
      <Divider />
      <Part title={t(delivery.attempts > 0 ? 'delivery.body_sent' : 'delivery.body_to_send')}>
        {delivery.body === null ? (
          <Typography variant="pi" textColor="neutral600">
            {t('delivery.body_gone')}
          </Typography>
        ) : (
          <Body text={delivery.body} label={t('delivery.body_sent')} />
        )}
      </Part>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box padding={5}>
      <Typography variant="omega" fontWeight="bold" tag="h3" paddingBottom={4} display="block">
        {title}
      </Typography>
      {children}
    </Box>
  );
}
