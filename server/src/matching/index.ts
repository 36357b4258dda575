/**
 * WHICH WEBHOOKS WANT IT: event rows in, delivery rows out, in a transaction of its own. It sends nothing and does not
 * ask whether a webhook may send now.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { naturalCollapse } from '../../../contracts';
import type { CaptureRoom } from '../capture';
import type { BusinessEventsRoom } from '../business-events';
import { liveChanges, meaningOf } from '../catalog';
import type { CatalogRoom } from '../catalog';
import type { ContentRoom } from '../content';
import type { Context } from '../context';
import type { PrivateFiles } from '../files';
import { skipsNewEvents } from '../gate';
import type { PayloadRoom } from '../payload';
import type { ShowingRoom } from '../showing';
import type { Stop } from '../stops';
import type { Store } from '../store';
import { isRowFault } from '../store/connection';
import { othersTurn } from '../store/others-turn';
import { createSigningStore } from '../store/signing';
import { createAnnouncedWriter } from './announced';
import { createMatcher } from './matcher';
import type { MatcherDeps, MatcherStore } from './matcher';
import { createShowingStep } from './showing';
import { createSigning } from './signing';

/** Events a statement: larger batches raise an editor's save on SQLite (256: 11.7 ms, 64: 7.1 ms). */
const batchSize = 64;

/**
 * How long a batch may take. On SQLite saves and the event loop wait for it; elsewhere only its rows are locked, and
 * most of the time is spent waiting for the database.
 */
const transactionMs = { sqlite: 12, postgres: 100, mysql: 100 } as const;

/** Whoever goes away without a database has nowhere to write what was announced last. */
const lastWriteMs = 5000;

export interface MatchingDeps {
  catalog: CatalogRoom;
  businessEvents: BusinessEventsRoom;
  content: ContentRoom;
  files: PrivateFiles;
  payload: PayloadRoom;
  showing: ShowingRoom;
  announcements: CaptureRoom['announcements'];
  /** Deliveries that were made just now, each with who made the change. */
  saw: MatcherDeps['saw'];
}

export function openMatching({ store, now, log }: Context, deps: MatchingDeps) {
  const { catalog, businessEvents, content, files, payload, showing, announcements, saw } = deps;
  const writeAnnounced = createAnnouncedWriter({
    take: announcements.take,
    giveBack: announcements.giveBack,
    insert: (events) => store.database.transaction((trx) => store.events.insert(trx, events)),
    isRowFault,
    othersTurn,
    log: log.warn,
    batchSize,
  });
  const matcher = createMatcher({
    signing: createSigning({
      active: files.refresh,
      sign: content.signedFiles.ofEvents,
      ...createSigningStore(store.database),
    }),
    showing: createShowingStep({
      catalog: catalog.current,
      wants: catalog.wants,
      waiting: (limit) => store.events.waiting(store.database.pool(), limit),
      read: (version) => showing.of(store.database.pool(), version),
      affected: payload.affected,
      shownBy: payload.shownBy,
      log: log.warn,
      elapsed: () => performance.now(),
    }),
    withShownBy: payload.withShownBy,
    store: matcherStore(store, showing, now),
    wants: catalog.wants,
    businessEvents,
    ofType(type) {
      const { get, plan, ways } = catalog.current();
      const found = get(type);
      const changed = plan(found?.uid ?? '');
      return {
        meaning: found ? meaningOf(found) : null,
        collapse: found?.derived === true ? naturalCollapse : null,
        isLiveChange: changed !== undefined && liveChanges(changed, ways).includes(type),
      };
    },
    foreignPaths: catalog.foreignPaths,
    composeDeferred: payload.deferred,
    bodyFor: payload.bodyFor,
    writeAnnounced,
    saw,
    isRowFault,
    now,
    log: log.warn,
    batchSize,
    transactionMs: transactionMs[store.database.client],
  });
  const lastAnnounced = () => Promise.race([writeAnnounced(), pause(lastWriteMs, undefined, { ref: false })]);
  const stops: Stop[] = [['the writing of what was announced', lastAnnounced]];
  return {
    run: matcher.run,
    /** For a process that does not deliver: nobody else writes what it heard. */
    writeAnnounced,
    stops,
  };
}

export { leavesOut } from './less-noise';

export type MatchingRoom = ReturnType<typeof openMatching>;

/** The parts of the store that matching uses. */
const matcherStore = (
  { database, events, deliveries, order, webhooks }: Store,
  showing: ShowingRoom,
  now: () => number,
): MatcherStore => ({
  transaction: database.transaction,
  pool: database.pool,
  lockUnmatched: events.lockUnmatched,
  event: events.find,
  byMessage: events.byMessage,
  markMatched: events.markMatched,
  knownEvents: events.known,
  insertEvents: events.insert,
  published: showing.published,
  setAside: events.setAside,
  saveBody: events.saveBody,
  insertDeliveries: deliveries.insertOnce,
  lockWebhooks: order.lockWebhooks,
  occupiedLines: order.occupied,
  subscribers: async (trx) =>
    (await webhooks.subscribers(trx)).map((row) => ({ ...row, skips: skipsNewEvents(row) })),
  waitingToCollapse: deliveries.waitingToCollapse,
  collapse: deliveries.collapse,
  waitLonger: deliveries.waitLonger,
  cancelOfGone: async (webhookIds) => {
    // On SQLite nobody deletes a webhook in the midst of a transaction that has read it.
    if (database.client === 'sqlite') return;
    for (const id of await deliveries.goneWebhooks(webhookIds)) await deliveries.cancelOfWebhook(id, now());
  },
});
