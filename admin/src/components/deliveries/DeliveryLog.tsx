import { useMemo, useState } from 'react';
import { Box, Flex, Grid } from '@strapi/design-system';
import { useLocation, useNavigate } from 'react-router-dom';
import { useAddressBar } from '../../hooks/useAddressBar';
import { useAllowed } from '../../hooks/useAllowed';
import { asQuery, filterNames, readFilters } from '../../values/delivery-filters';
import { ReplayDialog, type ReplaySource } from '../replays/ReplayDialog';
import { DeliveryFilterBar } from './DeliveryFilterBar';
import { DeliveryList } from './DeliveryList';
import { DeliveryPanel } from './DeliveryPanel';
import { RetryBar } from './RetryBar';
import { useDeliveryPage } from './useDeliveryPage';
import { useFilterChips } from './useFilterLabels';
import { useSelection } from './useSelection';

/** The log with its filters: of everything, or, on a webhook's own page, of that one. */
export function DeliveryLog({ webhookId }: { webhookId?: number }) {
  const address = useAddressBar(['before', 'thorough']);
  const chosen = readFilters(address.get);
  const filters = webhookId === undefined ? chosen : { ...chosen, webhook: String(webhookId) };
  const filterKey = JSON.stringify(filters);
  // "The last hour" counts from when it was chosen; else the question, and with it the list, would move.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const query = useMemo(() => asQuery(filters, Date.now()), [filterKey]);
  const thorough = address.get('thorough') === 'true' ? { thorough: 'true' as const } : {};
  const before = positive(address.get('before'));
  const selected = positive(address.get('delivery')) ?? null;
  const page = useDeliveryPage({ ...query, ...thorough }, before);
  const turn = usePageTurning(before, page.nextBefore);
  const isFiltered = filterNames.some((name) => chosen[name] !== undefined);

  const allowed = useAllowed();
  const selection = useSelection(page.rows);
  const [source, setSource] = useState<ReplaySource | null>(null);
  const chips = useFilterChips(filters);

  const select = (id: number | null) =>
    address.set({
      before: address.get('before'),
      thorough: address.get('thorough'),
      delivery: id === null ? undefined : String(id),
    });
  const everything = (): ReplaySource => {
    const { tests: _tests, ...question } = query;
    return { kind: 'filter', question, filters: chips.map(({ label }) => label) };
  };

  return (
    <>
      <Flex gap={2} wrap="wrap" paddingBottom={4}>
        <DeliveryFilterBar
          address={address}
          filters={filters}
          chips={chips.filter(({ name }) => webhookId === undefined || name !== 'webhook')}
          isOfOneWebhook={webhookId !== undefined}
        />
      </Flex>
      {allowed.deliveriesResend && (selection.ids.size > 0 || isFiltered) && page.rows.length > 0 && (
        <RetryBar
          count={selection.ids.size}
          isWhole={selection.isWhole}
          isFiltered={isFiltered}
          onSelected={() => setSource({ kind: 'selection', ids: [...selection.ids] })}
          onEverything={() => setSource(everything())}
        />
      )}
      <Grid.Root gap={4} style={{ alignItems: 'start' }}>
        <Grid.Item col={selected ? 7 : 12} m={12} s={12} xs={12} direction="column" alignItems="stretch">
          <DeliveryList
            page={page}
            selected={selected}
            onSelect={select}
            isFiltered={isFiltered}
            turn={turn}
            selection={allowed.deliveriesResend ? selection : null}
            onSearchFurther={turn.onFurther}
            why={{ webhookId: positive(filters.webhook), eventType: filters.eventType }}
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
      {source && (
        <ReplayDialog
          source={source}
          onClose={() => setSource(null)}
          onStarted={() => {
            setSource(null);
            selection.clear();
          }}
        />
      )}
    </>
  );
}

const positive = (text: string | undefined): number | undefined => {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : undefined;
};

export interface PageTurning {
  onNewer: (() => void) | null;
  onOlder: (() => void) | null;
  /** On from where a rare filter stopped, however long it takes. */
  onFurther: () => void;
}

/** Older pages have their key in the address; the way back to newer ones is kept in the browser's history. */
function usePageTurning(before: number | undefined, nextBefore: number | null): PageTurning {
  const navigate = useNavigate();
  const { search, state } = useLocation();
  const trail: unknown = state?.trail;
  const keys = Array.isArray(trail) ? trail.filter((key) => typeof key === 'string') : [];

  const go = (key: string | null, nextTrail: string[], thorough = false) => {
    const params = new URLSearchParams(search);
    params.delete('before');
    params.delete('thorough');
    if (key) params.set('before', key);
    if (thorough) params.set('thorough', 'true');
    navigate({ search: params.toString() }, { state: { trail: nextTrail } });
  };
  return {
    onNewer: before === undefined ? null : () => go(keys.at(-1) || null, keys.slice(0, -1)),
    onOlder: nextBefore === null ? null : () => go(String(nextBefore), [...keys, String(before ?? '')]),
    onFurther: () =>
      go(nextBefore === null ? null : String(nextBefore), [...keys, String(before ?? '')], true),
  };
}
