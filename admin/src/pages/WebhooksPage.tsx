import { useEffect } from 'react';
import { LinkButton } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { Link } from 'react-router-dom';
import { webhookListQuery, type WebhookList as WebhookListPage } from '../../../contracts';
import { useAllowed } from '../api/useAllowed';
import { usePolling } from '../api/usePolling';
import { useAddressBar, type AddressBar } from '../navigation/useAddressBar';
import { pluginPath } from '../pluginId';
import { useText } from '../text/useText';
import { useWebhooks } from '../webhooks/api';
import { ImportButton } from '../webhooks/import/ImportButton';
import { WebhookList } from '../webhooks/list/WebhookList';
import { Protected, Screen } from './Screen';

// Often enough that "2 minutes ago" is true, rarely enough to cost nothing.
const refreshMs = 10_000;

/** The list of webhooks, the plugin's first page. */
export function WebhooksPage() {
  return (
    <Protected by="read">
      <Webhooks />
    </Protected>
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
  const list = useWebhooks(query);
  usePolling(list.refetch, refreshMs);
  useLastPage(address, list.currentData?.pagination);
  const isFiltered = Boolean(query.search ?? query.event ?? query.state);
  const isEmpty = list.data?.pagination.total === 0 && !isFiltered;

  return (
    <Screen
      title={t('plugin.name')}
      subtitle={t('list.subtitle')}
      primaryAction={isEmpty || !allowed.create ? undefined : <AddButton />}
      secondaryAction={isEmpty ? undefined : <ImportButton variant="tertiary" />}
    >
      <WebhookList address={address} query={query} list={list} isEmpty={isEmpty} />
    </Screen>
  );
}

/** A page past the last, as after deleting, is none: the last one is shown. */
function useLastPage(address: AddressBar, pagination: WebhookListPage['pagination'] | undefined): void {
  const last = pagination && pagination.page > pagination.pageCount ? pagination.pageCount : null;
  const { set } = address;
  useEffect(() => {
    if (last !== null && last > 0) set({ page: String(last) }, { replace: true });
  }, [last, set]);
}

function AddButton() {
  const { t } = useText();
  return (
    <LinkButton tag={Link} to={`${pluginPath}/new`} variant="default" startIcon={<Plus aria-hidden />}>
      {t('list.add')}
    </LinkButton>
  );
}
