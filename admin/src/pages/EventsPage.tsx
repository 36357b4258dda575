import { Box, Flex } from '@strapi/design-system';
import { ErrorPart, LoadingPart } from '../api/States';
import { useAllowed } from '../api/useAllowed';
import { AddBusinessEvent, BusinessEvents } from '../events/business/BusinessEvents';
import { EventDetails } from '../events/catalog/EventDetails';
import { EventCatalog } from '../events/EventCatalog';
import { useCatalog } from '../events/useCatalog';
import { useAddressBar } from '../navigation/useAddressBar';
import { useText } from '../text/useText';
import { Card } from '../ui/Card';
import { SearchField } from '../ui/filter/SearchField';
import { Protected, Screen } from './Screen';

/** The catalog: everything that can happen here, with what is sent for it. */
export function EventsPage() {
  return (
    <Protected by="eventsRead">
      <Events />
    </Protected>
  );
}

function Events() {
  const { t } = useText();
  const allowed = useAllowed();
  const address = useAddressBar();
  const { events, isLoading, error, refetch } = useCatalog();
  return (
    <Screen
      title={t('nav.events')}
      subtitle={t('events.subtitle')}
      primaryAction={allowed.eventsManage && <AddBusinessEvent variant="default" />}
    >
      <Flex direction="column" alignItems="stretch" gap={6}>
        <BusinessEvents />
        <Card>
          <Box paddingBottom={6} maxWidth="36rem">
            <SearchField
              label={t('events.search', { count: events.length })}
              value={address.get('search') ?? ''}
              onSearch={(search) => address.set({ search }, { replace: true })}
            />
          </Box>
          {isLoading && <LoadingPart />}
          {Boolean(error) && <ErrorPart error={error} onRetry={refetch} />}
          {events.length > 0 && (
            <EventCatalog
              events={events}
              search={address.get('search') ?? ''}
              open={address.get('event') ?? ''}
              onOpen={(event) => address.set({ event }, { replace: true })}
              renderDetails={(event) => <EventDetails event={event} />}
            />
          )}
        </Card>
      </Flex>
    </Screen>
  );
}
