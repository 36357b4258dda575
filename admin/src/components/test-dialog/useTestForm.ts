import { useMemo, useState } from 'react';
import type { EntryReference, EventTypeView } from '../../../../contracts';
import { useCatalog } from '../../hooks/useCatalog';
import { coveredEvents } from '../../values/event-options';

export interface TestForm {
  /** Every event type, those that the webhook waits for first. */
  events: readonly EventTypeView[];
  isLoading: boolean;
  event: EventTypeView | undefined;
  chooseEvent: (type: string) => void;
  /** Where the data comes from. */
  source: 'sample' | 'entry';
  chooseSource: (source: 'sample' | 'entry') => void;
  entry: EntryReference | null;
  chooseEntry: (entry: EntryReference | null) => void;
  /** Null until everything is chosen. */
  input: { eventType: string; entry: EntryReference | null } | null;
}

/** What is to be sent: an event, with the sample's data or those of an entry. */
export function useTestForm(subscriptions: readonly string[]): TestForm {
  const catalog = useCatalog();
  const [type, setType] = useState<string | null>(null);
  const [wanted, setSource] = useState<'sample' | 'entry'>('sample');
  const [entry, setEntry] = useState<EntryReference | null>(null);

  const events = useMemo(() => {
    const own = new Set(subscriptions.flatMap((event) => coveredEvents(event, catalog.events)));
    return [...own, ...catalog.events.filter((event) => !own.has(event))];
  }, [subscriptions, catalog.events]);
  const event = events.find((candidate) => candidate.type === type) ?? events[0];
  // An event that no content type gives has no entries.
  const source = event?.uid ? wanted : 'sample';
  const fits = entry !== null && entry.uid === event?.uid;

  return {
    events,
    isLoading: catalog.isLoading,
    event,
    chooseEvent: setType,
    source,
    chooseSource: setSource,
    entry: fits ? entry : null,
    chooseEntry: setEntry,
    input:
      !event || (source === 'entry' && !fits)
        ? null
        : { eventType: event.type, entry: source === 'entry' ? entry : null },
  };
}
