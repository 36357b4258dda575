/**
 * ONE DELIVERY: prepare, sign, send, classify, decide; and which addresses may be called at all. It takes nothing from
 * the queue by itself and writes no row: its worker hands the outcome to whoever made it.
 */
import { version } from '../../../package.json';
import type { Context } from '../context';
import type { GateNews } from '../gate';
import type { Stop } from '../stops';
import type { OutcomeRow } from '../store/outcomes';
import { send } from './attempt/deliver';
import type { DeliverDeps, Parcel } from './attempt/deliver';
import { cutMarginBytes, mask, maskHeaders } from './attempt/mask';
import { compileAddressPolicy } from './http/address-guard';
import { createHttpClient } from './http/http-client';
import { createNameLookup } from './http/name-lookup';
import { ownListener } from './http/own-listener';
import { readProxies } from './http/proxy';
import { readTlsIdentities } from './http/tls-identities';
import { addressesBy, createUrlCheck } from './http/url-check';
import { createWebhookHealth } from './webhook-health';
import { createWorker } from './worker';
import type { WorkerDeps } from './worker';

/** Several people may try the same receiver. */
const testConnectionsPerOrigin = 16;

/** A request that waits for a slow answer costs a socket and hardly any processor time. */
const slowPerSlot = 2;

const dayMs = 24 * 3_600_000;

export interface DeliveryDeps {
  /** Whether a URL is an inbox of this very Strapi. */
  isInbox(url: string): boolean;
}

export interface WorkerRoomDeps {
  /** Resolves when the outcome is written. */
  record(row: OutcomeRow): Promise<void>;
  /** Informs its owner, and subscribers to the events about webhooks. */
  tell(webhookId: number, news: GateNews): Promise<void>;
  /** The event to be written with the outcome of a delivery that failed for good; null where there is none. */
  failedDelivery: WorkerDeps['failedDelivery'];
}

export function openDelivery(context: Context, { isInbox }: DeliveryDeps) {
  const { strapi, config, now, elapsed, random } = context;
  const guard = compileAddressPolicy({
    allow: config.addresses.allow,
    // `strapi develop` alone relaxes it: NODE_ENV says nothing, `strapi start` leaves it at development.
    allowPrivate: config.addresses.allowPrivate || strapi.config.get('autoReload') === true,
  });
  // The network's way out, as Strapi itself knows it.
  const proxy = readProxies(strapi.config.get('server.proxy'));
  const slowConcurrency = config.delivery.slowConcurrency ?? slowPerSlot * config.delivery.concurrency;
  const lookup = createNameLookup();
  const tls = readTlsIdentities(config.delivery.tls);
  const clientOf = (connectionsPerOrigin: number) =>
    createHttpClient({
      guard,
      lookup,
      responseCapBytes: config.delivery.responseBytes + cutMarginBytes,
      connectionsPerOrigin,
      route: (url) => (isInbox(url.href) ? ownListener(strapi) : null),
      proxy,
      tls,
    });
  const http = clientOf(2 * config.delivery.concurrency + slowConcurrency);
  // A test that hangs must not keep a delivery waiting for its connection, nor the other way round.
  const testHttp = clientOf(testConnectionsPerOrigin);
  const { responseBytes } = config.delivery;
  const sending: DeliverDeps = { http, now, elapsed, random, version, responseBytes, mask, maskHeaders };
  const stops: Stop[] = [['the HTTP client', () => Promise.all([http.close(), testHttp.close()])]];
  return {
    /** Requests in flight of webhooks with slow responses. */
    slowConcurrency,
    /** Which rule would refuse this URL. */
    checkUrl: createUrlCheck({ guard, isInbox, proxy, resolve: addressesBy(lookup) }),
    /** One request by the same code, of which nothing is written. */
    sendTest: (parcel: Parcel) => send({ ...sending, http: testHttp }, parcel),
    worker: (deps: WorkerRoomDeps) => workerOf(context, sending, deps),
    stops,
  };
}

function workerOf({ config, store, now, random, log }: Context, sending: DeliverDeps, deps: WorkerRoomDeps) {
  const { breakerFailures, breakerOpenSeconds, disableAfterDays } = config.delivery;
  return createWorker({
    ...sending,
    record: deps.record,
    failedDelivery: deps.failedDelivery,
    health: createWebhookHealth({
      gatesOf: async (ids) => {
        const rows = await store.webhooks.findMany(store.database.pool(), ids);
        return new Map(rows.map((row) => [row.id, row]));
      },
      // In the order of their ids, so that two instances do not wait for each other.
      writeGates: (writes) =>
        store.database.transaction(async (trx) => {
          const written = new Set<number>();
          for (const { id, patch, seen } of writes) {
            if (await store.webhooks.patchGate(trx, id, patch, seen)) written.add(id);
          }
          return written;
        }),
      gone: (id) => store.deliveries.cancelOfWebhook(id, now()),
      tell: deps.tell,
      now,
      random,
      options: {
        breakerFailures,
        breakerOpenMs: breakerOpenSeconds * 1000,
        disableAfterMs: disableAfterDays * dayMs,
      },
    }),
    log: log.warn,
  });
}

export type DeliveryRoom = ReturnType<typeof openDelivery>;

export type { Parcel, Sent } from './attempt/deliver';
export { renderedParcel, standardParcel } from './attempt/parcel';
export { shownRequest } from './attempt/shown-request';
export { mask } from './attempt/mask';
export { newSecret, verify } from './attempt/signature';
