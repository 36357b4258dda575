import type { DeliveryState, FailureCode, WebhookView } from '../../../../contracts';
import { useCatalog } from '../../hooks/useCatalog';
import { useText } from '../../hooks/useText';
import { filterNames, type DeliveryFilters } from '../../values/delivery-filters';
import type { Chip } from '../FilterChips';
import { useAllowed } from '../../hooks/useAllowed';
import { useWebhooks } from '../../services/webhooks';
import { failureTexts } from '../../wording/failure-texts';

type FilterName = keyof DeliveryFilters;

// One page of names is enough to choose from; beyond it the search field finds by host.
export const webhooksInChoice = 100;

/** What filters and their values are called. */
export function useFilterLabels(webhooks: readonly WebhookView[]) {
  const { t } = useText();
  const { nameOf } = useCatalog();

  const name = (filter: FilterName) => t(`filter.${filter}`);
  const value = (filter: FilterName, chosen: string): string => {
    switch (filter) {
      case 'webhook':
        return webhooks.find(({ id }) => String(id) === chosen)?.name ?? chosen;
      case 'eventType':
        return nameOf(chosen);
      case 'state':
        return t(`delivery.state.${chosen as DeliveryState}`);
      case 'code':
        return t(failureTexts(chosen as FailureCode, null).short, { status: '', host: '', seconds: '' });
      case 'tests':
        return t(`filter.tests.${chosen as 'hide' | 'only'}`);
      case 'tries':
        return t('filter.tries.any');
      case 'time':
        return t(`filter.time.${chosen as 'hour' | 'day' | 'week' | 'month'}`);
      case 'httpStatus':
      case 'documentId':
      case 'text':
        return chosen;
    }
  };
  const chip = (filter: FilterName, chosen: string | undefined): string | null =>
    chosen === undefined ? null : `${name(filter)}: ${value(filter, chosen)}`;
  return { name, value, chip };
}

/** The filters in use, in words. */
export function useFilterChips(filters: DeliveryFilters): Chip[] {
  const allowed = useAllowed();
  const { data } = useWebhooks({ pageSize: webhooksInChoice }, { skip: !allowed.read });
  const labels = useFilterLabels(data?.results ?? []);
  return filterNames.flatMap((name) => {
    const label = labels.chip(name, filters[name]);
    return label ? [{ name, label }] : [];
  });
}
