import { useState } from 'react';
import { Button } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { Layouts, Page } from '@strapi/strapi/admin';
import { permissions } from '../../../contracts';
import { DeliveryLog } from '../components/deliveries/DeliveryLog';
import { ReplayDialog, type ReplaySource } from '../components/replays/ReplayDialog';
import { ReplayStrip } from '../components/replays/ReplayStrip';
import { useAddressBar } from '../hooks/useAddressBar';
import { useAllowed } from '../hooks/useAllowed';
import { useText } from '../hooks/useText';

/** Every event on its way to a webhook. */
export function DeliveriesPage() {
  return (
    <Page.Protect permissions={[{ action: permissions.deliveriesRead, subject: null }]}>
      <Deliveries />
    </Page.Protect>
  );
}

function Deliveries() {
  const { t } = useText();
  const allowed = useAllowed();
  const webhook = Number(useAddressBar([]).get('webhook')) || undefined;
  const [source, setSource] = useState<ReplaySource | null>(null);

  return (
    <Page.Main>
      <Page.Title>{t('nav.deliveries')}</Page.Title>
      <Layouts.Header
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
      />
      <Layouts.Content>
        <ReplayStrip />
        <DeliveryLog />
        {source && (
          <ReplayDialog source={source} onClose={() => setSource(null)} onStarted={() => setSource(null)} />
        )}
      </Layouts.Content>
    </Page.Main>
  );
}
