import { useState } from 'react';
import { Flex } from '@strapi/design-system';
import { Pagination } from '@strapi/strapi/admin';
import type { WebhookList as WebhookPage, WebhookView } from '../../../../contracts';
import { ErrorPart, LoadingPart } from '../../api/States';
import type { AddressBar } from '../../navigation/useAddressBar';
import { TestDialog } from '../../send/TestDialog';
import { useText } from '../../text/useText';
import { EmptyCard } from '../../ui/EmptyCard';
import { useSelection } from '../../ui/useSelection';
import { DeleteDialog } from '../actions/DeleteDialog';
import { useListActions } from '../actions/useListActions';
import type { WebhookListArgs } from '../api';
import { EmptyList } from './EmptyList';
import { ListFilters } from './ListFilters';
import { SelectionBar } from './SelectionBar';
import { WebhookTable } from './WebhookTable';

interface WebhookListProps {
  address: AddressBar;
  query: WebhookListArgs;
  list: { data?: WebhookPage; error?: unknown; isLoading: boolean; refetch: () => void };
  isEmpty: boolean;
}

export function WebhookList({ address, query, list, isEmpty }: WebhookListProps) {
  const selection = useSelection(list.data?.results.map(({ id }) => id) ?? []);
  const { t } = useText();
  const [tested, setTested] = useState<WebhookView | null>(null);
  const [doomed, setDoomed] = useState<readonly WebhookView[]>([]);
  const { change, isBusy } = useListActions();

  if (list.isLoading) return <LoadingPart />;
  if (!list.data) return <ErrorPart error={list.error} onRetry={list.refetch} />;
  if (isEmpty) return <EmptyList />;

  const { results, pagination } = list.data;
  const chosen = results.filter(({ id }) => selection.ids.has(id));
  const changeChosen = async (action: 'enable' | 'disable' | 'delete') => {
    if (action === 'delete') setDoomed(chosen);
    else if (await change(chosen, action)) selection.clear();
  };
  return (
    <>
      <Flex gap={2} wrap="wrap" paddingBottom={4}>
        {chosen.length > 0 ? (
          <SelectionBar count={chosen.length} isBusy={isBusy} onAction={changeChosen} />
        ) : (
          <ListFilters address={address} />
        )}
      </Flex>
      {results.length === 0 ? (
        <EmptyCard>{t('list.none_found')}</EmptyCard>
      ) : (
        <WebhookTable
          webhooks={results}
          sort={query.sort ?? 'name:asc'}
          onSort={(sort) => address.set({ sort })}
          selection={selection}
          onTest={setTested}
          onDelete={(webhook) => setDoomed([webhook])}
        />
      )}
      <Pagination.Root {...pagination}>
        <Pagination.PageSize />
        <Pagination.Links />
      </Pagination.Root>
      {tested && (
        <TestDialog
          target={{ webhookId: tested.id, host: tested.host, events: tested.events }}
          onClose={() => setTested(null)}
        />
      )}
      <DeleteDialog
        names={doomed.map(({ name }) => name)}
        onClose={() => setDoomed([])}
        onConfirm={async () => {
          if (await change(doomed, 'delete')) selection.clear();
          setDoomed([]);
        }}
      />
    </>
  );
}
