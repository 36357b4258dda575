import { Box, Field, TextInput } from '@strapi/design-system';
import { deliveryStates, failureCodes } from '../../../../contracts';
import type { AddressBar } from '../../hooks/useAddressBar';
import { useAllowed } from '../../hooks/useAllowed';
import { useCatalog } from '../../hooks/useCatalog';
import { useText } from '../../hooks/useText';
import { useWebhooks } from '../../services/webhooks';
import { filterNames, testChoices, timeRanges, type DeliveryFilters } from '../../values/delivery-filters';
import { FilterChips, type Chip } from '../FilterChips';
import { FilterPopover } from '../FilterPopover';
import { FilterSelect } from '../FilterSelect';
import { SearchField } from '../SearchField';
import { useFilterLabels } from './useFilterLabels';

// One page of names is enough to choose from; beyond it the search field finds by host.
const webhooksInChoice = 100;

interface DeliveryFilterBarProps {
  address: AddressBar;
  filters: DeliveryFilters;
}

/** Search, filters and, as chips, those in use. */
export function DeliveryFilterBar({ address, filters }: DeliveryFilterBarProps) {
  const { t } = useText();
  const allowed = useAllowed();
  const { events } = useCatalog();
  const { data: webhooks } = useWebhooks({ pageSize: webhooksInChoice }, { skip: !allowed.read });
  const labels = useFilterLabels(webhooks?.results ?? []);
  const set = (name: keyof DeliveryFilters) => (value: string | undefined) => address.set({ [name]: value });

  const chips: Chip[] = filterNames.flatMap((name) => {
    const label = name === 'text' ? null : labels.chip(name, filters[name]);
    return label ? [{ name, label }] : [];
  });

  return (
    <>
      <Box width="26rem" maxWidth="100%">
        <SearchField
          label={t('deliveries.search')}
          value={filters.text ?? ''}
          onSearch={(text) => address.set({ text }, { replace: true })}
        />
      </Box>
      <FilterPopover>
        <FilterSelect
          label={labels.name('time')}
          choices={Object.keys(timeRanges).map((value) => ({ value, label: labels.value('time', value) }))}
          value={filters.time}
          onChange={set('time')}
        />
        <FilterSelect
          label={labels.name('webhook')}
          choices={(webhooks?.results ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
          value={filters.webhook}
          onChange={set('webhook')}
        />
        <FilterSelect
          label={labels.name('eventType')}
          choices={events.map(({ type, displayName }) => ({ value: type, label: displayName }))}
          value={filters.eventType}
          onChange={set('eventType')}
        />
        <FilterSelect
          label={labels.name('state')}
          choices={deliveryStates.map((value) => ({ value, label: labels.value('state', value) }))}
          value={filters.state}
          onChange={set('state')}
        />
        <FilterSelect
          label={labels.name('code')}
          choices={failureCodes.map((value) => ({ value, label: labels.value('code', value) }))}
          value={filters.code}
          onChange={set('code')}
        />
        <StatusFilter value={filters.httpStatus} onChange={set('httpStatus')} />
        <FilterSelect
          label={labels.name('tests')}
          choices={testChoices.map((value) => ({ value, label: labels.value('tests', value) }))}
          value={filters.tests}
          onChange={set('tests')}
        />
      </FilterPopover>
      <FilterChips
        chips={chips}
        onRemove={(names) => address.set(Object.fromEntries(names.map((name) => [name, undefined])))}
      />
    </>
  );
}

interface StatusFilterProps {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

function StatusFilter({ value, onChange }: StatusFilterProps) {
  const { t } = useText();
  return (
    <Field.Root name="httpStatus">
      <Field.Label>{t('filter.httpStatus')}</Field.Label>
      <TextInput
        size="S"
        inputMode="numeric"
        placeholder="503"
        maxLength={3}
        defaultValue={value ?? ''}
        key={value}
        onChange={(event) => {
          const typed = event.target.value;
          if (/^[1-5]\d\d$/.test(typed)) onChange(typed);
          else if (typed === '') onChange(undefined);
        }}
      />
    </Field.Root>
  );
}
