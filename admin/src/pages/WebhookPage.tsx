import type { ReactNode } from 'react';
import { Box, Flex, Tabs } from '@strapi/design-system';
import { Page } from '@strapi/strapi/admin';
import { useNavigate, useParams } from 'react-router-dom';
import { styled } from 'styled-components';
import type { WebhookView } from '../../../contracts';
import { apiErrorOf } from '../api/api-error';
import { ErrorPart } from '../api/States';
import { useAllowed } from '../api/useAllowed';
import { usePolling } from '../api/usePolling';
import { DeliveryLog } from '../deliveries/log/DeliveryLog';
import { webhookPath, webhookTabs, type WebhookTab } from '../navigation/paths';
import { pluginPath } from '../pluginId';
import { shortUrl } from '../text/short-url';
import { useText } from '../text/useText';
import { BackLink } from '../ui/BackLink';
import { HeaderSlot, HeaderSlotProvider } from '../ui/HeaderSlot';
import { useWebhook } from '../webhooks/api';
import { Overview } from '../webhooks/page/Overview';
import { PageActions } from '../webhooks/page/PageActions';
import { SettingsTab } from '../webhooks/page/SettingsTab';
import { StateNotices } from '../webhooks/page/StateNotices';
import { VerifyTab } from '../webhooks/page/VerifyTab';
import { Protected, Screen } from './Screen';

const pollMs = 5000;

/** One saved webhook: how it does, its deliveries, its settings, and how to verify it. */
export function WebhookPage() {
  return (
    <Protected by="read">
      <HeaderSlotProvider>
        <LoadWebhook />
      </HeaderSlotProvider>
    </Protected>
  );
}

function LoadWebhook() {
  const { t } = useText();
  const params = useParams();
  const id = Number(params.id);
  const isNumber = Number.isInteger(id) && id > 0;
  const tab = webhookTabs.find((known) => known === (params.tab ?? 'overview'));
  const { currentData, error, isLoading, refetch } = useWebhook(id, {
    skip: !isNumber,
    refetchOnMountOrArgChange: true,
  });
  const isGone = !isNumber || apiErrorOf(error).status === 404;
  // What is being edited does not change under the editor's hands.
  usePolling(refetch, isGone || tab === 'settings' ? null : pollMs);
  if (isLoading) return <Page.Loading />;
  // Also where it was there a moment ago: somebody has deleted it.
  if (isGone) {
    const back = <BackLink to={pluginPath}>{t('nav.webhooks')}</BackLink>;
    return <Page.Error content={t('form.not_found')} action={back} />;
  }
  if (!currentData) return error ? <NotLoaded error={error} onRetry={refetch} /> : <Page.Loading />;
  if (!tab) return <Page.NoData />;
  return <Webhook key={currentData.id} webhook={currentData} tab={tab} />;
}

/** It may well be there: asking for it has failed. */
function NotLoaded({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useText();
  return (
    <Screen
      title={t('plugin.name')}
      navigationAction={<BackLink to={pluginPath}>{t('nav.webhooks')}</BackLink>}
    >
      <ErrorPart error={error} onRetry={onRetry} />
    </Screen>
  );
}

function Webhook({ webhook, tab }: { webhook: WebhookView; tab: WebhookTab }) {
  const { t } = useText();
  const allowed = useAllowed();
  const navigate = useNavigate();
  const tabs = webhookTabs.filter((name) => name !== 'deliveries' || allowed.deliveriesRead);

  return (
    <Screen
      title={webhook.name}
      subtitle={shortUrl(webhook.url)}
      navigationAction={<BackLink to={pluginPath}>{t('nav.webhooks')}</BackLink>}
      primaryAction={
        <Flex gap={3} wrap="wrap">
          <PageActions webhook={webhook} isForm={tab === 'settings'} />
          <HeaderSlot />
        </Flex>
      }
    >
      <StateNotices webhook={webhook} isForm={tab === 'settings'} />
      <Tabs.Root
        variant="simple"
        value={tab}
        // Each tab is a page with an address of its own: arrows move, Enter opens.
        activationMode="manual"
        onValueChange={(value) => navigate(webhookPath(webhook.id, value as WebhookTab))}
      >
        <Scrolling>
          <Tabs.List aria-label={webhook.name}>
            {tabs.map((name) => (
              <Tabs.Trigger key={name} value={name}>
                {t(`webhook.tab.${name}`)}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
        </Scrolling>
        {tabs.map((name) => (
          <Tabs.Content key={name} value={name}>
            <Box paddingTop={6}>{name === tab && content(webhook, name)}</Box>
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Screen>
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

/** On a phone the tabs are wider than the screen; the page itself must not scroll sideways. */
const Scrolling = styled(Box)`
  overflow-x: auto;
  white-space: nowrap;

  /* Outside the tab it would be cut off. */
  [role='tab']:focus-visible {
    outline-offset: -2px;
  }
`;
