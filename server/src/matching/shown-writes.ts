import type { ShownBy } from '../../../contracts';
import type { Connection } from '../store/connection';
import type { EventRow, NewEvent, UnmatchedEvent } from '../store/events';
import { ofTheEvent } from './faults';
import type { ShowingStep } from './showing';

export interface ShownWritesStore {
  /** With its texts. */
  event(trx: Connection, id: number): Promise<EventRow | null>;
  /** Of these message ids those that have an event. */
  knownEvents(trx: Connection, messageIds: readonly string[]): Promise<ReadonlySet<string>>;
  insertEvents(trx: Connection, events: readonly NewEvent[]): Promise<void>;
}

export interface ShownWritesDeps {
  store: ShownWritesStore;
  showing: Pick<ShowingStep, 'of'>;
  /** The body with who shows the entry. */
  withShownBy(body: string, shownBy: ShownBy): string;
}

/** What a batch writes of what was found before it: who shows an entry, and the events that follow from its change. */
export function createShownWrites({ store, showing, withShownBy }: ShownWritesDeps) {
  return {
    /** The body with who shows the entry; `reduced` is the copy without accounts, where that is what is sent. */
    async bodyOf(trx: Connection, event: UnmatchedEvent, reduced: string | null): Promise<string | null> {
      const shownBy = showing.of(event.id)?.shownBy;
      const body = shownBy && (reduced ?? (await store.event(trx, event.id))?.body);
      return shownBy && body ? ofTheEvent(event, () => withShownBy(body, shownBy)) : reduced;
    },

    /** In the transaction that marks these as matched: both are there, or none. */
    async writeAffected(trx: Connection, finished: readonly { event: UnmatchedEvent }[]): Promise<void> {
      const affected = finished.flatMap(({ event }) => showing.of(event.id)?.affected ?? []);
      if (affected.length === 0) return;
      // An event that was set aside is matched a second time.
      const known = await store.knownEvents(
        trx,
        affected.map(({ messageId }) => messageId),
      );
      await store.insertEvents(
        trx,
        affected.filter(({ messageId }) => !known.has(messageId)),
      );
    },
  };
}
