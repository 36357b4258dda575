import type { EventTypeList, EventTypeView, StandardBody } from '../../../contracts';
import { sampleTimestamp } from '../catalog/sample';
import type { Catalog, EventType } from '../catalog/types';

export interface EventTypesDeps {
  catalog(): Catalog;
  subscriptions(): Promise<readonly { id: number; name: string; events: readonly string[] }[]>;
  matches(pattern: string, type: { type: string; sensitive: boolean }): boolean;
}

/** The catalog as the screens read it. */
export function createEventTypesService(deps: EventTypesDeps) {
  const body = (type: EventType): StandardBody => ({
    type: type.type,
    timestamp: sampleTimestamp,
    data: type.sample,
  });
  return {
    async list(): Promise<EventTypeList> {
      const webhooks = await deps.subscriptions();
      const results = deps
        .catalog()
        .list()
        .map((type): EventTypeView => ({
          ...type,
          gone: [...(type.gone ?? [])],
          sample: body(type),
          subscribers: webhooks
            .filter((webhook) => webhook.events.some((pattern) => deps.matches(pattern, type)))
            .map(({ id, name }) => ({ id, name })),
        }));
      return { results };
    },

    sample(type: string): StandardBody | null {
      const found = deps.catalog().get(type);
      return found ? body(found) : null;
    },

    name: (type: string): string => deps.catalog().get(type)?.displayName ?? type,

    /** Whether a change of an entry of this type gives any event. */
    givesEvents: (uid: string): boolean =>
      deps
        .catalog()
        .list()
        .some((type) => type.uid === uid),

    /** The first of the event types that are meant by these subscriptions which names a field that is gone. */
    withGoneField: (patterns: readonly string[]): EventType | null =>
      deps
        .catalog()
        .list()
        .find((type) => type.gone !== undefined && patterns.some((pattern) => deps.matches(pattern, type))) ??
      null,

    /** Whether a subscription means anything: a type of the catalog, or a wildcard that matches one. */
    known: (pattern: string): boolean =>
      pattern === '*' ||
      deps
        .catalog()
        .list()
        .some((type) => deps.matches(pattern, type)),
  };
}

export type EventTypesService = ReturnType<typeof createEventTypesService>;
