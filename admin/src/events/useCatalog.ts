import { useMemo } from 'react';
import { emptyTriggerType, type EventTypeView } from '../../../contracts';
import { useAllowed } from '../api/useAllowed';
import { useText } from '../text/useText';
import { useEventTypes } from './api';
import { verbs } from './event-clause';

const noEvents: EventTypeView[] = [];

export interface Catalog {
  events: EventTypeView[];
  isLoading: boolean;
  error: unknown;
  refetch: () => void;
  /** The display name of an event type or of a wildcard; the bare type where the catalog does not know it. */
  nameOf: (subscription: string) => string;
}

/** Every event type of this Strapi. */
export function useCatalog(): Catalog {
  const { t } = useText();
  const allowed = useAllowed();
  const { data, isLoading, error, refetch } = useEventTypes(undefined, {
    skip: !allowed.read && !allowed.eventsRead && !allowed.create,
  });
  const events = data?.results ?? noEvents;

  const nameOf = useMemo(() => {
    const names = new Map(events.map(({ type, displayName }) => [type, displayName]));
    return (subscription: string): string => {
      if (subscription === '*') return t('event.everything');
      if (subscription === emptyTriggerType) return t('event.manual');
      if (subscription.endsWith('.*')) {
        const stem = subscription.slice(0, -1);
        const typeName = events.find(({ type, source }) => source === 'content' && type.startsWith(stem));
        return t('event.everything_of', { name: typeName?.contentTypeName ?? subscription.slice(0, -2) });
      }
      const verb = verbs.find((name) => subscription === `*.${name}`);
      if (verb) return t('event.anything', { verb: t(`sentence.verb.${verb}`) });
      return names.get(subscription) ?? subscription;
    };
  }, [events, t]);

  return { events, isLoading, error, refetch, nameOf };
}
