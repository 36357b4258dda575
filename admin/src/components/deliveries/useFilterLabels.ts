import type { DeliveryState, FailureCode, WebhookView } from '../../../../contracts';
import { useCatalog } from '../../hooks/useCatalog';
import { useText } from '../../hooks/useText';
import type { DeliveryFilters } from '../../values/delivery-filters';
import { failureTexts } from '../../wording/failure-texts';

type FilterName = Exclude<keyof DeliveryFilters, 'text'>;

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
      case 'time':
        return t(`filter.time.${chosen as 'hour' | 'day' | 'week' | 'month'}`);
      case 'httpStatus':
      case 'documentId':
        return chosen;
    }
  };
  const chip = (filter: FilterName, chosen: string | undefined): string | null =>
    chosen === undefined ? null : `${name(filter)}: ${value(filter, chosen)}`;
  return { name, value, chip };
}
