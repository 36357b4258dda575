import { allAffected, eventGroups, type EventGroup, type EventTypeView } from '../../../contracts';

/** An option of the Event field: an event type or a wildcard. */
export interface EventOption {
  value: string;
  /** Null for wildcards, whose labels are translated texts. */
  event: EventTypeView | null;
  wildcard: Wildcard | null;
}

export type Wildcard =
  | { kind: 'everything' }
  | { kind: 'everything_published' }
  | { kind: 'everything_affected' }
  | { kind: 'type'; typeName: string };

export interface EventOptionGroup {
  group: EventGroup;
  options: EventOption[];
}

const asOption = (event: EventTypeView): EventOption => ({ value: event.type, event, wildcard: null });

const asWildcard = (value: string, wildcard: Wildcard): EventOption => ({ value, event: null, wildcard });

/** The stem of a content event: `article` of `article.published`. */
const stemOf = (type: string): string => type.slice(0, type.lastIndexOf('.'));

/**
 * The catalog as options of the Event field: by group, with the wildcard of each content type before its
 * events and the general wildcards before all content.
 */
export function eventOptionGroups(catalog: readonly EventTypeView[]): EventOptionGroup[] {
  return eventGroups.flatMap((group) => {
    const events = catalog.filter((event) => event.group === group);
    if (events.length === 0) return [];
    const options = group === 'business' ? events.map(asOption) : withWildcards(group, events, catalog);
    return [{ group, options }];
  });
}

function withWildcards(
  group: EventGroup,
  events: readonly EventTypeView[],
  catalog: readonly EventTypeView[],
): EventOption[] {
  const options: EventOption[] = [];
  if (group === 'content') {
    options.push(asWildcard('*', { kind: 'everything' }));
    if (events.some(({ type }) => type.endsWith('.published'))) {
      options.push(asWildcard('*.published', { kind: 'everything_published' }));
    }
    if (events.some(({ derived }) => derived === true)) {
      options.push(asWildcard(allAffected, { kind: 'everything_affected' }));
    }
  }
  const offered = new Set<string>();
  for (const event of events) {
    const stem = stemOf(event.type);
    const siblings = catalog.filter(({ type }) => stemOf(type) === stem);
    if (!offered.has(stem) && siblings.length > 1) {
      const typeName = event.contentTypeName ?? stem;
      options.push(asWildcard(`${stem}.*`, { kind: 'type', typeName }));
    }
    offered.add(stem);
    options.push(asOption(event));
  }
  return options;
}

/** The event types that a subscription covers. Wildcards exclude sensitive ones (users, administrators). */
export function coveredEvents(subscription: string, catalog: readonly EventTypeView[]): EventTypeView[] {
  if (!subscription.includes('*')) return catalog.filter(({ type }) => type === subscription);
  const wide = subscription === '*' || subscription.startsWith('*.');
  return catalog.filter(({ type, sensitive, derived }) => {
    // It follows from other changes: who wants what happens to pages does not mean it.
    if (derived === true) return subscription === allAffected;
    if (wide && sensitive) return false;
    if (subscription === '*') return true;
    if (subscription.startsWith('*.')) return type.endsWith(subscription.slice(1));
    return type.startsWith(subscription.slice(0, -1));
  });
}

/**
 * The webhook that a question about an entry, or an event, is most likely about: the first that waits for an event of
 * it, else the first of all.
 */
export function fittingWebhook<Webhook extends { events: readonly string[] }>(
  webhooks: readonly Webhook[],
  catalog: readonly EventTypeView[],
  { uid, type }: { uid?: string | undefined; type?: string | undefined },
): Webhook | undefined {
  const isMeant = (event: EventTypeView) => (type === undefined ? event.uid === uid : event.type === type);
  const waitsForIt = ({ events }: Webhook) =>
    events.some((pattern) => coveredEvents(pattern, catalog).some(isMeant));
  return webhooks.find(waitsForIt) ?? webhooks[0];
}

/** Whether a word occurs in an event's names or description. */
export function eventMatches(event: EventTypeView, search: string): boolean {
  const word = search.trim().toLocaleLowerCase();
  const places = [event.type, event.displayName, event.search, event.contentTypeName ?? ''];
  return word === '' || places.some((place) => place.toLocaleLowerCase().includes(word));
}
