import type { Connection } from '../store/connection';
import type { NewEvent, UnmatchedEvent } from '../store/events';
import type { EntryName } from '../store/published-entries';
import type { ShowingStep } from './showing';

export interface ShownWritesStore {
  /** Of these message ids those that have an event. */
  knownEvents(trx: Connection, messageIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Which of these entries are published now. */
  published(trx: Connection, entries: readonly EntryName[]): Promise<(entry: EntryName) => boolean>;
  insertEvents(trx: Connection, events: readonly NewEvent[]): Promise<void>;
}

export interface ShownWritesDeps {
  store: ShownWritesStore;
  showing: Pick<ShowingStep, 'of'>;
}

/** What a batch writes of what was found before it: the events that follow from a change. */
export function createShownWrites({ store, showing }: ShownWritesDeps) {
  return {
    /**
     * In the transaction that marks these as matched: both are there, or none. An entry that was deleted or unpublished
     * since it was read is told as that alone.
     */
    async writeAffected(trx: Connection, finished: readonly { event: UnmatchedEvent }[]): Promise<void> {
      const affected = finished.flatMap(({ event }) => showing.of(event.id)?.affected ?? []);
      if (affected.length === 0) return;
      // An event that was set aside is matched a second time.
      const known = await store.knownEvents(
        trx,
        affected.map(({ messageId }) => messageId),
      );
      const fresh = affected.filter(({ messageId }) => !known.has(messageId));
      const isPublished = await store.published(trx, fresh.map(entryOf));
      await store.insertEvents(
        trx,
        fresh.filter((event) => isPublished(entryOf(event))),
      );
    },
  };
}

const entryOf = ({ uid, documentId, locale }: NewEvent): EntryName => ({
  uid: uid ?? '',
  documentId: documentId ?? '',
  locale,
});
