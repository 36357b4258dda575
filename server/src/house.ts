import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Core } from '@strapi/strapi';
import { version } from '../../package.json';
import { createAnnouncementCapture } from './capture/announcement-capture';
import { createDocumentCapture } from './capture/document-capture';
import { createEventWriter } from './capture/event-writer';
import { createInterest } from './capture/interest';
import { createRowCapture } from './capture/row-capture';
import { createRows } from './capture/rows';
import { createSilence } from './capture/silence';
import { contentEventData } from './catalog/content-event-data';
import { matchesSubscription } from './catalog/subscription';
import type { Catalog, Links } from './catalog/types';
import { evaluate } from './conditions/evaluate';
import { parseConfig } from './config';
import { pluginId } from './constants';
import { compileAddressPolicy } from './delivery/address-guard';
import { send as sendOne } from './delivery/deliver';
import { createHttpClient } from './delivery/http-client';
import { mask } from './delivery/mask';
import { standardBody } from './delivery/payload/standard';
import { newSecret, verify } from './delivery/signature';
import { createWorker } from './delivery/worker';
import { gateState, skipsNewEvents } from './gate/gate';
import { createInboxMiddleware } from './inbox/middleware';
import { inboxTokenOf } from './inbox/token';
import { createMatcher } from './matching/matcher';
import { createDatabaseEngine } from './queue/database-engine';
import { createOutcomeWriter } from './queue/outcome-writer';
import { createCatalogOf, rememberDeclaration } from './catalog-of';
import { composeDeferred } from './capture/deferred-body';
import { createCoreWebhooksService } from './services/core-webhooks';
import { createDeliveriesService } from './services/deliveries';
import { createEventTypesService } from './services/event-types';
import { createEventsService } from './services/events';
import { createInboxService } from './services/inbox';
import { createSecretBox } from './services/secret-box';
import { createTestEventService } from './services/test-event';
import { createUrlCheck } from './services/url-check';
import { createWebhooksService } from './services/webhooks';
import { createStore } from './store';
import { isTransient } from './store/connection';
import { createInboxStore } from './store/inbox';
import type { WebhookRow } from './store/webhooks';

/** Events and outcomes a statement: larger batches raise an editor's save on SQLite (256: 11.7 ms, 64: 7.1 ms). */
const batchSize = 64;

/**
 * Wires the rooms of one Strapi together. Made in `bootstrap()`, when the database is there; nothing starts by
 * making it.
 */
