import { useState } from 'react';
import { Box, Flex, EmptyStateLayout } from '@strapi/design-system';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { Pagination } from '@strapi/strapi/admin';
import type { WebhookList as WebhookPage, WebhookView } from '../../../../contracts';
import type { AddressBar } from '../../hooks/useAddressBar';
import { useText } from '../../hooks/useText';
import type { WebhookListArgs } from '../../services/webhooks';
import { ErrorPart, LoadingPart } from '../States';
import { TestDialog } from '../test-dialog/TestDialog';
import { DeleteDialog } from './DeleteDialog';
import { EmptyList } from './EmptyList';
import { ListFilters } from './ListFilters';
import { SelectionBar } from './SelectionBar';
import { useListActions } from './useListActions';
import { WebhookTable } from './WebhookTable';

interface WebhookListProps {
  address: AddressBar;
  query: WebhookListArgs;
  list: { data?: WebhookPage; error?: unknown; isLoading: boolean; refetch: () => void };
  isEmpty: boolean;
}

const nothing: ReadonlySet<number> = new Set();

export function WebhookList({ address, query, list, isEmpty }: WebhookListProps) {
  const [selected, setSelected] = useState(nothing);
  const [tested, setTested] = useState<WebhookView | null>(null);
  const [doomed, setDoomed] = useState<readonly WebhookView[]>([]);
  const { change, isBusy } = useListActions();

  if (list.isLoading) return <LoadingPart />;
  if (!list.data) return <ErrorPart error={list.error} onRetry={list.refetch} />;
  if (isEmpty) return <EmptyList />;

  const { results, pagination } = list.data;
  const chosen = results.filter(({ id }) => selected.has(id));
  const changeChosen = async (action: 'enable' | 'disable' | 'delete') => {
    if (action === 'delete') setDoomed(chosen);
    else if (await change(chosen, action)) setSelected(nothing);
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
        <NothingFound />
      ) : (
        <WebhookTable
          webhooks={results}
          sort={query.sort ?? 'name:asc'}
          onSort={(sort) => address.set({ sort })}
          selected={selected}
          onSelect={setSelected}
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
          if (await change(doomed, 'delete')) setSelected(nothing);
          setDoomed([]);
        }}
      />
    </>
  );
}

function NothingFound() {
  const { t } = useText();
  return (
    <Box background="neutral0" shadow="tableShadow" hasRadius>
      <EmptyStateLayout icon={<EmptyDocuments width="16rem" aria-hidden />} content={t('list.none_found')} />
    </Box>
  );
}
