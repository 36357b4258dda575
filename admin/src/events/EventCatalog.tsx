import { useMemo, useState, type ReactNode } from 'react';
import { Accordion, Box, Flex, TextButton, Typography } from '@strapi/design-system';
import { CaretDown, CaretUp } from '@strapi/icons';
import { eventGroups, type EventGroup, type EventTypeView } from '../../../contracts';
import { useText } from '../text/useText';
import { EventItem } from './catalog/EventItem';
import { eventMatches } from './event-options';

// Number of initially visible events of a group; the others are behind "show more".
const shownAtFirst = 4;

// The groups that editors use are expanded; the rest is one click away.
const unfolded: ReadonlySet<EventGroup> = new Set(['business', 'content']);

interface EventCatalogProps {
  events: readonly EventTypeView[];
  search: string;
  /** The expanded type, or ''. */
  open: string;
  onOpen: (type: string) => void;
  /** Types that come first in their group. */
  first?: readonly string[];
  /** How many of a group are in sight at first; all by default. */
  shown?: 'few' | 'all';
  renderBadge?: (event: EventTypeView) => ReactNode;
  renderDetails: (event: EventTypeView) => ReactNode;
}

/** Every event by group, each expandable to its details. */
export function EventCatalog({ events, search, first = [], ...rest }: EventCatalogProps) {
  const { t } = useText();
  const found = useMemo(() => events.filter((event) => eventMatches(event, search)), [events, search]);

  if (found.length === 0) {
    return (
      <Typography tag="p" textColor="neutral600" paddingTop={4}>
        {t('event.none_found')}
      </Typography>
    );
  }
  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
      {eventGroups.map((group) => {
        const ofGroup = found.filter((event) => event.group === group);
        const ahead = ofGroup.filter(({ type }) => first.includes(type));
        const sorted = [...ahead, ...ofGroup.filter(({ type }) => !first.includes(type))];
        if (sorted.length === 0) return null;
        return <Group key={group} {...rest} group={group} events={sorted} isSearch={search.trim() !== ''} />;
      })}
    </Flex>
  );
}

interface GroupProps extends Omit<EventCatalogProps, 'search' | 'first'> {
  group: EventGroup;
  isSearch: boolean;
}

function Group({ group, events, isSearch, open, onOpen, shown = 'all', ...render }: GroupProps) {
  const { t } = useText();
  const [isUnfolded, setUnfolded] = useState(unfolded.has(group));
  const [isComplete, setComplete] = useState(shown === 'all');
  const isOpen = isUnfolded || isSearch || events.some(({ type }) => type === open);
  const visible = isComplete || isSearch ? events : events.slice(0, shownAtFirst);
  const hidden = events.length - visible.length;
  const Caret = isOpen ? CaretUp : CaretDown;

  return (
    <section>
      <TextButton
        aria-expanded={isOpen}
        onClick={() => setUnfolded(!isOpen)}
        startIcon={<Caret aria-hidden width="0.8rem" />}
      >
        <Typography variant="sigma" textColor="neutral600">
          {t(`event.group.${group}`)}
        </Typography>
        <Typography variant="pi" textColor="neutral600">
          {` · ${t('event.count', { count: events.length })}`}
        </Typography>
      </TextButton>
      {isOpen && (
        <Box paddingTop={2}>
          <Accordion.Root size="S" value={open} onValueChange={onOpen}>
            {visible.map((event) => (
              <EventItem key={event.type} event={event} {...render} />
            ))}
          </Accordion.Root>
          {hidden > 0 && (
            <Flex justifyContent="center" paddingTop={3}>
              <TextButton onClick={() => setComplete(true)}>
                {t('event.show_more', { count: hidden, group: t(`event.group.${group}`) })}
              </TextButton>
            </Flex>
          )}
        </Box>
      )}
    </section>
  );
}
