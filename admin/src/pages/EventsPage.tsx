import { Box } from '@strapi/design-system';
import { Layouts, Page } from '@strapi/strapi/admin';
import { permissions } from '../../../contracts';
import { Card } from '../components/Card';
import { EventCatalog } from '../components/events/EventCatalog';
import { EventDetails } from '../components/events/EventDetails';
import { SearchField } from '../components/SearchField';
import { ErrorPart, LoadingPart } from '../components/States';
import { useAddressBar } from '../hooks/useAddressBar';
import { useCatalog } from '../hooks/useCatalog';
import { useText } from '../hooks/useText';

/** The catalog: everything that can happen here, with what is sent for it. */
export function EventsPage() {
  return (
    <Page.Protect permissions={[{ action: permissions.eventsRead, subject: null }]}>
      <Events />
    </Page.Protect>
  );
}

function Events() {
  const { t } = useText();
  const address = useAddressBar();
  const { events, isLoading, error, refetch } = useCatalog();
  return (
    <Page.Main>
      <Page.Title>{t('nav.events')}</Page.Title>
      <Layouts.Header title={t('nav.events')} subtitle={t('events.subtitle')} />
      <Layouts.Content>
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
      </Layouts.Content>
    </Page.Main>
  );
}
