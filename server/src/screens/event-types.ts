import { emptyTriggerType } from '../../../contracts';
import type { EventTypeList, EventTypeView, StandardBody } from '../../../contracts';
import { matches, sampleTimestamp } from '../catalog';
import type { Catalog, EventType } from '../catalog';
import { conditionWords, ruleSentence } from '../conditions';
import type { Language } from '../wording';
import { languages } from '../wording';
import { eventWords, searchWords } from './event-words';

export interface EventTypesDeps {
  catalog(): Catalog;
  subscriptions(): Promise<readonly { id: number; name: string; events: readonly string[] }[]>;
  /** Of whoever asks. */
  language(): Language;
}

/** The catalog for the screens. */
export function createEventTypesService(deps: EventTypesDeps) {
  const body = (type: EventType): StandardBody => ({
    type: type.type,
    timestamp: sampleTimestamp,
    data: type.sample,
  });
  /** Its rule in the reader's language; null for an event that has none. */
  const conditionOf = ({ type, uid, contentTypeName, condition }: EventType): EventType['condition'] => {
    const plan = uid === null ? undefined : deps.catalog().plan(uid);
    const mapped = plan?.mapped.find((one) => one.type === type);
    if (!mapped || contentTypeName === null) return condition;
    return ruleSentence(mapped.rule, contentTypeName, conditionWords(deps.language()));
  };

  return {
    async list(): Promise<EventTypeList> {
      const webhooks = await deps.subscriptions();
      const results = deps
        .catalog()
        .list()
        .map((type): EventTypeView => ({
          ...type,
          ...eventWords(type, deps.language()),
          condition: conditionOf(type),
          search: searchWords(type, languages),
          gone: [...(type.gone ?? [])],
          sample: body(type),
          subscribers: webhooks
            .filter((webhook) => webhook.events.some((pattern) => matches(pattern, type)))
            .map(({ id, name }) => ({ id, name })),
        }));
      return { results };
    },

    /** Also of what *Trigger now* sends without an entry. */
    sample(type: string): StandardBody | null {
      if (type === emptyTriggerType) return { type, timestamp: sampleTimestamp, data: {} };
      const found = deps.catalog().get(type);
      return found ? body(found) : null;
    },

    /** In the reader's language. */
    name: (type: string): string => {
      const found = deps.catalog().get(type);
      return found ? eventWords(found, deps.language()).displayName : type;
    },

    /** `User (api::user.user)`: a content type by its name; what is announced is Strapi's. */
    subjectName: (uid: string): string => {
      const name = deps
        .catalog()
        .list()
        .find((type) => type.uid === uid)?.contentTypeName;
      return uid.includes('::') ? `${name ?? uid} (${uid})` : 'Strapi';
    },

    /** Whether a change of an entry of this type produces any event. */
    givesEvents: (uid: string): boolean =>
      deps
        .catalog()
        .list()
        .some((type) => type.uid === uid),

    /** The first of the event types matched by these subscriptions that uses a missing field. */
    withGoneField: (patterns: readonly string[]): EventType | null =>
      deps
        .catalog()
        .list()
        .find((type) => type.gone !== undefined && patterns.some((pattern) => matches(pattern, type))) ??
      null,

    /** Whether a subscription wants an event type, also one that the catalog does not know (any more). */
    wants: (pattern: string, type: string): boolean =>
      matches(pattern, deps.catalog().get(type) ?? { type, sensitive: false }),

    /** The event types that a webhook of these subscriptions is sent; without any, what *Trigger now* sends. */
    matchedBy: (patterns: readonly string[]): string[] =>
      patterns.length === 0
        ? [emptyTriggerType]
        : deps
            .catalog()
            .list()
            .filter((type) => patterns.some((pattern) => matches(pattern, type)))
            .map(({ type }) => type),

    /** The event types that a content type gives. */
    eventsOf: (uid: string): string[] =>
      deps
        .catalog()
        .list()
        .filter((type) => type.uid === uid)
        .map(({ type }) => type),

    /** Whether a subscription matches anything: a type of the catalog, or a wildcard that matches one. */
    known: (pattern: string): boolean =>
      pattern === '*' ||
      deps
        .catalog()
        .list()
        .some((type) => matches(pattern, type)),
  };
}

export type EventTypesService = ReturnType<typeof createEventTypesService>;
