import { useMemo } from 'react';
import { Box, Flex, Grid } from '@strapi/design-system';
import { Layouts, Page } from '@strapi/strapi/admin';
import { useLocation, useNavigate } from 'react-router-dom';
import { permissions } from '../../../contracts';
import { DeliveryFilterBar } from '../components/deliveries/DeliveryFilterBar';
import { DeliveryList } from '../components/deliveries/DeliveryList';
import { DeliveryPanel } from '../components/deliveries/DeliveryPanel';
import { useDeliveryPage } from '../components/deliveries/useDeliveryPage';
import { useAddressBar } from '../hooks/useAddressBar';
import { useText } from '../hooks/useText';
import { asQuery, filterNames, readFilters } from '../values/delivery-filters';

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
  const address = useAddressBar(['before']);
  const filters = readFilters(address.get);
  const filterKey = JSON.stringify(filters);
  // "The last hour" counts from when it was chosen; else the question, and with it the list, would move.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const query = useMemo(() => asQuery(filters, Date.now()), [filterKey]);
  const before = positive(address.get('before'));
  const selected = positive(address.get('delivery')) ?? null;
  const page = useDeliveryPage(query, before);
  const turn = usePageTurning(before, page.nextBefore);
  const isFiltered = filterNames.some((name) => filters[name] !== undefined);

  const select = (id: number | null) =>
    address.set({ before: address.get('before'), delivery: id === null ? undefined : String(id) });

  return (
    <Page.Main>
      <Page.Title>{t('nav.deliveries')}</Page.Title>
      <Layouts.Header title={t('nav.deliveries')} subtitle={t('deliveries.subtitle')} />
      <Layouts.Content>
        <Flex gap={2} wrap="wrap" paddingBottom={4}>
          <DeliveryFilterBar address={address} filters={filters} />
        </Flex>
        <Grid.Root gap={4} style={{ alignItems: 'start' }}>
          <Grid.Item col={selected ? 7 : 12} m={12} s={12} xs={12} direction="column" alignItems="stretch">
            <DeliveryList
              page={page}
              selected={selected}
              onSelect={select}
              isFiltered={isFiltered}
              turn={turn}
            />
          </Grid.Item>
          {selected !== null && (
            <Grid.Item col={5} m={12} s={12} xs={12} direction="column" alignItems="stretch">
              <Box minWidth={0}>
                <DeliveryPanel key={selected} id={selected} onClose={() => select(null)} />
              </Box>
            </Grid.Item>
          )}
        </Grid.Root>
      </Layouts.Content>
    </Page.Main>
  );
}

const positive = (text: string | undefined): number | undefined => {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : undefined;
};

export interface PageTurning {
  onNewer: (() => void) | null;
  onOlder: (() => void) | null;
}

/** Older pages have their key in the address; the way back to newer ones is kept in the browser's history. */
function usePageTurning(before: number | undefined, nextBefore: number | null): PageTurning {
  const navigate = useNavigate();
  const { search, state } = useLocation();
  const trail: unknown = state?.trail;
  const keys = Array.isArray(trail) ? trail.filter((key) => typeof key === 'string') : [];

  const go = (key: string | null, nextTrail: string[]) => {
    const params = new URLSearchParams(search);
    params.delete('before');
    if (key) params.set('before', key);
    navigate({ search: params.toString() }, { state: { trail: nextTrail } });
  };
  return {
    onNewer: before === undefined ? null : () => go(keys.at(-1) || null, keys.slice(0, -1)),
    onOlder: nextBefore === null ? null : () => go(String(nextBefore), [...keys, String(before ?? '')]),
  };
}
