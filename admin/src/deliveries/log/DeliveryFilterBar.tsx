import { useEffect, useState } from 'react';
import { Box, Field, TextInput } from '@strapi/design-system';
import { deliveryStates, failureCodes, type DeliveryStateFilter } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { useCatalog } from '../../events/useCatalog';
import type { AddressBar } from '../../navigation/useAddressBar';
import { useText } from '../../text/useText';
import { FilterChips, type Chip } from '../../ui/filter/FilterChips';
import { FilterPopover } from '../../ui/filter/FilterPopover';
import { FilterField, FilterSearch, FilterSelect } from '../../ui/filter/FilterSelect';
import { SearchField } from '../../ui/filter/SearchField';
import { WebhookSelect } from '../../webhooks/WebhookSelect';
import { testChoices, timeRanges, type DeliveryFilters } from './delivery-filters';
import { useFilterLabels } from './useFilterLabels';

/** What failed comes first, also what is tried once more: it is what one looks for. */
const stateChoices: readonly DeliveryStateFilter[] = ['failing', 'retrying', ...deliveryStates];

interface DeliveryFilterBarProps {
  address: AddressBar;
  filters: DeliveryFilters;
  chips: Chip[];
  /** On a webhook's own page there is no webhook filter. */
  isOfOneWebhook: boolean;
}

/** Search, filters and, as chips, the active ones. */
export function DeliveryFilterBar({ address, filters, chips, isOfOneWebhook }: DeliveryFilterBarProps) {
  const { t } = useText();
  const allowed = useAllowed();
  const { events } = useCatalog();
  const labels = useFilterLabels();
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
        {!isOfOneWebhook && allowed.read && (
          <FilterField label={labels.name('webhook')}>
            <WebhookSelect
              size="S"
              value={filters.webhook === undefined ? undefined : Number(filters.webhook)}
              placeholder={t('filter.all')}
              onChange={({ id }) => set('webhook')(String(id))}
              onClear={() => set('webhook')(undefined)}
            />
          </FilterField>
        )}
        <FilterSearch
          label={labels.name('eventType')}
          choices={events.map(({ type, displayName }) => ({ value: type, label: displayName }))}
          value={filters.eventType}
          onChange={set('eventType')}
        />
        <FilterSelect
          label={labels.name('state')}
          choices={stateChoices.map((value) => ({ value, label: labels.value('state', value) }))}
          value={filters.state}
          onChange={set('state')}
        />
        <FilterSearch
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

interface TypedFilterProps {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** The first characters of an entry's id are enough for no answer: it is asked for when the field is left, or on Enter. */
function EntryFilter({ value, onChange }: TypedFilterProps) {
  const { t } = useText();
  const [typed, setTyped] = useTyped(value);
  const ask = () => {
    const entry = typed.trim() || undefined;
    if (entry !== value) onChange(entry);
  };
  return (
    <Field.Root name="documentId" hint={t('filter.documentId_hint')}>
      <Field.Label>{t('filter.documentId')}</Field.Label>
      <TextInput
        size="S"
        value={typed}
        maxLength={60}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={ask}
        onKeyDown={(event) => event.key === 'Enter' && ask()}
      />
      <Field.Hint />
    </Field.Root>
  );
}

function StatusFilter({ value, onChange }: TypedFilterProps) {
  const { t } = useText();
  const [typed, setTyped] = useTyped(value);
  return (
    <Field.Root name="httpStatus">
      <Field.Label>{t('filter.httpStatus')}</Field.Label>
      <TextInput
        size="S"
        inputMode="numeric"
        placeholder="503"
        maxLength={3}
        value={typed}
        onChange={(event) => {
          const status = event.target.value;
          setTyped(status);
          if (/^[1-5]\d\d$/.test(status)) onChange(status);
          else if (status === '') onChange(undefined);
        }}
      />
    </Field.Root>
  );
}

/** What is typed; follows a filter that is changed elsewhere without being made anew, which would lose the focus. */
function useTyped(value: string | undefined): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(value ?? '');
  useEffect(() => setTyped(value ?? ''), [value]);
  return [typed, setTyped];
}
