import type { Connection } from '../store/connection';
import type { NewEvent, UnmatchedEvent } from '../store/events';
import type { ShowingStep } from './showing';

export interface ShownWritesStore {
  /** Of these message ids those that have an event. */
  knownEvents(trx: Connection, messageIds: readonly string[]): Promise<ReadonlySet<string>>;
  insertEvents(trx: Connection, events: readonly NewEvent[]): Promise<void>;
}

export interface ShownWritesDeps {
  store: ShownWritesStore;
  showing: Pick<ShowingStep, 'of'>;
}

/** What a batch writes of what was found before it: the events that follow from a change. */
export function createShownWrites({ store, showing }: ShownWritesDeps) {
  return {
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
