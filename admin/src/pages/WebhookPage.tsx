import type { ReactNode } from 'react';
import { Box, Tabs } from '@strapi/design-system';
import { Layouts, Page } from '@strapi/strapi/admin';
import { useNavigate, useParams } from 'react-router-dom';
import { permissions, type WebhookView } from '../../../contracts';
import { BackLink } from '../components/BackLink';
import { DeliveryLog } from '../components/deliveries/DeliveryLog';
import { Overview } from '../components/webhook-page/Overview';
import { PageActions } from '../components/webhook-page/PageActions';
import { SettingsTab } from '../components/webhook-page/SettingsTab';
import { StateNotices } from '../components/webhook-page/StateNotices';
import { VerifyTab } from '../components/webhook-page/VerifyTab';
import { useAllowed } from '../hooks/useAllowed';
import { useText } from '../hooks/useText';
import { pluginPath } from '../pluginId';
import { useWebhook } from '../services/webhooks';
import { webhookPath, webhookTabs, type WebhookTab } from '../values/paths';

const pollMs = 5000;

/** One saved webhook: how it does, its deliveries, its settings, and how to verify it. */
export function WebhookPage() {
  return (
    <Page.Protect permissions={[{ action: permissions.read, subject: null }]}>
      <LoadWebhook />
    </Page.Protect>
  );
}

function LoadWebhook() {
  const { t } = useText();
  const params = useParams();
  const id = Number(params.id);
  const isNumber = Number.isInteger(id) && id > 0;
  const tab = webhookTabs.find((known) => known === (params.tab ?? 'overview'));
  const { data, isLoading } = useWebhook(id, {
    skip: !isNumber,
    // What is being edited does not change under the editor's hands.
    pollingInterval: tab === 'settings' ? 0 : pollMs,
    refetchOnMountOrArgChange: true,
  });
  if (isLoading) return <Page.Loading />;
  if (!data) {
    const back = <BackLink to={pluginPath}>{t('nav.webhooks')}</BackLink>;
    return <Page.Error content={t('form.not_found')} action={back} />;
  }
  if (!tab) return <Page.NoData />;
  return <Webhook key={data.id} webhook={data} tab={tab} />;
}

function Webhook({ webhook, tab }: { webhook: WebhookView; tab: WebhookTab }) {
  const { t } = useText();
  const allowed = useAllowed();
  const navigate = useNavigate();
  const tabs = webhookTabs.filter((name) => name !== 'deliveries' || allowed.deliveriesRead);

  return (
    <Page.Main>
      <Page.Title>{webhook.name}</Page.Title>
      <Layouts.Header
        title={webhook.name}
        subtitle={webhook.host}
        navigationAction={<BackLink to={pluginPath}>{t('nav.webhooks')}</BackLink>}
        primaryAction={<PageActions webhook={webhook} isForm={tab === 'settings'} />}
      />
      <Layouts.Content>
        <StateNotices webhook={webhook} />
        <Tabs.Root
          variant="simple"
          value={tab}
          // Each tab is a page with an address of its own: arrows move, Enter opens.
          activationMode="manual"
          onValueChange={(value) => navigate(webhookPath(webhook.id, value as WebhookTab))}
        >
          <Tabs.List aria-label={webhook.name}>
            {tabs.map((name) => (
              <Tabs.Trigger key={name} value={name}>
                {t(`webhook.tab.${name}`)}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          {tabs.map((name) => (
            <Tabs.Content key={name} value={name}>
              <Box paddingTop={6}>{name === tab && content(webhook, name)}</Box>
            </Tabs.Content>
          ))}
        </Tabs.Root>
      </Layouts.Content>
    </Page.Main>
  );
}

function content(webhook: WebhookView, tab: WebhookTab): ReactNode {
  switch (tab) {
    case 'overview':
      return <Overview webhook={webhook} />;
    case 'deliveries':
      return <DeliveryLog webhookId={webhook.id} />;
    case 'settings':
      return <SettingsTab webhook={webhook} />;
    case 'verify':
      return <VerifyTab webhook={webhook} />;
  }
}
