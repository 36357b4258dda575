/**
 * WHAT IS SENT: the one place that makes a body, for a real change, an announcement, a test or what is triggered by hand.
 * It sends nothing and signs nothing, and decides of no webhook but which accounts it may be told.
 */
import type { ShownBy } from '../../../contracts';
import type { CatalogRoom, TypePlan } from '../catalog';
import type { ContentRoom } from '../content';
import type { Context } from '../context';
import { othersTurn } from '../store/others-turn';
import type { Store } from '../store';
import { isRowFault } from '../store/connection';
import { partsOf } from '../store/statements';
import type { EventRow, StoredShowing } from '../store/events';
import { createAffectedEvents } from './affected';
import { createBodyFor } from './body-for';
import { composeDeferred } from './deferred-body';
import { createEntryBody } from './entry-body';
import { createRequests } from './requests';
import type { GroupedEvent } from './requests';
import { sampleShownBy, shownByOf, withShownBy } from './shown-by';

/** Events that one request tells, where all are sent. */
const togetherAtMost = 1000;

/** Of those so many are read at once: a body may have a megabyte. */
const eventsAtOnce = 20;

export function openPayload(
  { links, log, maxBodyBytes, maxEventBytes, now, store }: Context,
  { catalog, content }: { catalog: CatalogRoom; content: ContentRoom },
) {
  const bodyFor = createBodyFor({ catalog: catalog.current, maxBodyBytes });
  const ofEntries = {
    rows: content.rows,
    coreEntries: content.coreEntries,
    links,
    signed: content.signedFiles.ofEntry,
    now,
    log,
    maxBodyBytes,
  };
  return {
    bodyFor,
    /** What is sent in another format than the standard one. */
    requests: createRequests({
      catalog: catalog.current,
      links,
      bodyFor,
      events: (ids) => store.events.findMany(store.database.pool(), ids),
      isRowFault,
      eventsOfGroup: (group, maxBytes) => eventsOfGroup(store, group, maxBytes),
      maxBodyBytes,
      save: (rendered) => store.deliveries.saveRequests(store.database.pool(), rendered),
      othersTurn,
    }),
    /** The events of entries that show what changed. */
    affected: createAffectedEvents({
      ...{ catalog: catalog.current, rows: content.rows, now, maxBodyBytes, maxEventBytes, log },
    }),
    shownBy: (showing: StoredShowing) => shownByOf(showing, catalog.current()),
    /** A sample as a webhook gets it that asks who shows the entry. */
    withSampleShownBy: (body: string) =>
      withShownBy(body, sampleShownBy(body, catalog.current()), maxBodyBytes),
    withShownBy: (body: string, shownBy: ShownBy) => withShownBy(body, shownBy, maxBodyBytes),
    bodyOf: createEntryBody({ ...ofEntries, bodyFor, catalog: catalog.current }),
    /** The body of an event that is not in the catalog, for a real entry; its plan is that of a trial. */
    trialBody: (plan: TypePlan) =>
      createEntryBody({
        ...ofEntries,
        bodyFor: { of: (_webhook, event) => event.body },
        catalog: () => ({
          plan: (uid) => (uid === plan.uid ? plan : undefined),
          code: () => undefined,
          affected: () => undefined,
        }),
      }),
    deferred: (event: EventRow) =>
      composeDeferred({ event, catalog: catalog.current(), links: links(), log, maxBodyBytes }),
  };
}

/**
 * The newest events that became one delivery, oldest first, each with the body of its own delivery: no more than one
 * request may hold.
 */
async function eventsOfGroup({ database, deliveries, events }: Store, group: string, maxBytes: number) {
  const together = (await deliveries.ofGroup(database.pool(), group, togetherAtMost))
    .flatMap(({ id, eventId }) => (eventId === null ? [] : { id, eventId }))
    .sort((a, b) => b.eventId - a.eventId);
  const found: GroupedEvent[] = [];
  let bytes = 0;
  for (const part of partsOf(together, eventsAtOnce)) {
    const own = await deliveries.ownBodies(
      database.pool(),
      part.map(({ id }) => id),
    );
    const read = await events.findMany(
      database.pool(),
      part.map(({ eventId }) => eventId),
    );
    found.push(...read.map((event) => ({ event, own: own.get(event.id) ?? null })));
    bytes += read.reduce((sum, { id, body }) => sum + (own.get(id) ?? body ?? '').length, 0);
    if (bytes > maxBytes) break;
  }
  return found.sort((a, b) => a.event.id - b.event.id);
}

export type PayloadRoom = ReturnType<typeof openPayload>;

export { affectedCause } from './affected';
export { madeForOne } from './body-for';
export type { BodyFor, Telling } from './body-for';
export type { EntryBodyOf } from './entry-body';
export { rowOf, storedRequest, toldBy } from './requests';
export type { RequestedDelivery, Requests } from './requests';
export { selectedText, snapshotLimit } from './selected';
export { eventBody, standardBody } from './standard';
