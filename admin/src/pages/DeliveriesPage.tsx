import { useState } from 'react';
import { Button } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { useAllowed } from '../api/useAllowed';
import { DeliveryLog } from '../deliveries/log/DeliveryLog';
import { ReplayDialog, type ReplaySource } from '../deliveries/replay/ReplayDialog';
import { ReplayStrip } from '../deliveries/replay/ReplayStrip';
import { useAddressBar } from '../navigation/useAddressBar';
import { useText } from '../text/useText';
import { Protected, Screen } from './Screen';

/** Every event on its way to a webhook. */
export function DeliveriesPage() {
  return (
    <Protected by="deliveriesRead">
      <Deliveries />
    </Protected>
  );
}

function Deliveries() {
  const { t } = useText();
  const allowed = useAllowed();
  const webhook = Number(useAddressBar([]).get('webhook')) || undefined;
  const [source, setSource] = useState<ReplaySource | null>(null);

  return (
    <Screen
      title={t('nav.deliveries')}
      subtitle={t('deliveries.subtitle')}
      primaryAction={
        allowed.deliveriesResend && (
          <Button
            variant="secondary"
            startIcon={<ArrowClockwise aria-hidden />}
            onClick={() => setSource({ kind: 'since', webhook: webhook })}
          >
            {t('replay.missed_title')}
          </Button>
        )
      }
    >
      <ReplayStrip />
      <DeliveryLog />
      {source && (
        <ReplayDialog source={source} onClose={() => setSource(null)} onStarted={() => setSource(null)} />
      )}
    </Screen>
  );
}