export function createHouse(strapi: Core.Strapi) {
  const config = parseConfig(strapi.config.get(`plugin::${pluginId}`));
  const log = {
    info: (message: string) => strapi.log.info(message),
    warn: (message: string) => strapi.log.warn(message),
  };
  const now = () => Date.now();
  const store = createStore(strapi);
  const inboxStore = createInboxStore(store.database);
  const box = createSecretBox(strapi);

  const serverUrl = (): string => strapi.config.get<string>('server.absoluteUrl', '').replace(/\/$/, '');
  const links = (): Links => ({
    serverUrl: serverUrl(),
    adminUrl: strapi.config.get<string>('admin.absoluteUrl', `${serverUrl()}/admin`).replace(/\/$/, ''),
  });
  const newMessageId = () => `msg_${randomUUID().replaceAll('-', '')}`;

  let catalog: Catalog = createCatalogOf(strapi, config, links());
  const getCatalog = () => catalog;
  const matches = (pattern: string, type: { type: string; sensitive: boolean }) =>
    matchesSubscription(pattern, type.type, type.sensitive);

  const silence = createSilence({ processWide: process.env.EVENT_WEBHOOKS_CAPTURE === 'off', log: log.info });
  const interest = createInterest({
    catalog: getCatalog,
    subscriptions: async () => (await store.webhooks.all(store.database.pool())).map((row) => row.events),
    matches,
  });

  const rows = createRows(strapi);
  const insert = store.events.insert;
  const wake = () => engine.wake();
  const writer = createEventWriter({
    catalog: getCatalog,
    interest,
    rows,
    evaluate,
    links,
    contentData: contentEventData,
    compose: standardBody,
    newMessageId,
    now,
    maxBodyBytes: config.capture.maxBodyBytes,
  });
  const capturing = { strapi, catalog: getCatalog, interest, rows, writer, silence, insert, wake };
  const documents = createDocumentCapture(capturing);
  const rowCapture = createRowCapture({ ...capturing, handledElsewhere: documents.handles });
  const announcements = createAnnouncementCapture({
    strapi,
    catalog: getCatalog,
    interest,
    silence,
    compose: standardBody,
    newMessageId,
    now,
    wake,
  });

  const guard = compileAddressPolicy({
    allow: config.addresses.allow,
    // `strapi develop` alone relaxes it: NODE_ENV says nothing, `strapi start` leaves it at development.
    allowPrivate: config.addresses.allowPrivate || strapi.config.get('autoReload') === true,
  });
  const isInbox = (url: string): boolean => config.inbox.enabled && inboxTokenOf(url, [serverUrl()]) !== null;
  const http = createHttpClient({
    guard,
    responseCapBytes: config.delivery.responseBytes,
    connectionsPerOrigin: config.delivery.concurrency,
    route: (url) => (isInbox(url.href) ? ownListener(strapi) : null),
  });
  const sending = {
    http,
    now,
    random: Math.random,
    version,
    responseBytes: config.delivery.responseBytes,
    mask,
  };

  const renewCatalog = async (): Promise<void> => {
    catalog = createCatalogOf(strapi, config, links());
    await interest.refresh();
  };

  const eventTypes = createEventTypesService({
    catalog: getCatalog,
    subscriptions: () => store.webhooks.all(store.database.pool()),
    matches,
  });
  const checkUrl = createUrlCheck({ guard, isInbox });
  const webhooks = createWebhooksService({
    store,
    box,
    newSecret,
    now,
    knownSubscription: eventTypes.known,
    checkUrl,
    changed: async () => {
      await interest.refresh();
      wake();
    },
  });

  const outcomes = createOutcomeWriter({ record: store.outcomes.record, log: log.warn, batchSize });
  const worker = createWorker({
    ...sending,
    record: outcomes.add,
    gateOf: (id) => store.webhooks.find(store.database.pool(), id),
    patchGate: (id, patch) => store.webhooks.patchGate(store.database.pool(), id, patch),
    log: log.warn,
  });

  const matcher = createMatcher({
    store: {
      transaction: store.database.transaction,
      pool: store.database.pool,
      lockUnmatched: store.events.lockUnmatched,
      markMatched: store.events.markMatched,
      setAside: store.events.setAside,
      saveBody: store.events.saveBody,
      insertDeliveries: store.deliveries.insertOnce,
      insertEvents: store.events.insert,
      subscribers: async (trx) =>
        (await store.webhooks.all(trx)).map((row) => ({ ...row, skips: skipsNewEvents(row) })),
    },
    wants: (pattern, type) => matches(pattern, catalog.get(type) ?? { type, sensitive: false }),
    composeDeferred: (event) =>
      composeDeferred({
        event,
        catalog,
        links: links(),
        compose: standardBody,
        contentData: contentEventData,
        maxBodyBytes: config.capture.maxBodyBytes,
      }),
    takeAnnounced: announcements.take,
    isTransient,
    now,
    log: log.warn,
    batchSize,
  });

  const sendingWebhook = (row: WebhookRow) => {
    const open = webhooks.opened(row);
    if (!open) return [];
    return [
      {
        id: row.id,
        name: row.name,
        url: row.url,
        ...open,
        timeoutMs: (row.timeoutSeconds ?? config.delivery.timeoutSeconds) * 1000,
        retryScheduleSeconds: row.retryScheduleSeconds ?? config.delivery.retryScheduleSeconds,
      },
    ];
  };

  const engine = createDatabaseEngine({
    openWebhooks: async (at) =>
      (await store.webhooks.all(store.database.pool()))
        .filter((row) => gateState(row, at).state === 'active')
        .flatMap(sendingWebhook),
    claim: store.deliveries.claim,
    bodies: (ids) => store.events.bodies(store.database.pool(), ids),
    release: store.deliveries.release,
    returnExpired: store.deliveries.returnExpired,
    nextDue: store.deliveries.nextDue,
    match: matcher.run,
    deliver: worker,
    now,
    log: log.warn,
    concurrency: config.delivery.concurrency,
    perWebhook: config.delivery.perWebhook,
    pollMs: config.delivery.pollSeconds * 1000,
    batchSize,
  });

  const knownSecrets = async (): Promise<string[]> =>
    (await webhooks.known()).flatMap(({ secrets, secretHeaders }) => [...secrets, ...secretHeaders]);
  const inbox = createInboxService({
    store: inboxStore,
    serverUrl,
    now,
    random: randomBytes,
    mask: async (text) => mask(text, await knownSecrets()),
  });

  return {
    /** Set when the timers run. */
    stopTimers: (): void => undefined,
    config,
    store,
    silence,
    interest,
    engine,
    http,
    /** For a process that does not deliver: nobody else writes what it heard. */
    writeAnnounced: matcher.writeAnnounced,
    capture: { documents, rows: rowCapture, announcements },
    inboxMiddleware: createInboxMiddleware({
      store: inboxStore,
      secrets: { secretsOf: webhooks.known },
      verify,
      serverUrl,
      now,
      onError: (error) => log.warn(`event-webhooks: the inbox could not keep a request: ${String(error)}`),
    }),
    /** Reads the catalog anew: other plugins add their events to Strapi's allowed ones while they start. */
    renewCatalog,
    services: {
      events: createEventsService({
        strapi,
        catalog: getCatalog,
        interest,
        silence,
        rows,
        links,
        declare: async (declaration) => {
          catalog.register(declaration);
          // Remembered for when the catalog is made anew.
          rememberDeclaration(strapi, declaration);
          await interest.refresh();
        },
        compose: standardBody,
        insert,
        newMessageId,
        now,
        maxBodyBytes: config.capture.maxBodyBytes,
        wake,
      }),
      eventTypes,
      webhooks,
      inbox,
      checkUrl,
      testEvents: createTestEventService({
        store,
        sample: eventTypes.sample,
        find: webhooks.find,
        opened: webhooks.opened,
        checkUrl,
        send: (parcel) => sendOne(sending, parcel),
        compose: standardBody,
        newSecret,
        newTestId: () => newMessageId().replace('msg_', 'msg_test_'),
        now,
        defaultTimeoutSeconds: config.delivery.timeoutSeconds,
      }),
      deliveries: createDeliveriesService({
        store,
        eventName: eventTypes.name,
        defaultSchedule: config.delivery.retryScheduleSeconds,
        now,
        wake,
      }),
      coreWebhooks: createCoreWebhooksService({ strapi, store, webhooks }),
    },
  };
}

export type House = ReturnType<typeof createHouse>;

const houses = new WeakMap<Core.Strapi, House>();

export const keepHouse = (strapi: Core.Strapi, house: House): void => void houses.set(strapi, house);

/** Throws before `bootstrap()`: the database is not there yet. */
export function houseOf(strapi: Core.Strapi): House {
  const house = houses.get(strapi);
  if (!house) throw new Error('event-webhooks: used before Strapi has bootstrapped the plugin');
  return house;
}

export const hasHouse = (strapi: Core.Strapi): boolean => houses.has(strapi);

/** Where this process itself listens; deliveries to our own inbox are dialled there. */
function ownListener(strapi: Core.Strapi): { host: string; port: number } | null {
  const address = strapi.server.httpServer.address() as AddressInfo | string | null;
  if (address === null || typeof address === 'string') return null;
  const everywhere = address.address === '0.0.0.0' || address.address === '::';
  return { host: everywhere ? '127.0.0.1' : address.address, port: address.port };
}
