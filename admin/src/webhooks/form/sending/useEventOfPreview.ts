import { useMemo, useState } from 'react';
import { emptyTriggerType, type RecentEvent } from '../../../../../contracts';
import { useAllowed } from '../../../api/useAllowed';
import { coveredEvents } from '../../../events/event-options';
import { useCatalog } from '../../../events/useCatalog';
import { useRecentEvents } from '../../api';
import { useManualOnly } from '../manual-only';
import { useWebhookForm } from '../useWebhookForm';

/** A real event, or the sample of an event type. */
export interface ChosenEvent {
  eventId: number | null;
  eventType: string;
}

export interface OfferedEvent extends ChosenEvent {
  key: string;
  /** Null of a sample. */
  recent: RecentEvent | null;
  /** Readable name of the event type. */
  name: string;
}

// A wildcard covers hundreds; the catalog has the samples of all.
const samplesAtMost = 20;

/** What can be previewed: the newest events of the form's subscriptions, then a sample of each of their types. */
export function useEventOfPreview(): {
  offered: readonly OfferedEvent[];
  index: number;
  choose: (index: number) => void;
} {
  const { events } = useWebhookForm().values;
  const { events: catalog, nameOf } = useCatalog();
  const { isManualOnly } = useManualOnly();
  const allowed = useAllowed();
  const { data } = useRecentEvents(events.join(','), {
    skip: events.length === 0 || !allowed.deliveriesRead,
  });
  const [key, setKey] = useState<string | null>(null);

  const offered = useMemo((): OfferedEvent[] => {
    if (events.length === 0) {
      if (!isManualOnly) return [];
      const name = nameOf(emptyTriggerType);
      return [{ key: 'manual', eventId: null, eventType: emptyTriggerType, recent: null, name }];
    }
    const recent = (data?.results ?? []).map((event) => ({
      key: `event:${event.eventId}`,
      eventId: event.eventId,
      eventType: event.eventType,
      recent: event,
      name: event.eventName,
    }));
    const covered = new Map(
      events.flatMap((event) => coveredEvents(event, catalog).map((type) => [type.type, type] as const)),
    );
    const samples = [...covered.values()].slice(0, samplesAtMost).map(({ type, displayName }) => ({
      key: `sample:${type}`,
      eventId: null,
      eventType: type,
      recent: null,
      name: displayName,
    }));
    return [...recent, ...samples];
  }, [events, catalog, data, isManualOnly, nameOf]);

  const found = offered.findIndex((event) => event.key === key);
  return {
    offered,
    index: Math.max(found, 0),
    choose: (index) => setKey(offered[index]?.key ?? null),
  };
}
