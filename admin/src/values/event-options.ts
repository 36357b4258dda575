import { eventGroups, type EventGroup, type EventTypeView } from '../../../contracts';

/** One thing that can be put into the Event field: an event type or a wildcard. */
export interface EventOption {
  value: string;
  /** Null for wildcards, which are named by a text of ours. */
  event: EventTypeView | null;
  wildcard: Wildcard | null;
}

export type Wildcard =
  { kind: 'everything' } | { kind: 'everything_published' } | { kind: 'type'; typeName: string };

export interface EventOptionGroup {
  group: EventGroup;
  options: EventOption[];
}

const asOption = (event: EventTypeView): EventOption => ({ value: event.type, event, wildcard: null });

const asWildcard = (value: string, wildcard: Wildcard): EventOption => ({ value, event: null, wildcard });

/** The stem of a content event: `article` of `article.published`. */
const stemOf = (type: string): string => type.slice(0, type.lastIndexOf('.'));

/**
 * The catalog as the Event field offers it: by group, with the wildcard of each content type before its
 * events and the wide wildcards first of all content.
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

/** The event types that a subscription covers. Wildcards leave out sensitive ones (users, administrators). */
export function coveredEvents(subscription: string, catalog: readonly EventTypeView[]): EventTypeView[] {
  if (!subscription.includes('*')) return catalog.filter(({ type }) => type === subscription);
  const wide = subscription === '*' || subscription.startsWith('*.');
  return catalog.filter(({ type, sensitive }) => {
    if (wide && sensitive) return false;
    if (subscription === '*') return true;
    if (subscription.startsWith('*.')) return type.endsWith(subscription.slice(1));
    return type.startsWith(subscription.slice(0, -1));
  });
}

/** Whether a word occurs in an event's names or description. */
export function eventMatches(event: EventTypeView, search: string): boolean {
  const word = search.trim().toLocaleLowerCase();
  const places = [event.type, event.displayName, event.description, event.contentTypeName ?? ''];
  return word === '' || places.some((place) => place.toLocaleLowerCase().includes(word));
}
