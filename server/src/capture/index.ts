/**
 * A CHANGE BECOMES AN EVENT ROW, in the change's own transaction. It knows which event types somebody wants, and no
 * webhook's URL; it writes no delivery.
 */
import type { CatalogRoom } from '../catalog';
import type { ContentRoom } from '../content';
import type { Context } from '../context';
import type { ShowingRoom } from '../showing';
import type { Connection } from '../store/connection';
import { createRowLocks } from '../store/row-lock';
import { createAnnouncementCapture } from './announcement-capture';
import { createCoreEntryOf } from './core-entry';
import { createDocumentCapture } from './document-capture';
import { createEventWriter } from './event-writer';
import { createEventsService } from './events';
import { createInterest } from './interest';
import { createRowCapture } from './row-capture';
import { createShownRows } from './shown-rows';
import { createSilence } from './silence';
import { createTried } from './tried';

export function openCapture(
  context: Context,
  { catalog, content, showing }: { catalog: CatalogRoom; content: ContentRoom; showing: ShowingRoom },
) {
  const { strapi, store, links, log, maxBodyBytes, maxEventBytes, newId, now, wake } = context;
  const { rows, coreEntries } = content;
  const silence = createSilence({ processWide: process.env.EVENT_WEBHOOKS_CAPTURE === 'off', log: log.info });
  const interest = createInterest({
    catalog: catalog.current,
    subscriptions: async () => store.webhooks.all(store.database.pool()),
  });
  const common = { strapi, catalog: catalog.current, interest, silence, wake };
  const writing = { newMessageId: newId, now, maxBodyBytes };
  const limits = { maxBodyBytes, maxEventBytes };
  const tried = createTried(context);
  const coreEntryOf = createCoreEntryOf({ interest, coreEntries, tried, ...limits });
  const { insert } = store.events;
  const capturing = {
    ...common,
    rows,
    shown: createShownRows({ interest, rows, showing, tried }),
    writer: createEventWriter({ ...writing, ...limits, interest, rows, coreEntryOf, links, log }),
    insert,
  };
  const documents = createDocumentCapture({
    ...capturing,
    coreEntries,
    tried,
    newMessageId: newId,
    locks: createRowLocks(store.database, (uid) => strapi.db.metadata.get(uid).tableName),
    within: store.savepoints.within,
    undoesAll: store.endsTransaction,
  });
  const rowCapture = createRowCapture({
    ...capturing,
    handledElsewhere: documents.handles,
    savepoints: store.savepoints,
    endsTransaction: store.endsTransaction,
    idStep: async () =>
      strapi.db.transaction(async ({ trx }) => store.database.idStep(trx as unknown as Connection)),
  });
  const announcements = createAnnouncementCapture({ ...common, newMessageId: newId, now });
  const declare = async (declaration: unknown): Promise<void> => {
    catalog.declare(declaration);
    await interest.refresh();
  };
  return {
    silence,
    interest,
    documents,
    rows: rowCapture,
    announcements,
    /** What a site builder's code calls. */
    events: createEventsService({ ...common, ...writing, rows, links, declare, insert }),

    /** Begins to hear of changes; never taken off: HTTP still accepts while plugins are destroyed. */
    start(): void {
      strapi.db.lifecycles.subscribe(documents.subscriber as never);
      strapi.db.lifecycles.subscribe(rowCapture.subscriber as never);
      strapi.eventHub.subscribe(announcements.listener);
    },

    /** After a change of webhooks. */
    async webhooksChanged(): Promise<void> {
      await interest.refresh();
      wake();
    },
  };
}

export type CaptureRoom = ReturnType<typeof openCapture>;

export { currentActor } from './actor';
export type { EventsService } from './events';
export { hostMiddlewares } from './middleware-host';
