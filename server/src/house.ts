import { randomBytes, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { AddressInfo } from 'node:net';
import type { Core } from '@strapi/strapi';
import { version } from '../../package.json';
import type { SettingsView } from '../../contracts';
import { createAnnouncementCapture } from './capture/announcement-capture';
import { createDocumentCapture } from './capture/document-capture';
import { createEventWriter } from './capture/event-writer';
import { createInterest } from './capture/interest';
import { createRowCapture } from './capture/row-capture';
import { facts } from './capture/compare';
import { withFileDetails } from './capture/file-rows';
import { createRows } from './capture/rows';
import type { Row } from './capture/rows';
import { createSilence } from './capture/silence';
import { firstOf } from './catalog/capped';
import { contentEventData } from './catalog/content-event-data';
import { withAddresses } from './catalog/files';
import { matchesSubscription } from './catalog/subscription';
import type { Catalog, Links } from './catalog/types';
import { evaluate } from './conditions/evaluate';
import { parseConfig } from './config';
import { pluginId, uids } from './constants';
import { currentActor } from './capture/actor';
import { compileAddressPolicy } from './delivery/address-guard';
import { send as sendOne } from './delivery/deliver';
import { createHttpClient } from './delivery/http-client';
import { mask, maskHeaders } from './delivery/mask';
import { readProxies } from './delivery/proxy';
import { standardBody } from './delivery/payload/standard';
import { newSecret, verify } from './delivery/signature';
import { createWebhookHealth } from './delivery/webhook-health';
import { createWorker } from './delivery/worker';
import type { World } from './gate/gate';
import { gateState, maxInFlight, skipsNewEvents } from './gate/gate';
import { createInboxMiddleware } from './inbox/middleware';
import { inboxTokenOf } from './inbox/token';
import { createMatcher } from './matching/matcher';
import { createSigning } from './matching/signing';
import { createBullmqEngine } from './queue/bullmq-engine';
import type { EngineDeps } from './queue/contract';
import { createDatabaseEngine } from './queue/database-engine';
import { createOutcomeWriter } from './queue/outcome-writer';
import { createRateLimit } from './queue/rate-limit';
import { createRedisQueue, loadRedisLibraries } from './queue/redis-queue';
import { createReplayRunner } from './queue/replay-runner';
import { createCatalogOf, rememberDeclaration } from './catalog-of';
import { composeDeferred } from './capture/deferred-body';
import { createBodyFor } from './services/body-for';
import { createCoreWebhooksService } from './services/core-webhooks';
import { createDeliveriesService } from './services/deliveries';
import { createEventTypesService } from './services/event-types';
import { createEntryBody } from './services/entry-body';
import { createEventsService } from './services/events';
import type { Failure } from './services/explanation';
import { explanationOf } from './services/explanation';
import { createHomesService } from './services/homes';
import { createInboxService } from './services/inbox';
import { createNotices } from './services/notices';
import type { Mail } from './services/notices';
import { createPrivateFiles } from './services/private-files';
import type { UploadProvider } from './services/private-files';
import { createRetentionService } from './services/retention';
import { aliveMs, createQueueService } from './services/queue';
import { createOverviewService } from './services/overview';
import { createReplaysService } from './services/replays';
import { readerLanguage } from './services/reader-language';
import { createSecretBox } from './services/secret-box';
import { createSettingsService } from './services/settings';
import type { StoredSettings } from './services/settings';
import { createSignedFiles } from './services/signed-files';
import { createStalled } from './services/stalled';
import { createStatisticsService } from './services/statistics';
import { createTestEventService } from './services/test-event';
import { createTriggerService } from './services/trigger';
import { createWhyService } from './services/why';
import { createUrlCheck } from './services/url-check';
import { createWebhooksService } from './services/webhooks';
import { createStore } from './store';
import { isTransient } from './store/connection';
import type { Connection } from './store/connection';
import { createFileUsesStore } from './store/file-uses';
import { createSigningStore } from './store/signing';
import { createRateCounter } from './store/rates';
import { createRowLocks } from './store/row-lock';
import { createInboxStore } from './store/inbox';
import type { WebhookRow } from './store/webhooks';
import { reasonOf } from './reason';

/** Events a statement: larger batches raise an editor's save on SQLite (256: 11.7 ms, 64: 7.1 ms). */
const batchSize = 64;

/** Short enough that nobody notices, and several saves long. */
const sqliteRestMs = 40;

/** As many as a claim: they are written in its transaction. */
const outcomeBatchSize = 256;

const dayMs = 24 * 3_600_000;

/** Signing the addresses of files is local arithmetic for most providers; who needs longer holds up the others. */
const signingLimitMs = 5000;
const signingRestMs = 30_000;

/** Entries that a file's event names as those that use it. */
const usesAtMost = 100;

/**
 * Wires the rooms of one Strapi together. Made in `bootstrap()`, when the database is there; nothing starts by
 * making it. Throws where the chosen engine's packages are not installed.
 */
export async function createHouse(strapi: Core.Strapi) {
  const config = parseConfig(strapi.config.get(`plugin::${pluginId}`));
  const log = {
    info: (message: string) => strapi.log.info(message),
    warn: (message: string) => strapi.log.warn(message),
  };
  const { engine: engineName, redis: redisOptions, prefix } = config.queue;
  const redis =
    engineName === 'bullmq' && redisOptions.url !== undefined
      ? createRedisQueue({ libraries: await loadRedisLibraries(), url: redisOptions.url, prefix, log })
      : null;
  const now = () => Date.now();
  const store = createStore(strapi);
  // A server that takes only small statements must refuse no save: what is larger goes thin.
  const maxBodyBytes = Math.min(config.capture.maxBodyBytes, await store.events.largestBody());
  const inboxStore = createInboxStore(store.database);
  const box = createSecretBox(strapi);

  const serverUrl = (): string => strapi.config.get<string>('server.absoluteUrl', '').replace(/\/$/, '');
  const links = (): Links => ({
    serverUrl: serverUrl(),
    adminUrl: strapi.config.get<string>('admin.absoluteUrl', `${serverUrl()}/admin`).replace(/\/$/, ''),
  });
  const newMessageId = () => `msg_${randomUUID().replaceAll('-', '')}`;

  const files = createPrivateFiles({
    provider: () => uploadProvider(strapi),
    now,
    warn: log.warn,
    limitMs: signingLimitMs,
    restMs: signingRestMs,
  });
  await files.refresh();
  const told = () => ({ links: links(), fileBase: fileBase(strapi), signsFiles: files.active });

  let catalog: Catalog = createCatalogOf(strapi, config, told());
  const getCatalog = () => catalog;
  const matches = (pattern: string, type: { type: string; sensitive: boolean }) =>
    matchesSubscription(pattern, type.type, type.sensitive);

  const silence = createSilence({ processWide: process.env.EVENT_WEBHOOKS_CAPTURE === 'off', log: log.info });
  const interest = createInterest({
    catalog: getCatalog,
    subscriptions: async () => (await store.webhooks.all(store.database.pool())).map((row) => row.events),
    matches,
  });

  const signedFiles = createSignedFiles({ catalog: getCatalog, files });
  const fileUses = createFileUsesStore(strapi, store.database);
  const rows = withFileDetails(createRows(strapi, { maxRelated: config.capture.maxRelated }), {
    addressed: (uid, entry) => catalog.withFiles(uid, entry, (file) => withAddresses(file, fileBase(strapi))),
    usesOf: async (id) => {
      const read = ({ trx }: { trx: unknown }) => fileUses.of(trx as Connection, id, usesAtMost);
      const { uses, total } = await strapi.db.transaction(read);
      return firstOf(uses, total);
    },
  });
  const locks = createRowLocks(store.database, (uid) => strapi.db.metadata.get(uid).tableName);
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
    maxBodyBytes,
  });
  const capturing = { strapi, catalog: getCatalog, interest, rows, writer, silence, insert, wake };
  const documents = createDocumentCapture({
    ...capturing,
    locks,
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
  // The network's way out, as Strapi itself knows it.
  const proxy = readProxies(strapi.config.get('server.proxy'));
  const isInbox = (url: string): boolean => config.inbox.enabled && inboxTokenOf(url, [serverUrl()]) !== null;
  const http = createHttpClient({
    guard,
    responseCapBytes: config.delivery.responseBytes,
    connectionsPerOrigin: config.delivery.concurrency,
    route: (url) => (isInbox(url.href) ? ownListener(strapi) : null),
    proxy,
  });
  const sending = {
    http,
    now,
    random: Math.random,
    version,
    responseBytes: config.delivery.responseBytes,
    mask,
    maskHeaders,
  };

  const settingsStore = strapi.store({ type: 'plugin', name: pluginId, key: 'settings' });
  const settings = createSettingsService({
    read: async () => ((await settingsStore.get({})) ?? null) as StoredSettings | null,
    write: (value) => settingsStore.set({ value }),
    fixed: given({ ...config.retention, notify: config.notifications.to }),
    now,
    changed: async () => wake(),
  });
  const world = (): World => ({
    here: {
      name: config.home.name ?? null,
      host: URL.canParse(serverUrl()) ? new URL(serverUrl()).hostname : null,
      environment: process.env.NODE_ENV ?? 'development',
    },
    policy: { enabled: config.home.enabled, alsoHome: config.home.also },
    paused: settings.pause(),
    isInbox,
  });
  const bodyOf = createEntryBody({
    catalog: getCatalog,
    rows,
    links,
    signed: signedFiles.ofEntry,
    contentData: contentEventData,
    compose: standardBody,
    now,
    maxBodyBytes,
  });
  const bodyFor = createBodyFor({ catalog: getCatalog, matches, compose: standardBody });
  const notices = createNotices({
    find: (id) => store.webhooks.find(store.database.pool(), id),
    owner: (id) => ownerOf(strapi, id),
    lastFailure: (id) => statistics.lastFailure(id),
    alsoTold: () => settings.values().notify,
    sendMail: config.notifications.email ? mailer(strapi) : null,
    wanted: (type) => interest.wants(type),
    insert,
    pool: store.database.pool,
    compose: standardBody,
    newMessageId,
    webhookUid: uids.webhook,
    adminUrl: () => links().adminUrl,
    disableAfterMs: config.delivery.disableAfterDays * dayMs,
    now,
    wake,
    log,
  });
  const renewCatalog = async (): Promise<void> => {
    catalog = createCatalogOf(strapi, config, told());
    for (const { type, gone, contentTypeName } of catalog.list()) {
      if (gone === undefined) continue;
      log.warn(
        `event-webhooks: the event ${type} names what ${contentTypeName} has not (any more): ${gone.join(', ')}`,
      );
    }
    await interest.refresh();
  };

  const eventTypes = createEventTypesService({
    catalog: getCatalog,
    subscriptions: () => store.webhooks.all(store.database.pool()),
    matches,
  });
  const changed = async (): Promise<void> => {
    await interest.refresh();
    wake();
  };
  const checkUrl = createUrlCheck({ guard, isInbox, proxy });
  const startedAt = now();
  const stalled = createStalled({
    store,
    world,
    wants: (pattern, type) => matches(pattern, catalog.get(type) ?? { type, sensitive: false }),
    begins: () => config.delivery.enabled && now() - startedAt < aliveMs,
    now,
  });
  const webhooks = createWebhooksService({
    store,
    box,
    newSecret,
    now,
    knownSubscription: eventTypes.known,
    withGoneField: eventTypes.withGoneField,
    stalled,
    checkUrl,
    world,
    actor: () => currentActor(strapi),
    changed,
  });
  const explain = (failure: Failure) => explanationOf(failure, readerLanguage(strapi));
  const statistics = createStatisticsService({ store, find: webhooks.find, explain, world, now });
  const homes = createHomesService({
    world,
    all: () => store.webhooks.all(store.database.pool()),
    pool: store.database.pool,
    saveHome: store.webhooks.saveHome,
    cancelWaiting: (id) => store.deliveries.cancelOfWebhook(id, now()),
    tell: notices.tell,
    log: log.warn,
    changed,
  });

  const outcomes = createOutcomeWriter({
    record: store.outcomes.record,
    recordWith: store.outcomes.recordWith,
    log: log.warn,
    batchSize: outcomeBatchSize,
  });
  const retention = createRetentionService({
    store: store.retention,
    leases: store.leases,
    values: settings.values,
    holder: randomUUID(),
    now,
    log: log.info,
  });
  const worker = createWorker({
    ...sending,
    record: async (row) => {
      await outcomes.add(row);
      if (row.state === 'succeeded') retention.delivered(row.deliveryId);
    },
    health: createWebhookHealth({
      gateOf: (id) => store.webhooks.find(store.database.pool(), id),
      patchGate: (id, patch) => store.webhooks.patchGate(store.database.pool(), id, patch),
      gone: (id) => store.deliveries.cancelOfWebhook(id, now()),
      tell: notices.tell,
      now,
      random: Math.random,
      options: {
        breakerFailures: config.delivery.breakerFailures,
        breakerOpenMs: config.delivery.breakerOpenSeconds * 1000,
        disableAfterMs: config.delivery.disableAfterDays * dayMs,
      },
    }),
    log: log.warn,
  });

  const signing = createSigningStore(store.database);
  const matcher = createMatcher({
    signing: createSigning({ active: files.refresh, sign: signedFiles.ofEvents, ...signing }),
    store: {
      transaction: store.database.transaction,
      pool: store.database.pool,
      lockUnmatched: store.events.lockUnmatched,
      markMatched: store.events.markMatched,
      setAside: store.events.setAside,
      saveBody: store.events.saveBody,
      insertDeliveries: store.deliveries.insertOnce,
      insertEvents: (_pool, events) =>
        store.database
          .transaction((trx) => store.events.insert(trx, events))
          .catch((error: unknown) => {
            if (isTransient(error)) announcements.giveBack(events);
            throw error;
          }),
      lockWebhooks: store.order.lockWebhooks,
      occupiedLines: store.order.occupied,
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
        maxBodyBytes,
      }),
    withoutAccounts: bodyFor.withoutAccounts,
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
        gate: row,
        maxInFlight: maxInFlight(row, config.delivery.perWebhook),
        rateLimit: row.rateLimit,
      },
    ];
  };

  const rateCounter = createRateCounter(store.database, redis ? redis.client : null);
  const reserveRate = createRateLimit({
    counter: rateCounter,
    hold: async ({ id }, until) => {
      await store.webhooks.patchGate(store.database.pool(), id, {
        heldUntil: until,
        heldReason: 'rate_limit',
      });
    },
    now,
    log: log.warn,
  });
  const engineDeps: EngineDeps = {
    reserveRate,
    openWebhooks: async (at) =>
      (await store.webhooks.all(store.database.pool()))
        .filter((row) => gateState(row, at, world()).state === 'active')
        .flatMap(sendingWebhook),
    due: store.deliveries.due,
    claimSeen: store.deliveries.claimSeen,
    claim: (input) => outcomes.alongside((trx) => store.deliveries.claim(input, trx)),
    bodies: (ids) => store.events.bodies(store.database.pool(), ids),
    release: store.deliveries.release,
    returnExpired: store.deliveries.returnExpired,
    releaseBlocked: store.order.releaseBlocked,
    nextDue: store.deliveries.nextDue,
    match: matcher.run,
    deliver: worker,
    now,
    log: log.warn,
    concurrency: config.delivery.concurrency,
    pollMs: config.delivery.pollSeconds * 1000,
    leaseMs: config.delivery.leaseSeconds * 1000,
    batchSize,
    restMs: store.database.client === 'sqlite' ? sqliteRestMs : 0,
  };
  const engine = redis ? createBullmqEngine(engineDeps, redis) : createDatabaseEngine(engineDeps);

  const queue = createQueueService({
    self: {
      key: randomUUID(),
      host: hostname(),
      pid: process.pid,
      engine: engineName,
      version,
      startedAt,
    },
    instances: store.instances,
    pool: store.database.pool,
    webhooks: () => store.webhooks.all(store.database.pool()),
    world,
    dueCount: store.deliveries.dueCount,
    nextDue: store.deliveries.nextDue,
    inFlight: store.deliveries.inFlight,
    waiting: store.deliveries.waiting,
    oldestDue: store.deliveries.oldestDue,
    unmatched: store.events.unmatched,
    now,
  });

  const replays = createReplaysService({
    store,
    now,
    world,
    actor: () => currentActor(strapi),
    changed: () => replayRunner.wake(),
  });
  const replayRunner = createReplayRunner({
    free: store.replays.free,
    lease: (...lease) => store.replays.lease(...lease),
    chunk: (...chunk) => store.replays.chunk(store.database.pool(), ...chunk),
    backlog: (...backlog) => store.deliveries.backlog(store.database.pool(), ...backlog),
    step: store.replays.step,
    finish: store.replays.finish,
    release: store.replays.release,
    gates: replays.gates,
    wake,
    now,
    log: log.warn,
    token: randomUUID(),
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
    stopTimers: async (): Promise<void> => undefined,
    /** Whether it says that it is alive: command-line tools do not. */
    beats: false,
    /** Starts what runs in a process that listens, or that was started to deliver. */
    begin: async (_delivers: boolean): Promise<void> => undefined,
    /** Whether this process delivers. */
    delivers: false,
    stopped: false,
    /** On SQLite: lets another process deliver. */
    leaveAlone: (): void => undefined,
    /** For `npx event-webhooks doctor`. */
    report: async () => ({
      queue: await queue.view(),
      webhooks: (await store.webhooks.all(store.database.pool())).map((row) => ({
        name: row.name,
        ...gateState(row, now(), world()),
        readable: webhooks.opened(row) !== null,
      })),
      secretsKey: box.source,
      hasEvents: await store.events.any(store.database.pool()),
    }),
    tidyRates: () => rateCounter.tidy(now()),
    config,
    store,
    silence,
    interest,
    engine,
    replayRunner,
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
      onError: (error) => log.warn(`event-webhooks: the inbox could not keep a request: ${reasonOf(error)}`),
    }),
    /** What the settings screen shows. */
    settingsView: (): SettingsView => {
      const { notify, deliveryDays, bodyDays, dropDeliveredBodies } = settings.values();
      const { here } = world();
      return {
        pause: settings.pause(),
        notify: { value: notify, fixed: settings.isFixed('notify') },
        deliveryDays: { value: deliveryDays, fixed: settings.isFixed('deliveryDays') },
        bodyDays: { value: bodyDays, fixed: settings.isFixed('bodyDays') },
        dropDeliveredBodies: { value: dropDeliveredBodies, fixed: settings.isFixed('dropDeliveredBodies') },
        allow: config.addresses.allow,
        allowPrivate: config.addresses.allowPrivate,
        retryScheduleSeconds: config.delivery.retryScheduleSeconds,
        disableAfterDays: config.delivery.disableAfterDays,
        here,
        homeEnabled: config.home.enabled,
        secretsKey: box.source,
        emailReady: config.notifications.email && mailer(strapi) !== null,
      };
    },
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
        maxBodyBytes,
        wake,
      }),
      eventTypes,
      webhooks,
      inbox,
      replays,
      settings,
      retention,
      homes,
      queue,
      trigger: createTriggerService({
        store,
        find: webhooks.find,
        bodyOf,
        bodyFor,
        compose: standardBody,
        newMessageId,
        actor: () => currentActor(strapi),
        now,
        wake,
      }),
      why: createWhyService({
        store,
        catalog: getCatalog,
        rows,
        matches,
        find: webhooks.find,
        readable: (row) => webhooks.opened(row) !== null,
        gate: (row) => gateState(row, now(), world()),
        capturing: () => !silence.active(),
        facts: (plan, names, row) => facts(plan.judged, names, row as Row | null),
        evaluate,
        now,
      }),
      overview: createOverviewService({
        store,
        stalled,
        pause: settings.pause,
        away: homes.away,
        inTrouble: webhooks.inTrouble,
        now,
      }),
      statistics,
      checkUrl,
      testEvents: createTestEventService({
        store,
        sample: eventTypes.sample,
        find: webhooks.find,
        opened: webhooks.opened,
        checkUrl,
        send: (parcel) => sendOne(sending, parcel),
        compose: standardBody,
        bodyOf,
        bodyFor,
        newSecret,
        newTestId: () => newMessageId().replace('msg_', 'msg_test_'),
        now,
        defaultTimeoutSeconds: config.delivery.timeoutSeconds,
      }),
      deliveries: createDeliveriesService({
        store,
        eventName: eventTypes.name,
        givesEvents: eventTypes.givesEvents,
        explain,
        defaultSchedule: config.delivery.retryScheduleSeconds,
        now,
        world,
        wake,
      }),
      coreWebhooks: createCoreWebhooksService({ strapi, store, webhooks }),
    },
  };
}

