import type { ReactNode } from 'react';
import { Box, Flex, Link, Tabs, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { NavLink } from 'react-router-dom';
import { styled } from 'styled-components';
import type { EventTypeView } from '../../../../contracts';
import { useAllowed } from '../../hooks/useAllowed';
import { useText } from '../../hooks/useText';
import { pluginPath } from '../../pluginId';
import { JsonView } from '../JsonView';
import { SampleView } from './SampleView';

/** Where an event comes from, how safe it is, who is subscribed, and what is sent. */
export function EventDetails({ event }: { event: EventTypeView }) {
  const { t } = useText();
  const allowed = useAllowed();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <EventFacts event={event} />
      <Tabs.Root variant="simple" defaultValue="sample">
        <Tabs.List aria-label={event.displayName}>
          <Tabs.Trigger value="sample">{t('events.sample')}</Tabs.Trigger>
          <Tabs.Trigger value="schema">{t('events.schema')}</Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="sample">
          <Box paddingTop={4}>
            <SampleView event={event} />
          </Box>
        </Tabs.Content>
        <Tabs.Content value="schema">
          <Box paddingTop={4}>
            <Typography variant="pi" textColor="neutral600" tag="p" paddingBottom={2}>
              {t('events.schema_hint')}
            </Typography>
            <JsonView
              value={JSON.stringify(event.schema, null, 2)}
              label={t('events.schema_of', { name: event.displayName })}
            />
          </Box>
        </Tabs.Content>
      </Tabs.Root>
      {allowed.create && (
        <Box>
          <Link
            tag={NavLink}
            to={`${pluginPath}/new?events=${encodeURIComponent(event.type)}`}
            startIcon={<Plus aria-hidden />}
          >
            {t('events.add_webhook')}
          </Link>
        </Box>
      )}
    </Flex>
  );
}

function EventFacts({ event }: { event: EventTypeView }) {
  const { t } = useText();
  const source = t(`events.source.${event.source}`, { name: event.contentTypeName ?? '' });
  return (
    <Facts>
      <Fact name={t('events.fact.source')}>
        {source}
        {event.replacesContentEvent && ` ${t('events.replaces')}`}
        {event.sensitive && ` ${t('events.sensitive')}`}
      </Fact>
      <Fact name={t('events.fact.guarantee')}>{t(`guarantee.${event.guarantee}`)}</Fact>
      <Fact name={t('events.fact.subscribers')}>
        <Subscribers event={event} />
      </Fact>
    </Facts>
  );
}

function Subscribers({ event }: { event: EventTypeView }): ReactNode {
  const { t } = useText();
  const allowed = useAllowed();
  if (event.subscribers.length === 0) return t('events.no_subscribers');
  return (
    <Flex gap={3} wrap="wrap">
      {event.subscribers.map(({ id, name }) =>
        allowed.read ? (
          <Link key={id} tag={NavLink} to={`${pluginPath}/${id}`}>
            {name}
          </Link>
        ) : (
          <Typography key={id}>{name}</Typography>
        ),
      )}
    </Flex>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <Typography tag="dt" variant="pi" textColor="neutral600">
        {name}
      </Typography>
      <Typography tag="dd">{children}</Typography>
    </>
  );
}

const Facts = styled.dl`
  display: grid;
  grid-template-columns: minmax(10rem, max-content) minmax(0, 1fr);
  gap: 0.8rem 1.6rem;
  margin: 0;
  align-items: baseline;

  dd {
    margin: 0;
  }
`;
