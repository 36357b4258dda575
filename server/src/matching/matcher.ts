import type { Connection } from '../store/connection';
import type { EventRow, NewEvent } from '../store/events';
import type { NewDelivery } from '../store/deliveries';
import type { Line } from '../store/order';
import { lineName } from '../store/order';
import type { Match, Subscriber } from './match';
import { lineUp, match } from './match';
import type { Signing } from './signing';
import { reasonOf } from '../reason';

/** What matching asks of the store. */
export interface MatcherStore {
  transaction<T>(run: (trx: Connection) => Promise<T>): Promise<T>;
  pool(): Connection;
  lockUnmatched(trx: Connection, limit: number): Promise<EventRow[]>;
  markMatched(trx: Connection, ids: readonly number[], now: number): Promise<void>;
  setAside(connection: Connection, id: number, now: number, error: string): Promise<void>;
  saveBody(trx: Connection, id: number, body: string, thinReason: string | null): Promise<void>;
  subscribers(trx: Connection): Promise<readonly Subscriber[]>;
  /** Until the transaction ends nobody else adds to their lines or sets one of them free. */
  lockWebhooks(trx: Connection, ids: readonly number[]): Promise<unknown>;
  /** Names of those lines that hold somebody. */
  occupiedLines(trx: Connection, lines: readonly Line[]): Promise<ReadonlySet<string>>;
  insertDeliveries(trx: Connection, rows: readonly NewDelivery[]): Promise<void>;
  insertEvents(connection: Connection, events: readonly NewEvent[]): Promise<void>;
}

export interface MatcherDeps {
  store: MatcherStore;
  wants(pattern: string, eventType: string): boolean;
  /** Builds the body of an event whose payload is the site builder's own code; thin where that throws. */
  composeDeferred(event: EventRow): { body: string; thinReason: string | null };
  /**
   * The body for webhooks that did not name the event, where it is another one: accounts are told by their ids alone.
   */
  withoutAccounts(type: string, body: string): string | null;
  /** What comes before a batch where addresses of files are signed. */
  signing: Pick<Signing, 'prepare' | 'isReady'>;
  /** Announcements that were heard and not yet written. */
  takeAnnounced(): readonly NewEvent[];
  /** Whether an error tells of the database's present state (a lock, a lost connection), not of the row. */
  isTransient(error: unknown): boolean;
  now(): number;
  log(message: string): void;
  batchSize: number;
}

/**
 * Event rows in, delivery rows out; exactly once: rows are locked (or compared-and-set by `matched_at`), and
 * (event, webhook) is unique. There is no high-water mark, so a transaction that commits late is not passed
 * over. A row that cannot be matched is set aside and never blocks its batch.
 */
