import { useMemo, useState } from 'react';
import type { EntryReference, EventTypeView, TriggerInput } from '../../../../contracts';
import { useCatalog } from '../../hooks/useCatalog';
import { coveredEvents } from '../../values/event-options';

export interface TriggerForm {
  /** Event types that an entry has, those that the webhook waits for first. */
  events: readonly EventTypeView[];
  isLoading: boolean;
  /** With the data of an entry, or a bare call. */
  kind: 'entry' | 'empty';
  chooseKind: (kind: 'entry' | 'empty') => void;
  event: EventTypeView | undefined;
  chooseEvent: (type: string) => void;
  entry: EntryReference | null;
  chooseEntry: (entry: EntryReference | null) => void;
  /** Null until everything is chosen. */
  input: TriggerInput | null;
}

/** What a webhook is called with by hand. An entry that is `given` is not chosen any more. */
export function useTriggerForm(subscriptions: readonly string[], given: EntryReference | null): TriggerForm {
  const catalog = useCatalog();
  const [type, setType] = useState<string | null>(null);
  const [wanted, setKind] = useState<'entry' | 'empty' | null>(null);
  const [chosen, setEntry] = useState<EntryReference | null>(null);

  const { events, own } = useMemo(() => {
    const ofEntries = catalog.events.filter(({ uid }) => uid !== null && (!given || uid === given.uid));
    const covered = new Set(subscriptions.flatMap((event) => coveredEvents(event, catalog.events)));
    const first = ofEntries.filter((event) => covered.has(event));
    return { own: first, events: [...first, ...ofEntries.filter((event) => !covered.has(event))] };
  }, [subscriptions, catalog.events, given]);

  const event = events.find((candidate) => candidate.type === type) ?? events[0];
  // A build hook waits for no entry in particular: a bare call is what one wants of it.
  const kind = given ? 'entry' : (wanted ?? (own.length > 0 ? 'entry' : 'empty'));
  const entry = given ?? (chosen?.uid === event?.uid ? chosen : null);

  return {
    events,
    isLoading: catalog.isLoading,
    kind,
    chooseKind: setKind,
    event,
    chooseEvent: setType,
    entry,
    chooseEntry: setEntry,
    input:
      kind === 'empty'
        ? { eventType: null, entry: null }
        : event && entry
          ? { eventType: event.type, entry }
          : null,
  };
}
