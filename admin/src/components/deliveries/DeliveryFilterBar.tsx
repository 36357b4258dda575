import { Box, Field, TextInput } from '@strapi/design-system';
import { deliveryStates, failureCodes } from '../../../../contracts';
import type { AddressBar } from '../../hooks/useAddressBar';
import { useAllowed } from '../../hooks/useAllowed';
import { useCatalog } from '../../hooks/useCatalog';
import { useText } from '../../hooks/useText';
import { useWebhooks } from '../../services/webhooks';
import { testChoices, timeRanges, type DeliveryFilters } from '../../values/delivery-filters';
import { FilterChips, type Chip } from '../FilterChips';
import { FilterPopover } from '../FilterPopover';
import { FilterSelect } from '../FilterSelect';
import { SearchField } from '../SearchField';
import { useFilterLabels, webhooksInChoice } from './useFilterLabels';

interface DeliveryFilterBarProps {
  address: AddressBar;
  filters: DeliveryFilters;
  chips: Chip[];
  /** On a webhook's own page there is nothing to choose. */
  isOfOneWebhook: boolean;
}

/** Search, filters and, as chips, those in use. */
export function DeliveryFilterBar({ address, filters, chips, isOfOneWebhook }: DeliveryFilterBarProps) {
  const { t } = useText();
  const allowed = useAllowed();
  const { events } = useCatalog();
  const { data: webhooks } = useWebhooks(
    { pageSize: webhooksInChoice },
    { skip: !allowed.read || isOfOneWebhook },
  );
  const labels = useFilterLabels(webhooks?.results ?? []);
  const set = (name: keyof DeliveryFilters) => (value: string | undefined) => address.set({ [name]: value });

  return (
    <>
      <Box width="34rem" maxWidth="100%">
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
        {!isOfOneWebhook && (
          <FilterSelect
            label={labels.name('webhook')}
            choices={(webhooks?.results ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
            value={filters.webhook}
            onChange={set('webhook')}
          />
        )}
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
        <EntryFilter value={filters.documentId} onChange={set('documentId')} />
        <FilterSelect
          label={labels.name('tests')}
          choices={testChoices.map((value) => ({ value, label: labels.value('tests', value) }))}
          value={filters.tests}
          onChange={set('tests')}
        />
      </FilterPopover>
      <FilterChips
        chips={chips.filter(({ name }) => name !== 'text')}
        onRemove={(names) => address.set(Object.fromEntries(names.map((name) => [name, undefined])))}
      />
    </>
  );
}

function EntryFilter({ value, onChange }: StatusFilterProps) {
  const { t } = useText();
  return (
    <Field.Root name="documentId" hint={t('filter.documentId_hint')}>
      <Field.Label>{t('filter.documentId')}</Field.Label>
      <TextInput
        size="S"
        defaultValue={value ?? ''}
        key={value}
        maxLength={60}
        onBlur={(event) => onChange(event.target.value.trim() || undefined)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onChange(event.currentTarget.value.trim() || undefined);
        }}
      />
      <Field.Hint />
    </Field.Root>
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
