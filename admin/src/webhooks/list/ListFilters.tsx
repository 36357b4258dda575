import { useMemo } from 'react';
import { Box } from '@strapi/design-system';
import { useCatalog } from '../../events/useCatalog';
import type { AddressBar } from '../../navigation/useAddressBar';
import { useText } from '../../text/useText';
import { FilterChips } from '../../ui/filter/FilterChips';
import { FilterPopover } from '../../ui/filter/FilterPopover';
import { FilterSearch, FilterSelect } from '../../ui/filter/FilterSelect';
import { SearchField } from '../../ui/filter/SearchField';
import { stateName } from '../trouble';

const states = ['active', 'paused', 'disabled', 'held', 'away', 'failing', 'trouble'] as const;
const sorts = ['name:asc', 'name:desc', 'createdAt:desc', 'createdAt:asc', 'failing:desc'] as const;

/** Search and filters of the list. */
export function ListFilters({ address }: { address: AddressBar }) {
  const { t } = useText();
  const { events, nameOf } = useCatalog();
  const event = address.get('event');
  const state = states.find((name) => name === address.get('state'));
  const eventChoices = useMemo(
    () => events.map(({ type, displayName }) => ({ value: type, label: displayName })),
    [events],
  );
  const chips = [
    ...(event ? [{ name: 'event', label: `${t('filter.event')}: ${nameOf(event)}` }] : []),
    ...(state ? [{ name: 'state', label: `${t('filter.state')}: ${t(stateName(state))}` }] : []),
  ];

  return (
    <>
      <Box width="26rem" maxWidth="100%">
        <SearchField
          label={t('list.search')}
          value={address.get('search') ?? ''}
          onSearch={(search) => address.set({ search }, { replace: true })}
        />
      </Box>
      <FilterPopover>
        <FilterSearch
          label={t('filter.event')}
          choices={eventChoices}
          value={event}
          onChange={(value) => address.set({ event: value })}
        />
        <FilterSelect
          label={t('filter.state')}
          choices={states.map((value) => ({ value, label: t(stateName(value)) }))}
          value={state}
          onChange={(value) => address.set({ state: value })}
        />
        <FilterSelect
          label={t('filter.sort')}
          choices={sorts.map((value) => ({ value, label: t(`list.sort.${value}`) }))}
          value={address.get('sort')}
          onChange={(value) => address.set({ sort: value })}
        />
      </FilterPopover>
      <FilterChips
        chips={chips}
        onRemove={(names) => address.set(Object.fromEntries(names.map((name) => [name, undefined])))}
      />
    </>
  );
}
