import type { ReactNode } from 'react';
import { Flex, IconButton, LinkButton, Typography } from '@strapi/design-system';
import { Pencil, Plus, Trash } from '@strapi/icons';
import { Link } from 'react-router-dom';
import type { BusinessEventView, EventTypeView, RefusedEvent } from '../../../../contracts';
import { ErrorPart, LoadingPart } from '../../api/States';
import { useAllowed } from '../../api/useAllowed';
import { useProblemText } from '../../api/useProblemText';
import { businessEventPath, eventPath } from '../../navigation/paths';
import { useText } from '../../text/useText';
import { Card } from '../../ui/Card';
import { InlineLink } from '../../ui/InlineLink';
import { Mono } from '../../ui/Mono';
import { ReadableBadge } from '../../ui/ReadableBadge';
import { Rule } from '../../ui/RuledLine';
import { WarningLine } from '../../ui/WarningLine';
import { useBusinessEvents } from '../api';
import { useCatalog } from '../useCatalog';
import { DeleteEvent } from './DeleteEvent';

/** Declared in config/plugins.ts or by code: shown, and changed there. */
const isDeclared = ({ source, declaration }: EventTypeView): boolean =>
  declaration !== undefined && (source === 'config' || source === 'code');

/** The button that leads to a new business event. */
export function AddBusinessEvent({ variant }: { variant: 'default' | 'secondary' }) {
  const { t } = useText();
  return (
    <LinkButton tag={Link} to={businessEventPath('new')} variant={variant} startIcon={<Plus aria-hidden />}>
      {t('business.add')}
    </LinkButton>
  );
}

/** All business events of this site: those made here, and those that are declared elsewhere. */
export function BusinessEvents() {
  const { t } = useText();
  const { data, error, isFetching, refetch } = useBusinessEvents();
  const { events } = useCatalog();
  const declared = events.filter(isDeclared);
  const isEmpty = data && data.results.length + data.refused.length + declared.length === 0;
  return (
    <Card>
      <Typography variant="beta" tag="h2">
        {t('business.title')}
      </Typography>
      <Typography textColor="neutral600" tag="p" paddingTop={1} paddingBottom={isEmpty ? 0 : 4}>
        {t(isEmpty ? 'business.empty' : 'business.explained')}
      </Typography>
      {!data && !error && <LoadingPart />}
      {Boolean(error) && !isFetching && <ErrorPart error={error} onRetry={refetch} />}
      {data?.results.map((event) => (
        <Made key={event.id} event={event} />
      ))}
      {declared.map((event) => (
        <Declared key={event.type} event={event} />
      ))}
      {data?.refused.map((event, index) => (
        // Of what the app's code declares, two may have the same origin.
        <Refused key={`${index} ${event.origin}`} event={event} />
      ))}
    </Card>
  );
}

function Made({ event }: { event: BusinessEventView }) {
  const { t } = useText();
  const allowed = useAllowed();
  const problemText = useProblemText();
  const { id, displayName, type, condition, problems, inCatalog, subscribers } = event;
  return (
    <Line
      name={<InlineLink to={businessEventPath(id)}>{displayName}</InlineLink>}
      type={type}
      badge={
        !inCatalog && (
          <ReadableBadge size="S" variant="warning">
            {t('business.left_out')}
          </ReadableBadge>
        )
      }
      actions={
        allowed.eventsManage && (
          <>
            <IconButton
              tag={Link}
              to={businessEventPath(id)}
              label={t('business.edit', { name: displayName })}
              variant="ghost"
            >
              <Pencil aria-hidden />
            </IconButton>
            <DeleteEvent
              event={event}
              trigger={
                <IconButton label={t('business.delete', { name: displayName })} variant="ghost">
                  <Trash aria-hidden />
                </IconButton>
              }
            />
          </>
        )
      }
    >
      {condition && <Words>{t('business.sentence', { condition })}</Words>}
      <Words>{t('business.subscriber_count', { count: subscribers.length })}</Words>
      {problems.map((problem) => (
        <WarningLine key={problem}>{problemText(problem)}</WarningLine>
      ))}
    </Line>
  );
}

function Declared({ event }: { event: EventTypeView }) {
  const { t } = useText();
  const { displayName, type, condition, source, subscribers } = event;
  return (
    <Line
      name={<InlineLink to={eventPath(type)}>{displayName}</InlineLink>}
      type={type}
      badge={
        <ReadableBadge size="S" variant="neutral">
          {t(source === 'config' ? 'business.from_config' : 'business.from_code')}
        </ReadableBadge>
      }
    >
      {condition && <Words>{t('business.sentence', { condition })}</Words>}
      <Words>{t('business.subscriber_count', { count: subscribers.length })}</Words>
    </Line>
  );
}

/** A declaration that is wrong: nothing on this screen can mend it. */
function Refused({ event }: { event: RefusedEvent }) {
  const { t } = useText();
  return (
    <Line
      name={event.type ?? event.origin}
      type={event.type === null ? '' : event.origin}
      badge={
        <ReadableBadge size="S" variant="warning">
          {t('business.left_out')}
        </ReadableBadge>
      }
    >
      {event.problems.map((problem) => (
        <WarningLine key={problem}>{problem}</WarningLine>
      ))}
    </Line>
  );
}

interface LineProps {
  name: ReactNode;
  type: string;
  badge?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

function Line({ name, type, badge = null, actions = null, children }: LineProps) {
  return (
    <Rule>
      <Flex justifyContent="space-between" alignItems="flex-start" gap={4}>
        <Flex direction="column" alignItems="flex-start" gap={1} minWidth={0}>
          <Flex gap={2} wrap="wrap">
            <Typography fontWeight="bold" style={{ overflowWrap: 'anywhere' }}>
              {name}
            </Typography>
            <Mono variant="pi" textColor="neutral600">
              {type}
            </Mono>
            {badge}
          </Flex>
          {children}
        </Flex>
        <Flex gap={1} shrink={0}>
          {actions}
        </Flex>
      </Flex>
    </Rule>
  );
}

function Words({ children }: { children: string }) {
  return (
    <Typography variant="pi" textColor="neutral600" tag="p" style={{ overflowWrap: 'anywhere' }}>
      {children}
    </Typography>
  );
}
