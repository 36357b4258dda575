import type { DeliveryRow, DeliveryStateFilter, FailureCode } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { useEntryName } from '../../entry/useEntryName';
import { useCatalog } from '../../events/useCatalog';
import { failureTexts } from '../../failures/failure-texts';
import { useText, type Texts } from '../../text/useText';
import type { Chip } from '../../ui/filter/FilterChips';
import { useWebhook } from '../../webhooks/api';
import { statusName } from '../status';
import { filterNames, type DeliveryFilters } from './delivery-filters';

type FilterName = keyof DeliveryFilters;

/** What is called by a name, not by the id that stands in the address bar; as far as it is known. */
interface FilterValueNames {
  webhook?: string;
  entry?: string;
}

/** The labels of filters and their values. */
export function useFilterLabels(names: FilterValueNames = {}) {
  const { t } = useText();
  const { nameOf } = useCatalog();

  const name = (filter: FilterName) => t(`filter.${filter}`);
  const value = (filter: FilterName, chosen: string): string => {
    switch (filter) {
      case 'webhook':
        return names.webhook ?? chosen;
      case 'eventType':
        return nameOf(chosen);
      case 'state':
        return stateName(chosen as DeliveryStateFilter, t);
      case 'code':
        return t(failureTexts(chosen as FailureCode, null).short, { status: '', host: '', seconds: '' });
      case 'tests':
        return t(`filter.tests.${chosen as 'hide' | 'only'}`);
      case 'tries':
        return t('filter.tries.any');
      case 'time':
        return t(`filter.time.${chosen as 'hour' | 'day' | 'week' | 'month'}`);
      case 'documentId':
        return names.entry ?? chosen;
      case 'httpStatus':
      case 'text':
        return chosen;
    }
  };
  const chip = (filter: FilterName, chosen: string | undefined): string | null =>
    chosen === undefined ? null : `${name(filter)}: ${value(filter, chosen)}`;
  return { name, value, chip };
}

const stateName = (state: DeliveryStateFilter, t: Texts['t']): string =>
  state === 'failing' || state === 'failed' ? t(`filter.state.${state}`) : t(statusName(state));

/** The address has the id of an entry alone; of which content type it is, the rows that were found say. */
function useFilteredEntry({ documentId }: DeliveryFilters, rows: readonly DeliveryRow[]): string {
  const row = rows.find((found) => documentId !== undefined && found.documentId === documentId);
  return useEntryName(row?.uid && documentId ? { uid: row.uid, documentId, locale: row.locale } : null);
}

/** The filters in use, in words. `rows`: what was found by them. */
export function useFilterChips(filters: DeliveryFilters, rows: readonly DeliveryRow[]): Chip[] {
  const allowed = useAllowed();
  const webhookId = Number(filters.webhook ?? 0);
  const { data: webhook } = useWebhook(webhookId, { skip: !allowed.read || webhookId === 0 });
  const entry = useFilteredEntry(filters, rows);
  const labels = useFilterLabels({ webhook: webhook?.name, ...(entry && { entry }) });
  return filterNames.flatMap((name) => {
    const label = labels.chip(name, filters[name]);
    return label ? [{ name, label }] : [];
  });
}
