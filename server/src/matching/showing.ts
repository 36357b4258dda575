import type { FieldTree, ShownBy } from '../../../contracts';
import { liveChanges } from '../catalog';
import type { Catalog } from '../catalog';
import { reasonOf } from '../reason';
import { unknownShowing } from '../showing';
import type { ShownVersion } from '../showing';
import type { NewEvent, StoredShowing, UnmatchedEvent, WaitingEvent } from '../store/events';
import { asksForAffected } from './asks';
import type { Subscriber } from './match';

export interface ShowingStepDeps {
  catalog(): Catalog;
  wants(pattern: string, eventType: string): boolean;
  /** The oldest unmatched events; nothing is locked. */
  waiting(limit: number): Promise<readonly WaitingEvent[]>;
  /** Which entries show this version, as it is stored now. */
  read(version: ShownVersion): Promise<StoredShowing>;
  /**
   * The events of these types, of the entries that show what changed, each with what these trees tell of the entry.
   *
   * @param isLast whether entries that the database does not let read now are told without their content
   */
  affected(
    cause: WaitingEvent,
    showing: StoredShowing,
    wanted: ReadonlyMap<string, readonly FieldTree[]>,
    isLast: boolean,
  ): Promise<NewEvent[]>;
  shownBy(showing: StoredShowing): ShownBy;
  log(message: string): void;
  /** Milliseconds, for the pauses between turns. */
  elapsed(): number;
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

/** An event that cannot be prepared is tried so often, and no sooner than after this pause; then it goes on without. */
const triesAtMost = 3;
const pauseMs = 1000;

const asksWhoShows = ({ events, shownBy }: Pick<Asking, 'events' | 'shownBy'>): boolean =>
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
  /** The event that could not be prepared when it was last tried. */
  let failing: { id: number; tries: number; at: number } | null = null;

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

  const prepareOne = async (event: WaitingEvent, isLast: boolean): Promise<Prepared> => {
    const { uid, documentId, locale, status } = event;
    const version = { uid: uid ?? '', documentId: documentId ?? '', locale };
    const showing =
      event.shownBy ?? (await deps.read({ ...version, status: status === 'draft' ? 'draft' : 'published' }));
    const wanted = affectedBy(event);
    const affected = wanted.size === 0 ? [] : await deps.affected(event, showing, wanted, isLast);
    const left = showing.total - showing.entries.length;
    if (wanted.size > 0 && left > 0)
      deps.log(
        `event-webhooks: event ${event.messageId} affects ${left} entries more than the ${showing.entries.length} that are told of it`,
      );
    return { shownBy: deps.shownBy(showing), affected };
  };

  /** Null where it has to be tried once more: until then it holds up what comes after it, and no longer. */
  const tryOne = async (event: WaitingEvent): Promise<Prepared | null> => {
    const before = failing?.id === event.id ? failing : { tries: 0, at: -Infinity };
    if (deps.elapsed() - before.at < pauseMs) return null;
    const tries = before.tries + 1;
    const isLast = tries === triesAtMost;
    try {
      return await prepareOne(event, isLast);
    } catch (error) {
      deps.log(
        `event-webhooks: what shows the entry of event ${event.messageId} could not be read, ` +
          `${isLast ? 'and it is sent without it' : 'and is tried again'}: ${reasonOf(error)}`,
      );
      if (isLast) return { shownBy: deps.shownBy(event.shownBy ?? unknownShowing), affected: [] };
      failing = { id: event.id, tries, at: deps.elapsed() };
      return null;
    }
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

    /**
     * Looks at the oldest unmatched events: those that the next batch takes, up to one that cannot be prepared yet. Throws
     * where these cannot be read.
     */
    async prepare(limit: number): Promise<void> {
      if (asking.length === 0) return;
      const before = prepared;
      const next = new Map<number, Prepared>();
      const until = deps.elapsed() + turnMs;
      for (const event of await deps.waiting(limit)) {
        if (!isAsked(event)) continue;
        const known = before.get(event.id);
        if (known === undefined && next.size > 0 && deps.elapsed() > until) break;
        const one = known ?? (await tryOne(event));
        if (one === null) break;
        next.set(event.id, one);
      }
      prepared = next;
    },

    isReady: (event: UnmatchedEvent): boolean =>
      asking.length === 0 || prepared.has(event.id) || !isAsked(event),

    of: (eventId: number): Prepared | undefined => prepared.get(eventId),
  };
}

export type ShowingStep = ReturnType<typeof createShowingStep>;
