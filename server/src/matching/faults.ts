import type { UnmatchedEvent } from '../store/events';
import type { MatchWithBody } from './piece';

/** A webhook sends in order that was not locked: the batch is restarted. */
export class OrderIsNew extends Error {}

/** A business event made on the screen was added, changed or deleted meanwhile: the batch is restarted. */
export class DefinitionsAreNew extends Error {}

/** This event cannot be matched because of its values. */
export class EventFault extends Error {
  constructor(
    readonly event: UnmatchedEvent,
    override readonly cause: unknown,
  ) {
    super('an event cannot be matched');
  }
}

/** The database refuses one of these rows because of its values. */
export class RowsRefused extends Error {
  constructor(
    readonly rows: readonly MatchWithBody[],
    override readonly cause: unknown,
  ) {
    super('a delivery cannot be stored');
  }
}

/** An error thrown by code of the event counts as the event's fault. */
export function ofTheEvent<T>(event: UnmatchedEvent, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new EventFault(event, error);
  }
}
