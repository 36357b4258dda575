import { useEffect, useRef } from 'react';
import { Box, Divider, Flex, IconButton, Typography } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useIsDesktop } from '@strapi/strapi/admin';
import type { DeliveryDetail } from '../../../../contracts';
import { useText } from '../../hooks/useText';
import { useDelivery } from '../../services/deliveries';
import { Card } from '../Card';
import { Body } from '../http/Body';
import { Mono } from '../Mono';
import { ErrorPart, LoadingPart } from '../States';
import { AttemptTimeline } from './AttemptTimeline';
import { DeliveryActions } from './DeliveryActions';
import { DeliveryFacts } from './DeliveryFacts';
import { StateChip } from './StateChip';

const pollMs = 3000;

/** One delivery: verdict, actions, facts, attempts with the newest first, and the body. */
export function DeliveryPanel({ id, onClose }: { id: number; onClose: () => void }) {
  const { data, error, isLoading, refetch } = useDelivery(id, {
    pollingInterval: pollMs,
    refetchOnMountOrArgChange: true,
  });
  if (isLoading) return <LoadingPart />;
  if (!data) return <ErrorPart error={error} onRetry={refetch} />;
  return <Panel delivery={data} onClose={onClose} />;
}

function Panel({ delivery, onClose }: { delivery: DeliveryDetail; onClose: () => void }) {
  const { t } = useText();
  const title = useRef<HTMLHeadingElement>(null);
  const isBeside = useIsDesktop();

  // Who opened it goes on reading here; below the list it must come into sight first.
  useEffect(() => {
    title.current?.focus({ preventScroll: isBeside });
  }, [isBeside]);

  return (
    <Card padding={0}>
      <Box tag="section" aria-labelledby="delivery-title" padding={5}>
        <Flex justifyContent="space-between" alignItems="flex-start" gap={2}>
          <div>
            <Typography
              variant="beta"
              tag="h2"
              id="delivery-title"
              ref={title}
              tabIndex={-1}
              style={{ outline: 'none' }}
            >
              {delivery.eventName}
            </Typography>
            <Mono variant="pi" textColor="neutral600" tag="p">
              {delivery.eventType}
            </Mono>
          </div>
          <IconButton label={t('close')} variant="ghost" onClick={onClose}>
            <Cross aria-hidden />
          </IconButton>
        </Flex>
        <StateChip delivery={delivery} />
        <DeliveryActions delivery={delivery} />
      </Box>
      <Divider />
      <Box padding={5}>
        <DeliveryFacts delivery={delivery} />
      </Box>
      <Divider />
      <Box padding={5}>
        <Typography variant="omega" fontWeight="bold" tag="h3" paddingBottom={4} display="block">
          {t('delivery.attempts')}
        </Typography>
        <AttemptTimeline delivery={delivery} />
      </Box>
      <Divider />
      <Box padding={5}>
        <Typography variant="omega" fontWeight="bold" tag="h3" paddingBottom={3} display="block">
          {t(delivery.attempts > 0 ? 'delivery.body_sent' : 'delivery.body_to_send')}
        </Typography>
        {delivery.body === null ? (
          <Typography variant="pi" textColor="neutral600">
            {t('delivery.body_gone')}
          </Typography>
        ) : (
          <Body text={delivery.body} label={t('delivery.body_sent')} />
        )}
      </Box>
    </Card>
  );
}
