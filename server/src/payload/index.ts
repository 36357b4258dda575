/**
 * WHAT IS SENT: the one place that makes a body, for a real change, an announcement, a test or what is triggered by hand.
 * It sends nothing and signs nothing, and decides of no webhook but which accounts it may be told.
 */
import type { CatalogRoom, TypePlan } from '../catalog';
import type { ContentRoom } from '../content';
import type { Context } from '../context';
import { othersTurn } from '../store/others-turn';
import type { Store } from '../store';
import { isRowFault } from '../store/connection';
import { partsOf } from '../store/statements';
import type { EventRow } from '../store/events';
import { createBodyFor } from './body-for';
import { composeDeferred } from './deferred-body';
import { createEntryBody } from './entry-body';
import { createRequests } from './requests';

/** Events that one request tells, where all are sent. */
const togetherAtMost = 1000;

/** Of those so many are read at once: a body may have a megabyte. */
const eventsAtOnce = 20;

export function openPayload(
  { links, maxBodyBytes, now, store }: Context,
  { catalog, content }: { catalog: CatalogRoom; content: ContentRoom },
) {
  const bodyFor = createBodyFor({ catalog: catalog.current });
  const ofEntries = {
    rows: content.rows,
    links,
    signed: content.signedFiles.ofEntry,
    now,
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
    bodyOf: createEntryBody({ ...ofEntries, catalog: catalog.current }),
    /** The body of an event that is not in the catalog, for a real entry; its plan is that of a trial. */
    trialBody: (plan: TypePlan) =>
      createEntryBody({
        ...ofEntries,
        catalog: () => ({
          plan: (uid) => (uid === plan.uid ? plan : undefined),
          code: () => undefined,
        }),
      }),
    deferred: (event: EventRow) =>
      composeDeferred({ event, catalog: catalog.current(), links: links(), maxBodyBytes }),
  };
}

/** The newest events that became one delivery, oldest first: no more than one request may hold. */
async function eventsOfGroup({ database, deliveries, events }: Store, group: string, maxBytes: number) {
  const together = await deliveries.ofGroup(database.pool(), group, togetherAtMost);
  const ids = together.flatMap(({ eventId }) => eventId ?? []).sort((a, b) => b - a);
  const found: EventRow[] = [];
  let bytes = 0;
  for (const part of partsOf(ids, eventsAtOnce)) {
    const read = await events.findMany(database.pool(), part);
    found.push(...read);
    bytes += read.reduce((sum, { body }) => sum + (body?.length ?? 0), 0);
    if (bytes > maxBytes) break;
  }
  return found.sort((a, b) => a.id - b.id);
}

export type PayloadRoom = ReturnType<typeof openPayload>;

export type { BodyFor } from './body-for';
export type { EntryBodyOf } from './entry-body';
export { rowOf, storedRequest } from './requests';
export type { RequestedDelivery, Requests } from './requests';
export { eventBody, standardBody } from './standard';
