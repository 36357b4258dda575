import { conditionProblems, recentEventsAtMost } from '../../../contracts';
import type {
  ActorChoice,
  ConditionChoices,
  ConditionSubject,
  ConditionTrial,
  ConditionTrialResult,
  RecentEvents,
  TriedEvent,
  WebhookConditions,
} from '../../../contracts';
import { matches } from '../catalog';
import type { Catalog, CatalogRoom, EventType } from '../catalog';
import { conditionPaths } from '../conditions';
import type { EntryReader, Rows } from '../content';
import type { Store } from '../store';
import type { EventRow } from '../store/events';
import { problem } from '../validate';
import type { Problem } from '../validate';
import type { ActorsMay } from './condition-choices';
import { entryNameOf } from './entry-name';
import { createEntryNow } from './entry-now';
import { judged } from './judged';
import { createWhyConditions } from './why-conditions';

export interface ConditionsDeps {
  store: Store;
  catalog(): Catalog;
  foreignPaths: CatalogRoom['foreignPaths'];
  rows: Rows;
  eventName(type: string): string;
  /** Codes of the locales of this Strapi with their names. */
  locales(): Promise<Record<string, string>>;
  actors(may: ActorsMay): Promise<ActorChoice[]>;
  /** The caller. */
  actor(): ActorChoice;
  now(): number;
}

/** Conditions of webhooks: what they can compare, whether they can hold, and what they would have let through. */
export function createConditionsService(deps: ConditionsDeps) {
  const { store } = deps;
  const judging = createWhyConditions(deps);
  const entryNow = createEntryNow(deps);

  const typesOf = (events: readonly string[]): EventType[] =>
    deps
      .catalog()
      .list()
      .filter((type) => events.some((pattern) => matches(pattern, type)));

  const subjectsOfTypes = async (uids: readonly string[]): Promise<ConditionSubject[]> => {
    const locales = Object.keys(await deps.locales());
    return uids.flatMap((uid) => deps.catalog().subject(uid, locales) ?? []);
  };

  /** What these subscriptions are about. */
  const subjectsOf = async (events: readonly string[]): Promise<ConditionSubject[]> => {
    return subjectsOfTypes([...new Set(typesOf(events).flatMap(({ uid }) => uid ?? []))]);
  };

  const recent = (events: readonly string[]): Promise<EventRow[]> =>
    store.events.recent(store.database.pool(), {
      types: typesOf(events).map(({ type }) => type),
      limit: recentEventsAtMost,
    });

  /** The name of an event's entry, as far as the role may read it. */
  const nameOf = ({ uid, body }: EventRow, reader: EntryReader): string | null => {
    const found = entryNameOf(body);
    const isRead = found && (uid === null || found.field === null || reader.readsAlways(uid, [found.field]));
    return found && isRead ? found.name : null;
  };

  /** What the role may not read of an event is not told, and what is judged by it is unknown. */
  const triedEvents = async (
    { events, conditions }: ConditionTrial,
    reader: EntryReader,
  ): Promise<TriedEvent[]> => {
    const found = await recent(events);
    const judgements = conditions && (await judging.ofEvents({ conditions, events }, found, reader));
    return found.map((event) => ({
      eventId: event.id,
      messageId: event.messageId,
      eventType: event.type,
      eventName: deps.eventName(event.type),
      entryName: nameOf(event, reader),
      uid: event.uid,
      documentId: event.documentId,
      occurredAt: event.occurredAt,
      actorName: event.actor.name,
      ...(judgements ? (judgements.get(event.id) ?? untold) : always),
    }));
  };

  /** The entry, as if it had been changed just now by the caller: what must have changed counts as changed. */
  const triedEntry = async (
    { entry, events, conditions }: ConditionTrial,
    paths: readonly string[],
    reader: EntryReader,
  ): Promise<TriedEvent[]> => {
    const type = entry && typesOf(events).find(({ uid }) => uid === entry.uid);
    const plan = entry && deps.catalog().plan(entry.uid)?.comparing(paths);
    if (!entry || !type || !plan) return [];
    const { shown, facts } = await entryNow(plan, paths, entry, reader);
    return [
      {
        eventId: null,
        messageId: null,
        eventType: type.type,
        eventName: deps.eventName(type.type),
        entryName: entryNameOf(JSON.stringify({ data: { entry: shown } }))?.name ?? null,
        uid: plan.uid,
        documentId: entry.documentId,
        occurredAt: deps.now(),
        actorName: deps.actor().name,
        ...judged(conditions, facts),
      },
    ];
  };

  return {
    /** What can be compared in these subscriptions. */
    async choices(
      events: readonly string[],
      contentTypes: readonly string[],
      may: ActorsMay,
    ): Promise<ConditionChoices> {
      const subjects = await subjectsOf(events);
      const others = contentTypes.filter((uid) => !subjects.some((subject) => subject.uid === uid));
      return {
        subjects: [...subjects, ...(await subjectsOfTypes(others))],
        localeNames: await deps.locales(),
        actors: await deps.actors(may),
      };
    },

    subjectsOf,

    /** What conditions can compare in entries of these content types. */
    subjectsOfTypes,

    /** Why these conditions can never hold for these subscriptions; each problem names its place. */
    async problems(events: readonly string[], conditions: WebhookConditions | null): Promise<Problem[]> {
      if (conditions === null) return [];
      const found = conditionProblems(conditions, await subjectsOf(events));
      return found.map(({ path, message }) => problem([...path], message));
    },

    /** Which of the newest events they would have let through; or one entry. Nothing is sent. */
    async trial(input: ConditionTrial, reader: EntryReader): Promise<ConditionTrialResult> {
      const paths = input.conditions === null ? [] : conditionPaths(input.conditions);
      const names = new Set(typesOf(input.events).flatMap(({ contentTypeName }) => contentTypeName ?? []));
      const tried = input.entry ? await triedEntry(input, paths, reader) : await triedEvents(input, reader);
      return {
        subject: names.size === 1 ? ([...names][0] ?? '') : '',
        tried,
        fired: tried.filter(({ holds }) => holds !== false).length,
      };
    },

    /** The newest events of these subscriptions. */
    async recentEvents(events: readonly string[], reader: EntryReader): Promise<RecentEvents> {
      return {
        results: (await recent(events)).map((event) => ({
          eventId: event.id,
          eventType: event.type,
          eventName: deps.eventName(event.type),
          entryName: nameOf(event, reader),
          occurredAt: event.occurredAt,
        })),
      };
    },
  };
}

const always: Pick<TriedEvent, 'holds' | 'findings'> = { holds: true, findings: [] };
const untold: Pick<TriedEvent, 'holds' | 'findings'> = { holds: 'unknown', findings: [] };

export type ConditionsService = ReturnType<typeof createConditionsService>;
