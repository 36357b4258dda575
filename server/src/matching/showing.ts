import type { FieldTree, ShownBy } from '../../../contracts';
import { liveChanges } from '../catalog';
import type { Catalog } from '../catalog';
import type { ShownVersion } from '../showing';
import type { NewEvent, StoredShowing, UnmatchedEvent, WaitingEvent } from '../store/events';
import type { Subscriber } from './match';

export interface ShowingStepDeps {
  catalog(): Catalog;
  wants(pattern: string, eventType: string): boolean;
  /** The oldest unmatched events; nothing is locked. */
  waiting(limit: number): Promise<readonly WaitingEvent[]>;
  /** Which entries show this version, as it is stored now. */
  read(version: ShownVersion): Promise<StoredShowing>;
  /** The events of these types, of the entries that show what changed, each with what these trees tell of the entry. */
  affected(
    cause: WaitingEvent,
    showing: StoredShowing,
    wanted: ReadonlyMap<string, readonly FieldTree[]>,
  ): Promise<NewEvent[]>;
  shownBy(showing: StoredShowing): ShownBy;
  log(message: string): void;
}

/** What was found for an event before its batch. */
export interface Prepared {
  shownBy: ShownBy;
  /** Written with the batch that marks the event as matched. */
  affected: readonly NewEvent[];
}

/** A webhook that has to know who shows an entry. */
type Asking = Pick<Subscriber, 'events' | 'shownBy' | 'fields'>;

/** How long one turn may take: what is not prepared by then waits for the next. */
const turnMs = 2000;

export const asksForAffected = (events: readonly string[]): boolean =>
  events.some((pattern) => pattern.endsWith('.affected'));

export const asksWhoShows = ({ events, shownBy }: Pick<Asking, 'events' | 'shownBy'>): boolean =>
  shownBy || asksForAffected(events);

/**
 * The step before matching for webhooks that want to know who shows an entry: content is read outside of the matcher's
 * transaction, and only events that were looked at are matched. What it found is kept until then, in memory: a crash, or
 * another instance, only repeats it.
 */
export function createShowingStep(deps: ShowingStepDeps) {
  let asking: readonly Asking[] = [];
  let known = '';
  let prepared: ReadonlyMap<number, Prepared> = new Map();

  /** The event types `….affected` that somebody wants and that follow from this change, with what is told of them. */
  const affectedBy = (event: UnmatchedEvent): Map<string, FieldTree[]> => {
    const { plan, ways, affected } = deps.catalog();
    const types = new Map<string, FieldTree[]>();
    const causing = plan(event.uid ?? '');
    if (causing === undefined || event.status !== 'published') return types;
    if (!liveChanges(causing, ways).includes(event.type)) return types;
    for (const uid of ways.showing(causing.uid)) {
      const type = affected(uid);
      if (type === undefined) continue;
      const wanting = asking.filter(({ events }) => events.some((one) => deps.wants(one, type)));
      if (wanting.length > 0)
        types.set(
          type,
          wanting.flatMap(({ fields }) => fields?.[uid] ?? []),
        );
    }
    return types;
  };

  const isAsked = (event: UnmatchedEvent): boolean =>
    event.uid !== null &&
    event.documentId !== null &&
    deps.catalog().plan(event.uid) !== undefined &&
    (asking.some(({ events, shownBy }) => shownBy && events.some((one) => deps.wants(one, event.type))) ||
      affectedBy(event).size > 0);

  const prepareOne = async (event: WaitingEvent): Promise<Prepared> => {
    const { uid, documentId, locale, status } = event;
    const version = { uid: uid ?? '', documentId: documentId ?? '', locale };
    const showing =
      event.shownBy ?? (await deps.read({ ...version, status: status === 'draft' ? 'draft' : 'published' }));
    const wanted = affectedBy(event);
    const affected = wanted.size === 0 ? [] : await deps.affected(event, showing, wanted);
    const left = showing.total - showing.entries.length;
    if (wanted.size > 0 && left > 0)
      deps.log(
        `event-webhooks: event ${event.messageId} affects ${left} entries more than the ${showing.entries.length} that are told of it`,
      );
    return { shownBy: deps.shownBy(showing), affected };
  };

  return {
    /** Whether other webhooks ask than those for which events were prepared; they are asked for from then on. */
    isNews(subscribers: readonly Subscriber[]): boolean {
      const now = subscribers.filter(asksWhoShows).map(({ events, shownBy, fields }) => ({
        ...{ events, shownBy },
        fields: asksForAffected(events) ? fields : null,
      }));
      const text = JSON.stringify(now);
      if (text === known) return false;
      asking = now;
      known = text;
      prepared = new Map();
      return now.length > 0;
    },

    /** Looks at the oldest unmatched events: those that the next batch takes. Throws what the database says. */
    async prepare(limit: number): Promise<void> {
      if (asking.length === 0) return;
      const before = prepared;
      const next = new Map<number, Prepared>();
      const until = performance.now() + turnMs;
      for (const event of await deps.waiting(limit)) {
        if (!isAsked(event)) continue;
        const one = before.get(event.id);
        if (one === undefined && next.size > 0 && performance.now() > until) break;
        next.set(event.id, one ?? (await prepareOne(event)));
      }
      prepared = next;
    },

    isReady: (event: UnmatchedEvent): boolean =>
      asking.length === 0 || prepared.has(event.id) || !isAsked(event),

    of: (eventId: number): Prepared | undefined => prepared.get(eventId),
  };
}

export type ShowingStep = ReturnType<typeof createShowingStep>;
