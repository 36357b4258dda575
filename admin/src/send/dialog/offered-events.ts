import { emptyTriggerType, type EntryReference, type EventTypeView } from '../../../../contracts';
import { coveredEvents } from '../../events/event-options';

interface Offer {
  /** The event types to choose from, those that the webhook is subscribed to first. */
  events: readonly EventTypeView[];
  /** It is subscribed to one of them. */
  hasOwn: boolean;
}

/** What *Trigger now* sends without an entry, as an event type; it is none of the catalog. */
export const manualEvent = (displayName: string): EventTypeView => ({
  type: emptyTriggerType,
  displayName,
  description: '',
  search: '',
  group: 'system',
  source: 'plugin',
  guarantee: 'same_transaction',
  uid: null,
  contentTypeName: null,
  replacesContentEvent: false,
  sensitive: false,
  gone: [],
  schema: {},
  sample: { type: emptyTriggerType, timestamp: '', data: {} },
  subscribers: [],
});

/**
 * What can be sent to a webhook by hand.
 * @param of all event types, or only those of an entry: of the given one, where one is given
 */
export function offeredEvents(
  subscriptions: readonly string[],
  catalog: readonly EventTypeView[],
  of: 'all' | { entry: EntryReference | null },
): Offer {
  const isPossible = ({ uid }: EventTypeView) =>
    of === 'all' || (uid !== null && (of.entry === null || uid === of.entry.uid));
  const covered = new Set(subscriptions.flatMap((event) => coveredEvents(event, catalog)));
  // A test begins with what was chosen first; a trigger is real, and begins with what the catalog has first: a creation.
  const own = (of === 'all' ? [...covered] : catalog.filter((event) => covered.has(event))).filter(
    isPossible,
  );
  const others = catalog.filter((event) => isPossible(event) && !covered.has(event));
  return { events: [...own, ...others], hasOwn: own.length > 0 };
}
