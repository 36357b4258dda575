import { useMemo, useState } from 'react';
import type { EntryReference, EventTypeView } from '../../../../contracts';
import { useCatalog } from '../../events/useCatalog';
import { useText } from '../../text/useText';
import { manualEvent, offeredEvents } from './offered-events';

export interface SendForm {
  /** What can be sent, the event types that the webhook is subscribed to first. */
  events: readonly EventTypeView[];
  isLoading: boolean;
  event: EventTypeView | undefined;
  chooseEvent: (type: string) => void;
  /** With the data of an entry; otherwise with a sample, or with none. */
  withEntry: boolean;
  chooseWithEntry: (withEntry: boolean) => void;
  /** Null where none is chosen, or none is sent. */
  entry: EntryReference | null;
  chooseEntry: (entry: EntryReference | null) => void;
}

interface SendFormInput {
  subscriptions: readonly string[];
  /** The entry where the dialog was opened: it cannot be changed. */
  given?: EntryReference | null;
  /** Only event types of an entry, and with an entry at first where the webhook is subscribed to one. */
  isOfEntries?: boolean;
}

/** What is sent by hand: an event type, with the data of an entry or without. */
export function useSendForm({ subscriptions, given = null, isOfEntries = false }: SendFormInput): SendForm {
  const { t } = useText();
  const catalog = useCatalog();
  const [type, chooseEvent] = useState<string | null>(null);
  const [wanted, chooseWithEntry] = useState<boolean | null>(null);
  const [chosen, chooseEntry] = useState<EntryReference | null>(null);

  const { events, hasOwn } = useMemo(() => {
    const offered = offeredEvents(subscriptions, catalog.events, isOfEntries ? { entry: given } : 'all');
    const isManualOnly = subscriptions.length === 0 && !isOfEntries;
    return isManualOnly
      ? { ...offered, events: [manualEvent(t('event.manual')), ...offered.events] }
      : offered;
  }, [subscriptions, catalog.events, given, isOfEntries, t]);

  const event = events.find((candidate) => candidate.type === type) ?? events[0];
  // An event type without a content type has no entries. A build hook needs none in particular.
  const hasEntries = isOfEntries || Boolean(event?.uid);
  const withEntry = given !== null || (hasEntries && (wanted ?? (isOfEntries && hasOwn)));
  const fitting = given ?? (chosen?.uid === event?.uid ? chosen : null);
  return {
    events,
    isLoading: catalog.isLoading,
    event,
    chooseEvent,
    withEntry,
    chooseWithEntry,
    entry: withEntry ? fitting : null,
    chooseEntry,
  };
}
