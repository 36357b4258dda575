import type { Connection } from '../store/connection';
import type { EventRow, UnmatchedEvent } from '../store/events';
import type { NewDelivery } from '../store/deliveries';
import type { Line } from '../store/order';
import { lineName } from '../store/order';
import { othersTurn } from '../store/others-turn';
import { createPace } from '../store/pace';
import { asksForAffected } from './asks';
import { collapsed } from './collapse';
import type { CollapseStore } from './collapse';
import { DefinitionsAreNew, EventFault, ofTheEvent, OrderIsNew, RowsRefused } from './faults';
import { createInterests } from './interests';
import { createJudge } from './judge';
import type { JudgeDeps } from './judge';
import type { Meaning, Subscriber } from './match';
import { lineUp } from './match';
import { createOwnBodies } from './own-body';
import type { OwnBodyDeps } from './own-body';
import { gather } from './piece';
import type { Cursor, MatchWithBody, Piece } from './piece';
import { createShownWrites } from './shown-writes';
import type { ShownWritesStore } from './shown-writes';
import type { ShowingStep } from './showing';
import type { Signing } from './signing';
import { reasonOf } from '../reason';

/** The parts of the store that matching uses. */
export interface MatcherStore extends CollapseStore, ShownWritesStore {
  transaction<T>(run: (trx: Connection) => Promise<T>): Promise<T>;
  pool(): Connection;
  lockUnmatched(trx: Connection, limit: number): Promise<UnmatchedEvent[]>;
  /** With its texts. */
  event(trx: Connection, id: number): Promise<EventRow | null>;
  /** By its message id, matched or not. */
  byMessage(trx: Connection, messageId: string): Promise<UnmatchedEvent | null>;
  markMatched(trx: Connection, ids: readonly number[], now: number): Promise<void>;
  setAside(connection: Connection, id: number, now: number, error: string): Promise<void>;
  saveBody(trx: Connection, id: number, body: string, thinReason: string | null): Promise<void>;
  /** Ordered by id. */
  subscribers(trx: Connection): Promise<readonly Subscriber[]>;
  /** Until the transaction ends nobody else adds to their ordered deliveries or releases one. */
  lockWebhooks(trx: Connection, ids: readonly number[]): Promise<unknown>;
  /** Those of the order keys that have unfinished deliveries. */
  occupiedLines(trx: Connection, lines: readonly Line[]): Promise<ReadonlySet<string>>;
  insertDeliveries(trx: Connection, rows: readonly NewDelivery[]): Promise<void>;
  /** For those of these webhooks that were deleted meanwhile, cancels the deliveries written for them. */
  cancelOfGone(webhookIds: readonly number[]): Promise<void>;
}

export interface MatcherDeps extends JudgeDeps, Omit<OwnBodyDeps, 'store' | 'showing'> {
  store: MatcherStore;
  wants(pattern: string, eventType: string): boolean;
  /** Business events made on the screen: another instance may have captured one that was saved a moment ago. */
  businessEvents: {
    isCurrent(trx: Connection): Promise<boolean>;
    refresh(): Promise<unknown>;
  };
  /** Of an event type: its content type, and its merging for webhooks that have none of their own. */
  ofType(type: string): Omit<Meaning, 'wants'>;
  /** Builds the body of an event with a payload function of the site builder; thin if that throws. */
  composeDeferred(event: EventRow): { body: string; thinReason: string | null };
  /** The step before a batch in which file URLs are signed. */
  signing: Pick<Signing, 'prepare' | 'isReady'>;
  /** The step before a batch in which is read who shows what changed. */
  showing: ShowingStep;
  /** Writes announced events that are not written yet. */
  writeAnnounced(): Promise<void>;
  /** Deliveries that were written just now, and wait to be sent. Never rejects. */
  saw(made: readonly MatchWithBody[]): Promise<void>;
  /** Whether the database refuses a row because of its values rather than its own state. */
  isRowFault(error: unknown): boolean;
  now(): number;
  log(message: string): void;
  /** Maximum number of events in one batch. */
  batchSize: number;
  /** Target milliseconds of a batch's transaction: its number of rows is adjusted. */
  transactionMs: number;
}

/** Maximum number of deliveries that one transaction writes, however many webhooks are subscribed. */
export const rowsAtMost = 500;

/** Rows per transaction; adjusted by how long the previous ones took. */
const rowsPace = { atFirst: 100, atLeast: 50, atMost: rowsAtMost };

/** After so many batches the loop handles due deliveries: they do not wait for the whole backlog. */
const piecesARun = 4;