export function createMatcher(deps: MatcherDeps) {
  const { store } = deps;

  /** Webhooks that asked for order when they were last read. */
  let inOrder: readonly number[] = [];

  /**
   * Webhooks in order are locked before the events: so matchers of several instances take turns, and add to a line
   * in the order of the events.
   */
  const lockOrdered = async (trx: Connection): Promise<void> => {
    if (inOrder.length > 0) await store.lockWebhooks(trx, inOrder);
  };

  /** Throws `OrderIsNew` where one asks for order that is not locked. */
  const subscribersOf = async (trx: Connection): Promise<readonly Subscriber[]> => {
    const subscribers = await store.subscribers(trx);
    const locked = inOrder;
    inOrder = subscribers.filter(({ ordered }) => ordered).map(({ id }) => id);
    if (inOrder.some((id) => !locked.includes(id))) throw new OrderIsNew();
    return subscribers;
  };

  /** @returns how many events were matched; a full batch means there may be more. */
  const matchBatch = (limit: number): Promise<number> =>
    matchLocked(limit).catch((error: unknown) => {
      if (error instanceof OrderIsNew) return matchBatch(limit);
      throw error;
    });

  /** The body of an event that somebody wants; built now where it is the site builder's own code that builds it. */
  const bodyOf = async (
    trx: Connection,
    event: EventRow,
    found: readonly Match[],
  ): Promise<string | null> => {
    if (event.body !== null || found.length === 0) return event.body;
    const { body, thinReason } = deps.composeDeferred(event);
    await store.saveBody(trx, event.id, body, thinReason);
    return body;
  };

  /** A body stands once, in the event's row; who is not meant to get all of it gets one of its own. */
  const withBodies = (found: readonly Match[], type: string, body: string | null): MatchWithBody[] => {
    const isAsked = body !== null && found.some(({ unnamed }) => unnamed);
    const reduced = isAsked ? deps.withoutAccounts(type, body) : null;
    return found.map((one) => ({ ...one, body: one.unnamed ? reduced : null }));
  };

  const matchLocked = (limit: number): Promise<number> =>
    store.transaction(async (trx) => {
      await lockOrdered(trx);
      // Up to the first that is not ready: whoever asks for order gets them in the order in which they happened.
      const events = takeWhile(await store.lockUnmatched(trx, limit), deps.signing.isReady);
      if (events.length === 0) return 0;
      const subscribers = await subscribersOf(trx);
      const matches: MatchWithBody[] = [];
      for (const event of events) {
        const found = match(event, subscribers, deps.wants);
        matches.push(...withBodies(found, event.type, await bodyOf(trx, event, found)));
      }
      const now = deps.now();
      const lines = matches.flatMap(({ webhookId, orderKey }) =>
        orderKey === null ? [] : [{ webhookId, orderKey }],
      );
      const occupied = lines.length > 0 ? await store.occupiedLines(trx, lines) : new Set<string>();
      await store.insertDeliveries(
        trx,
        lineUp(matches, occupied, lineName).map((found) => ({
          ...found,
          test: false,
          dueAt: now,
          createdAt: now,
        })),
      );
      await store.markMatched(
        trx,
        events.map((event) => event.id),
        now,
      );
      return events.length;
    });

  /** After a batch was refused: one by one, and what is refused alone is set aside. */
  const matchOneByOne = async (): Promise<number> => {
    let done = 0;
    for (; done < deps.batchSize; done += 1) {
      try {
        if ((await matchBatch(1)) === 0) return done;
      } catch (error) {
        // A row is set aside for what it is, never for what the database is going through.
        if (deps.isTransient(error)) throw error;
        const reason = reasonOf(error);
        const [first] = await store.transaction((trx) => store.lockUnmatched(trx, 1));
        if (!first) return done;
        deps.log(`event-webhooks: event ${first.messageId} could not be matched and is set aside: ${reason}`);
        await store.setAside(store.pool(), first.id, deps.now(), reason);
      }
    }
    return done;
  };

  /** What was heard on the event hub becomes event rows. */
  const writeAnnounced = async (): Promise<void> => {
    const announced = deps.takeAnnounced();
    if (announced.length > 0) await store.insertEvents(store.pool(), announced);
  };

  return {
    writeAnnounced,

    /** Matches until nothing is left; stops early when `stopped()` says so. */
    async run(stopped: () => boolean): Promise<number> {
      await writeAnnounced();
      let total = 0;
      while (!stopped()) {
        await deps.signing.prepare(deps.batchSize);
        const done = await matchBatch(deps.batchSize).catch((error: unknown) => {
          if (deps.isTransient(error)) throw error;
          return matchOneByOne();
        });
        total += done;
        if (done < deps.batchSize) return total;
      }
      return total;
    },
  };
}

function takeWhile<T>(all: readonly T[], holds: (one: T) => boolean): readonly T[] {
  const end = all.findIndex((one) => !holds(one));
  return end === -1 ? all : all.slice(0, end);
}

/** `body` is the delivery's own, null where it is that of the event. */
type MatchWithBody = Match & { body: string | null };

/** A webhook asks for order that was not locked: the batch is begun anew. */
class OrderIsNew extends Error {}

export type Matcher = ReturnType<typeof createMatcher>;
