import type { UnmatchedEvent } from '../store/events';
import type { Interested, Match, Subscriber } from './match';
import { match } from './match';
import { leavesOut, toldByPublication } from './less-noise';

/** A webhook for which an event could not be written, and why. */
export interface Refused {
  webhookId: number;
  reason: string;
}

/** The progress of one event with more subscribed webhooks than a transaction can hold. */
export interface Cursor {
  eventId: number;
  /** Webhooks up to this id have their delivery; they are processed in the order of their ids. */
  after: number;
  refused: readonly Refused[];
}

/** `body` is the delivery's own, null if it is that of the event. */
export type MatchWithBody = Match & { body: string | null };

/** The rows that one transaction of the matcher writes. */
export interface Piece {
  rows: readonly MatchWithBody[];
  /** Events that have all their deliveries once this is written. */
  finished: readonly { event: UnmatchedEvent; refused: readonly Refused[] }[];
  /** Where the next batch continues within an event, or null. */
  cursor: Cursor | null;
}

export interface PieceDeps {
  interested(type: string): readonly Interested[];
  /** The body of a delivery whose webhook is not sent that of the event, or null. */
  ownBody(event: UnmatchedEvent, found: Pick<Match, 'unnamed' | 'tree' | 'shownBy'>): Promise<string | null>;
  /** Builds and saves the body if that has not been done yet. */
  ensureBody(event: UnmatchedEvent): Promise<void>;
  /** Whether the conditions of a webhook let this event through. */
  holds(event: UnmatchedEvent, webhook: Subscriber): Promise<boolean>;
  /** The event with this message id; null where it was not written. */
  byMessage(messageId: string): Promise<UnmatchedEvent | null>;
  othersTurn(): Promise<void>;
}

/**
 * A separate body is written once per row: 300 webhooks subscribed to everything would make 300 MiB of one
 * large event.
 */
const bytesAtMost = 4 * 1024 * 1024;

/**
 * Events without subscribed webhooks cost almost nothing; the event loop is released after this many anyway.
 */
const eventsATurn = 16;

/** Those whose conditions let the event through; the list itself where none has any. */
async function whoseConditionsHold(
  deps: PieceDeps,
  event: UnmatchedEvent,
  interested: readonly Interested[],
): Promise<readonly Interested[]> {
  if (interested.every(({ webhook }) => webhook.conditions === null)) return interested;
  // Conditions may be judged by the body, if the event is older than they are.
  if (!event.hasBody) await deps.ensureBody(event);
  const through: Interested[] = [];
  for (const one of interested) if (await deps.holds(event, one.webhook)) through.push(one);
  return through;
}

/** Those for which the event is no noise; the list itself where none asks for less. */
async function notForNoise(
  deps: PieceDeps,
  event: UnmatchedEvent,
  interested: readonly Interested[],
): Promise<readonly Interested[]> {
  const changed = interested.some(({ webhook }) => leavesOut(webhook, event))
    ? interested.filter(({ webhook }) => !leavesOut(webhook, event))
    : interested;
  const told = await toldByPublication(deps, event, changed);
  return told.size === 0 ? changed : changed.filter(({ webhook }) => !told.has(webhook.id));
}

/**
 * Collects rows of these events, oldest first, until `room` rows are found. A partly matched event continues
 * behind the cursor; the following events wait, so that ordered deliveries keep the order of the events.
 */
export async function gather(
  deps: PieceDeps,
  events: readonly UnmatchedEvent[],
  cursor: Cursor | null,
  room: number,
): Promise<Piece> {
  const rows: MatchWithBody[] = [];
  const finished: Piece['finished'][number][] = [];
  let bytes = 0;
  for (const [index, event] of events.entries()) {
    const begun = cursor?.eventId === event.id ? cursor : null;
    const interested = deps
      .interested(event.type)
      .filter(({ webhook }) => begun === null || webhook.id > begun.after);
    const through = await whoseConditionsHold(deps, event, await notForNoise(deps, event, interested));
    const left = match(event, through);
    // An event without subscribed webhooks is not sent, so its payload need not be built.
    if (left.length > 0) await deps.ensureBody(event);
    const before = rows.length;
    let hasOwn = false;
    for (const found of left) {
      const differs = found.unnamed || found.tree !== null || found.shownBy;
      const body = differs ? await deps.ownBody(event, found) : null;
      hasOwn ||= body !== null;
      if (rows.length >= room || (rows.length > 0 && bytes + (body?.length ?? 0) > bytesAtMost)) break;
      bytes += body?.length ?? 0;
      rows.push({ ...found, body });
    }
    const taken = rows.length - before;
    if (taken < left.length) {
      const last = left[taken - 1];
      const next = last && { eventId: event.id, after: last.webhookId, refused: begun?.refused ?? [] };
      return { rows, finished, cursor: next ?? begun };
    }
    finished.push({ event, refused: begun?.refused ?? [] });
    if (hasOwn || index % eventsATurn === eventsATurn - 1) await deps.othersTurn();
  }
  return { rows, finished, cursor: null };
}