export type House = Awaited<ReturnType<typeof createHouse>>;

const houses = new WeakMap<Core.Strapi, House>();

export const keepHouse = (strapi: Core.Strapi, house: House): void => void houses.set(strapi, house);

/** Throws before `bootstrap()`: the database is not there yet. */
export function houseOf(strapi: Core.Strapi): House {
  const house = houses.get(strapi);
  if (!house) throw new Error('event-webhooks: used before Strapi has bootstrapped the plugin');
  return house;
}

export const hasHouse = (strapi: Core.Strapi): boolean => houses.has(strapi);

/** What addresses of files begin with; only where the app has said its public address, and not what Strapi makes of its port. */
function fileBase(strapi: Core.Strapi): string {
  const url: unknown = strapi.config.get('server.url');
  return typeof url === 'string' && /^https?:\/\//i.test(url) ? url.replace(/\/+$/, '') : '';
}

/** The provider of the media library, and the name that its files bear. */
function uploadProvider(strapi: Core.Strapi): { provider: UploadProvider; name: string } | null {
  const upload = strapi.plugin('upload') as { provider?: UploadProvider } | undefined;
  if (!upload?.provider) return null;
  return { provider: upload.provider, name: String(strapi.config.get('plugin::upload.provider', '')) };
}

/** Where this process itself listens; deliveries to our own inbox are dialled there. */
function ownListener(strapi: Core.Strapi): { host: string; port: number } | null {
  const address = strapi.server.httpServer.address() as AddressInfo | string | null;
  if (address === null || typeof address === 'string') return null;
  const everywhere = address.address === '0.0.0.0' || address.address === '::';
  return { host: everywhere ? '127.0.0.1' : address.address, port: address.port };
}

/** Only what is set: an option that is left out must not stand above what the screen has stored. */
const given = <T extends object>(options: T): Partial<T> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;

async function ownerOf(
  strapi: Core.Strapi,
  id: number,
): Promise<{ email: string; language: string | null } | null> {
  const user = (await strapi.db.query('admin::user').findOne({ where: { id } })) as {
    email?: string;
    isActive?: boolean;
    preferedLanguage?: string | null;
  } | null;
  return user?.email && user.isActive !== false
    ? { email: user.email, language: user.preferedLanguage ?? null }
    : null;
}

/** Strapi's e-mail plugin, or null where the app has none. */
function mailer(strapi: Core.Strapi): ((mail: Mail) => Promise<void>) | null {
  const email = strapi.plugin('email') as Core.Plugin | undefined;
  const service = email?.service('email') as { send(mail: Mail): Promise<unknown> } | undefined;
  return service ? async (mail) => void (await service.send(mail)) : null;
}