/**
 * Turns event rows into delivery rows; exactly once: rows are locked (or compared-and-set by `matched_at`),
 * and (event, webhook) is unique. There is no high-water mark, so a transaction that commits late is not
 * missed.
 *
 * In batches: each is a transaction of bounded size, and between two of them others have their turn. An event
 * with more subscribed webhooks than a batch can hold takes several, and is marked in the last. The progress
 * is known to this process only: another process, or the same one after a crash, starts the event again, and
 * existing deliveries are not written twice. The webhooks are read for each batch; one that is created or
 * deleted while an event is matched gets it, or does not, depending on its batch.
 *
 * A row that cannot be stored because of its values is left out, and the event is marked with the reason:
 * other webhooks and other events are not affected.
 */
export function createMatcher(deps: MatcherDeps) {
  const { store } = deps;
  const interests = createInterests(deps.wants, deps.ofType);
  const shown = createShownWrites(deps);
  const pace = createPace({ ...rowsPace, ms: deps.transactionMs });

  /** Webhooks that sent in order, or collapsed events, when they were last read. */
  let inOrder: readonly number[] = [];
  let cursor: Cursor | null = null;
  let eventsAtOnce = deps.batchSize;
  /** Halved each time that rows are refused, until the faulty one is alone. */
  let careful = Infinity;
  const ownBodies = createOwnBodies(deps);

  /**
   * Ordered webhooks are locked before the events: so matchers of several instances take turns, and add
   * ordered deliveries in the order of the events.
   */
  const lockOrdered = async (trx: Connection): Promise<void> => {
    if (inOrder.length > 0) await store.lockWebhooks(trx, inOrder);
  };

  /** Throws `OrderIsNew` if a webhook sends in order that is not locked. */
  const subscribersOf = async (trx: Connection): Promise<readonly Subscriber[]> => {
    const subscribers = await store.subscribers(trx);
    const locked = inOrder;
    inOrder = subscribers
      .filter(({ ordered, collapse, events }) => ordered || collapse !== null || asksForAffected(events))
      .map(({ id }) => id);
    // Both are read before the batch; it is begun anew where something has to be read that was not.
    const isNews = deps.showing.isNews(subscribers);
    if (isNews || inOrder.some((id) => !locked.includes(id))) throw new OrderIsNew();
    return subscribers;
  };

  /** Built now if it needs the site builder's own code. */
  const ensureBody = async (trx: Connection, event: UnmatchedEvent): Promise<void> => {
    if (event.hasBody) return;
    const whole = await store.event(trx, event.id);
    if (!whole || whole.body !== null) return;
    const { body, thinReason } = ofTheEvent(event, () => deps.composeDeferred(whole));
    try {
      await store.saveBody(trx, event.id, body, thinReason);
    } catch (error) {
      throw deps.isRowFault(error) ? new EventFault(event, error) : error;
    }
    await othersTurn();
  };

  const write = async (trx: Connection, { rows, finished }: Piece): Promise<void> => {
    const now = deps.now();
    const lines = rows.flatMap(({ webhookId, orderKey }) =>
      orderKey === null ? [] : [{ webhookId, orderKey }],
    );
    const occupied = lines.length > 0 ? await store.occupiedLines(trx, lines) : new Set<string>();
    const deliveries = await collapsed(store, trx, lineUp(rows, occupied, lineName), now);
    try {
      await store.insertDeliveries(
        trx,
        deliveries.map((found) => ({ ...found, test: false, createdAt: now })),
      );
    } catch (error) {
      throw deps.isRowFault(error) ? new RowsRefused(rows, error) : error;
    }
    await shown.writeAffected(trx, finished);
    const whole = finished.filter(({ refused }) => refused.length === 0);
    await store.markMatched(
      trx,
      whole.map(({ event }) => event.id),
      now,
    );
    for (const { event, refused } of finished)
      if (refused.length > 0)
        await store.setAside(
          trx,
          event.id,
          now,
          refused.map(({ webhookId, reason }) => `webhook ${webhookId}: ${reason}`).join('; '),
        );
  };

  /** One transaction. None of its results is kept before it has committed. */
  const matchPiece = async (limit: number, room: number): Promise<Matched> => {
    let began = 0;
    const done = await store.transaction(async (trx) => {
      began = performance.now();
      await lockOrdered(trx);
      const found = await store.lockUnmatched(trx, limit);
      // Up to the first that is not ready: ordered webhooks get the events in the order in which they
      // occurred.
      const signed = takeWhile(found, deps.signing.isReady);
      if (signed.length === 0) return { piece: nothing, mayBeMore: false };
      if (!(await deps.businessEvents.isCurrent(trx))) throw new DefinitionsAreNew();
      const interested = interests.among(await subscribersOf(trx));
      const events = takeWhile(signed, deps.showing.isReady);
      if (events.length === 0) return { piece: nothing, mayBeMore: false };
      const piece = await gather(
        {
          interested,
          ownBody: (event, found) => ownBodies.of(trx, event, found),
          ensureBody: (event) => ensureBody(trx, event),
          holds: createJudge(async ({ id }) => (await store.event(trx, id))?.body ?? null, deps.foreignPaths),
          byMessage: (messageId) => store.byMessage(trx, messageId),
          othersTurn,
        },
        events,
        cursor,
        room,
      );
      await write(trx, piece);
      const isWhole = piece.finished.length === events.length;
      return { piece, mayBeMore: !isWhole || (found.length === limit && events.length === found.length) };
    });
    return { ...done, tookMs: performance.now() - began };
  };

  /** @returns whether there may be more. */
  const nextPiece = async (limit: number): Promise<boolean> => {
    const { piece, mayBeMore, tookMs } = await matchPiece(limit, Math.min(pace.rows(), careful));
    cursor = piece.cursor;
    if (cursor === null) ownBodies.forget();
    careful = careful * 2 > rowsAtMost ? Infinity : careful * 2;
    if (piece.rows.length > 0) pace.took(piece.rows.length, tookMs);
    // Only as many are locked as a batch can hold; the next ones are free for another matcher.
    eventsAtOnce = Math.min(
      deps.batchSize,
      2 * (piece.cursor === null ? eventsAtOnce : Math.max(1, piece.finished.length)),
    );
    const waitedFor = piece.rows.filter(({ state }) => state !== 'skipped');
    if (waitedFor.length > 0)
      await store.cancelOfGone([...new Set(waitedFor.map(({ webhookId }) => webhookId))]);
    await deps.saw(waitedFor);
    return mayBeMore;
  };

  /** Skips the row that was refused: the cursor moves past it. */
  const passOver = (row: MatchWithBody, error: unknown): void => {
    const reason = reasonOf(error);
    deps.log(
      `event-webhooks: event ${row.messageId} could not be written for webhook ${row.webhookId}, and is set aside for it: ${reason}`,
    );
    const refused = cursor?.eventId === row.eventId ? cursor.refused : [];
    cursor = {
      eventId: row.eventId,
      after: row.webhookId,
      refused: [...refused, { webhookId: row.webhookId, reason }],
    };
  };

  /**
   * Rethrows errors that are not caused by a row: they come from the database's state, and matching is
   * repeated later.
   */
  const recover = async (error: unknown): Promise<void> => {
    if (error instanceof OrderIsNew) return;
    if (error instanceof DefinitionsAreNew) {
      await deps.businessEvents.refresh();
      interests.renew();
      return;
    }
    if (error instanceof EventFault) {
      const reason = reasonOf(error.cause);
      deps.log(
        `event-webhooks: event ${error.event.messageId} could not be matched and is set aside: ${reason}`,
      );
      await store.setAside(store.pool(), error.event.id, deps.now(), reason);
      return;
    }
    if (!(error instanceof RowsRefused)) throw error;
    const [first] = error.rows;
    if (error.rows.length === 1 && first) passOver(first, error.cause);
    careful = Math.max(1, Math.floor(error.rows.length / 2));
  };

  return {
    /**
     * Matches a few batches; stops early when `stopped()` says so.
     * @returns whether there may be more: the caller handles due deliveries, and comes back at once.
     */
    async run(stopped: () => boolean): Promise<boolean> {
      await deps.writeAnnounced();
      interests.renew();
      for (let pieces = 0; pieces < piecesARun && !stopped(); pieces += 1) {
        const limit = eventsAtOnce;
        await deps.signing.prepare(limit);
        await deps.showing.prepare(limit);
        try {
          if (!(await nextPiece(limit))) return false;
        } catch (error) {
          await recover(error);
        }
        await othersTurn();
      }
      return true;
    },
  };
}

interface Matched {
  piece: Piece;
  mayBeMore: boolean;
  tookMs: number;
}

const nothing: Piece = { rows: [], finished: [], cursor: null };

function takeWhile<T>(all: readonly T[], holds: (one: T) => boolean): readonly T[] {
  const end = all.findIndex((one) => !holds(one));
  return end === -1 ? all : all.slice(0, end);
}

export type Matcher = ReturnType<typeof createMatcher>;
