import { useState, type ReactNode } from 'react';
import { Box, Flex, Link, Tabs, TextButton, Typography } from '@strapi/design-system';
import { Eye, Pencil, Plus, Question } from '@strapi/icons';
import { NavLink } from 'react-router-dom';
import type { EventTypeView } from '../../../../contracts';
import { useAllowed } from '../../api/useAllowed';
import { businessEventPath, webhookPath } from '../../navigation/paths';
import { pluginPath } from '../../pluginId';
import { useText } from '../../text/useText';
import { CodeView } from '../../ui/code/CodeView';
import { Fact, Facts } from '../../ui/Facts';
import { WhyDialog } from '../../why/WhyDialog';
import { SampleView } from '../SampleView';
import { Declaration } from './Declaration';

/** The source of an event, its reliability, its subscribers, and its data. */
export function EventDetails({ event }: { event: EventTypeView }) {
  const { t } = useText();
  const allowed = useAllowed();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {event.gone.length > 0 && (
        <Typography textColor="neutral800" tag="p" role="status">
          {t('events.gone', { type: event.contentTypeName ?? '', fields: event.gone.join(', ') })}
        </Typography>
      )}
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
            <CodeView
              kind="json"
              value={JSON.stringify(event.schema, null, 2)}
              label={t('events.schema_of', { name: event.displayName })}
            />
          </Box>
        </Tabs.Content>
      </Tabs.Root>
      {allowed.read && allowed.deliveriesRead && <WhyNot event={event} />}
      {event.businessEventId !== undefined && (
        <Box>
          <Link
            tag={NavLink}
            to={businessEventPath(event.businessEventId)}
            startIcon={allowed.eventsManage ? <Pencil aria-hidden /> : <Eye aria-hidden />}
          >
            {t(allowed.eventsManage ? 'business.edit_this' : 'business.see_this')}
          </Link>
        </Box>
      )}
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

function WhyNot({ event }: { event: EventTypeView }) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <Box>
      <TextButton startIcon={<Question aria-hidden />} onClick={() => setOpen(true)}>
        {t('why.title')}
      </TextButton>
      {isOpen && <WhyDialog asked={{ eventType: event.type }} onClose={() => setOpen(false)} />}
    </Box>
  );
}

function EventFacts({ event }: { event: EventTypeView }) {
  const { t } = useText();
  const source = t(`events.source.${event.source}`, { name: event.contentTypeName ?? '' });
  return (
    <Facts $names="10rem">
      <Fact name={t('events.fact.source')}>
        <Typography>
          {source}
          {event.replacesContentEvent && ` ${t('events.replaces')}`}
          {event.sensitive && ` ${t('events.sensitive')}`}
          {event.derived === true && ` ${t('events.derived')}`}
        </Typography>
      </Fact>
      {event.declaration ? (
        <Declaration event={event} declaration={event.declaration} />
      ) : (
        event.condition && (
          <Fact name={t('events.fact.condition')}>
            <Typography>{event.condition}</Typography>
          </Fact>
        )
      )}
      <Fact name={t('events.fact.guarantee')}>
        <Typography>{t(`guarantee.${event.guarantee}`)}</Typography>
      </Fact>
      <Fact name={t('events.fact.subscribers')}>
        <Subscribers event={event} />
      </Fact>
    </Facts>
  );
}

function Subscribers({ event }: { event: EventTypeView }): ReactNode {
  const { t } = useText();
  const allowed = useAllowed();
  if (event.subscribers.length === 0) return <Typography>{t('events.no_subscribers')}</Typography>;
  return (
    <Flex gap={3} wrap="wrap">
      {event.subscribers.map(({ id, name }) =>
        allowed.read ? (
          <Link key={id} tag={NavLink} to={webhookPath(id)}>
            {name}
          </Link>
        ) : (
          <Typography key={id}>{name}</Typography>
        ),
      )}
    </Flex>
  );
}
