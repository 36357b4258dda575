import { useMemo, useState } from 'react';
import { Flex, Grid } from '@strapi/design-system';
import { useLocation, useNavigate } from 'react-router-dom';
import { useAllowed } from '../../api/useAllowed';
import { useAddressBar } from '../../navigation/useAddressBar';
import { useSelection } from '../../ui/useSelection';
import { DeliveryPanel } from '../panel/DeliveryPanel';
import { ReplayDialog, type ReplaySource } from '../replay/ReplayDialog';
import { asQuery, filterNames, readFilters } from './delivery-filters';
import { DeliveryFilterBar } from './DeliveryFilterBar';
import { DeliveryList } from './DeliveryList';
import { rowButtonId } from './DeliveryTable';
import { RetryBar } from './RetryBar';
import { canSend } from './sendable';
import { useDeliveryPage } from './useDeliveryPage';
import { useFilterChips } from './useFilterLabels';

/** The log with its filters: of all webhooks, or, on a webhook's own page, of that one. */
export function DeliveryLog({ webhookId }: { webhookId?: number }) {
  const address = useAddressBar(['before', 'thorough']);
  const chosen = readFilters(address.get);
  const filters = webhookId === undefined ? chosen : { ...chosen, webhook: String(webhookId) };
  const filterKey = JSON.stringify(filters);
  // "The last hour" is relative to the moment it was chosen; otherwise the query, and with it the list, would
  // change.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const query = useMemo(() => asQuery(filters, Date.now()), [filterKey]);
  const thorough = address.get('thorough') === 'true' ? { thorough: 'true' as const } : {};
  const before = positive(address.get('before'));
  const selected = positive(address.get('delivery')) ?? null;
  const page = useDeliveryPage({ ...query, ...thorough }, before);
  const turn = usePageTurning(before, page.nextBefore);
  const isFiltered = filterNames.some((name) => chosen[name] !== undefined);

  const allowed = useAllowed();
  const selection = useSelection(page.rows.filter(canSend).map(({ id }) => id));
  const [source, setSource] = useState<ReplaySource | null>(null);
  const chips = useFilterChips(filters, page.rows);

  const select = useSelecting(selected);
  const beside = (step: 1 | -1) => {
    const index = page.rows.findIndex(({ id }) => id === selected);
    const row = index < 0 ? undefined : page.rows[index + step];
    return row ? () => select(row.id) : null;
  };
  const everything = (): ReplaySource => ({
    kind: 'filter',
    question: query,
    filters: chips.map(({ label }) => label),
  });

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
          // Test events are never sent again: of these alone there is nothing to retry.
          canRetryAll={filters.tests !== 'only'}
          isFiltered={isFiltered}
          onSelected={() => setSource({ kind: 'selection', ids: [...selection.ids] })}
          onEverything={() => setSource(everything())}
        />
      )}
      <Grid.Root gap={4}>
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
            <DeliveryPanel
              id={selected}
              onClose={() => select(null)}
              onNewer={beside(-1)}
              onOlder={beside(1)}
            />
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
  /** Continues where a search with a rare filter stopped, however long it takes. */
  onFurther: () => void;
}

/** Opens a delivery beside the list, or closes it: the page of the list, and the way back from it, stay. */
function useSelecting(selected: number | null): (id: number | null) => void {
  const navigate = useNavigate();
  const { search, state } = useLocation();
  return (id) => {
    const params = new URLSearchParams(search);
    if (id === null) params.delete('delivery');
    else params.set('delivery', String(id));
    navigate({ search: params.toString() }, { state });
    // Where one came from, or has come to meanwhile.
    if (id === null) document.getElementById(rowButtonId(selected ?? 0))?.focus();
  };
}

/** Older pages have their key in the URL; the way back to newer ones is the browser's history. */
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
