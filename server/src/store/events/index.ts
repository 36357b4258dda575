/**
 * EVENTS, one file a verb: capture writes them in the content's own transaction, matching takes them from there or sets
 * them aside, and the log finds them. Who gets them stands in `store/deliveries`.
 */
import type { Database } from '../connection';
import { eventFind } from './find';
import { eventMatch } from './match';
import { eventSetAside } from './set-aside';
import { eventWrite } from './write';

export type { StoredFacts } from './row';
export type { EventRow, NewEvent, StoredShowing, UnmatchedEvent, WaitingEvent } from './row';
export { fromEventRow, withoutEntry } from './row';

export const createEventStore = (database: Database) => ({
  ...eventWrite(database),
  ...eventMatch(database),
  ...eventSetAside(database),
  ...eventFind(database),
});

export type EventStore = ReturnType<typeof createEventStore>;
