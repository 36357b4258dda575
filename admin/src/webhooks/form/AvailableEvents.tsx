import { useEffect, useRef, useState } from 'react';
import { Box, Button, Flex, Link, Typography } from '@strapi/design-system';
import { Check, ExternalLink, Plus } from '@strapi/icons';
import { useHref } from 'react-router-dom';
import type { EventTypeView } from '../../../../contracts';
import { ErrorPart, LoadingPart } from '../../api/States';
import { useAllowed } from '../../api/useAllowed';
import { coveredEvents } from '../../events/event-options';
import { EventCatalog } from '../../events/EventCatalog';
import { SampleView } from '../../events/SampleView';
import { useCatalog } from '../../events/useCatalog';
import { pluginPath } from '../../pluginId';
import { useText } from '../../text/useText';
import { Card } from '../../ui/Card';
import { SearchField } from '../../ui/filter/SearchField';
import { ReadableBadge } from '../../ui/ReadableBadge';
import { useWebhookForm } from './useWebhookForm';

/** Every event of this site, with its data; one click adds it to the Event field. */
export function AvailableEvents() {
  const { t } = useText();
  const { events, isLoading, error, refetch } = useCatalog();
  const { values } = useWebhookForm();
  const [search, setSearch] = useState('');
  const [open, setOpen] = useNewlyPicked(values.events);
  const covered = new Set(
    values.events.flatMap((event) => coveredEvents(event, events).map(({ type }) => type)),
  );

  return (
    <Card padding={7}>
      <Flex justifyContent="space-between" gap={4} wrap="wrap" paddingBottom={6}>
        <div>
          <Typography variant="beta" tag="h2">
            {t('events.available')}
          </Typography>
          <Typography textColor="neutral600" tag="p" paddingTop={1}>
            {t('events.available_hint')}
          </Typography>
        </div>
        <Box width="24rem">
          <SearchField
            label={t('events.search', { count: events.length })}
            value={search}
            onSearch={setSearch}
          />
        </Box>
      </Flex>
      {isLoading && <LoadingPart />}
      {Boolean(error) && <ErrorPart error={error} onRetry={refetch} />}
      {events.length > 0 && (
        <EventCatalog
          events={events}
          search={search}
          open={open}
          onOpen={setOpen}
          first={values.events}
          shown="few"
          renderBadge={(event) => (covered.has(event.type) ? <Picked /> : null)}
          renderDetails={(event) => <EventDetails event={event} isCovered={covered.has(event.type)} />}
        />
      )}
    </Card>
  );
}

/** Expands the event that was just added to the field, so that its payload is visible. */
function useNewlyPicked(picked: readonly string[]): [string, (type: string) => void] {
  const [open, setOpen] = useState('');
  const before = useRef(picked);
  useEffect(() => {
    const added = picked.find((event) => !before.current.includes(event) && !event.includes('*'));
    before.current = picked;
    if (added) setOpen(added);
  }, [picked]);
  return [open, setOpen];
}

function Picked() {
  const { t } = useText();
  return (
    <ReadableBadge variant="primary" size="S">
      <Flex tag="span" gap={1}>
        <Check aria-hidden width="1rem" />
        {t('events.picked')}
      </Flex>
    </ReadableBadge>
  );
}

function EventDetails({ event, isCovered }: { event: EventTypeView; isCovered: boolean }) {
  const { t } = useText();
  const allowed = useAllowed();
  const { values, set, disabled } = useWebhookForm();
  const inCatalog = useHref(`${pluginPath}/events?event=${encodeURIComponent(event.type)}`);
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <SampleView event={event} />
      <Flex justifyContent="space-between" gap={4} wrap="wrap">
        {allowed.eventsRead ? (
          // In a new window: the values of the form are not saved yet.
          <Link href={inCatalog} target="_blank" rel="noreferrer" startIcon={<ExternalLink aria-hidden />}>
            {t('events.see_schema')}
          </Link>
        ) : (
          <span />
        )}
        <Button
          variant="secondary"
          startIcon={isCovered ? <Check aria-hidden /> : <Plus aria-hidden />}
          disabled={isCovered || disabled}
          onClick={() => set('events', [...values.events, event.type])}
        >
          {t(isCovered ? 'events.picked' : 'events.use')}
        </Button>
      </Flex>
    </Flex>
  );
}
