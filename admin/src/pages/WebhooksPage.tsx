import { Button, LinkButton } from '@strapi/design-system';
import { Download, Plus } from '@strapi/icons';
import { Layouts, Page } from '@strapi/strapi/admin';
import { Link } from 'react-router-dom';
import { permissions, webhookListQuery } from '../../../contracts';
import { useImport } from '../components/webhook-list/useImport';
import { WebhookList } from '../components/webhook-list/WebhookList';
import { useAddressBar } from '../hooks/useAddressBar';
import { useAllowed } from '../hooks/useAllowed';
import { useText } from '../hooks/useText';
import { pluginPath } from '../pluginId';
import { useWebhooks } from '../services/webhooks';

// Often enough that "2 minutes ago" is true, rarely enough to cost nothing.
const refreshMs = 10_000;

/** The list of webhooks, the plugin's first page. */
export function WebhooksPage() {
  return (
    <Page.Protect permissions={[{ action: permissions.read, subject: null }]}>
      <Webhooks />
    </Page.Protect>
  );
}

function Webhooks() {
  const { t } = useText();
  const allowed = useAllowed();
  const address = useAddressBar();
  const parsed = webhookListQuery.safeParse({
    search: address.get('search'),
    event: address.get('event'),
    state: address.get('state'),
    sort: address.get('sort'),
    page: address.get('page'),
    pageSize: address.get('pageSize'),
  });
  // An address that somebody mangled shows the whole list.
  const query = parsed.success ? parsed.data : webhookListQuery.parse({});
  const list = useWebhooks(query, { pollingInterval: refreshMs });
  const isFiltered = Boolean(query.search ?? query.event ?? query.state);
  const isEmpty = list.data?.pagination.total === 0 && !isFiltered;

  return (
    <Page.Main>
      <Page.Title>{t('plugin.name')}</Page.Title>
      <Layouts.Header
        title={t('plugin.name')}
        subtitle={t('list.subtitle')}
        primaryAction={isEmpty || !allowed.create ? undefined : <AddButton />}
        secondaryAction={isEmpty ? undefined : <ImportButton />}
      />
      <Layouts.Content>
        <WebhookList address={address} query={query} list={list} isEmpty={isEmpty} />
      </Layouts.Content>
    </Page.Main>
  );
}

function AddButton() {
  const { t } = useText();
  return (
    <LinkButton tag={Link} to={`${pluginPath}/new`} variant="default" startIcon={<Plus aria-hidden />}>
      {t('list.add')}
    </LinkButton>
  );
}

function ImportButton() {
  const { t } = useText();
  const { count, isLoading, run } = useImport();
  if (count === 0) return null;
  return (
    <Button variant="tertiary" startIcon={<Download aria-hidden />} loading={isLoading} onClick={run}>
      {t('import.button', { count })}
    </Button>
  );
}
