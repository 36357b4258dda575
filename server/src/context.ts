import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { parseConfig } from './config';
import type { PluginConfig } from './config';
import { pluginId } from './constants';
import { linksOf } from './links';
import type { Links } from './links';
import { logOf } from './log';
import type { Log } from './log';
import { openSecrets } from './secrets';
import type { Secrets } from './secrets';
import { createStore } from './store';
import type { Store } from './store';

/** What every room is opened with: state, clocks, randomness and I/O. What is pure is imported instead. */
export interface Context {
  strapi: Core.Strapi;
  config: PluginConfig;
  store: Store;
  secrets: Secrets;
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds of a clock that nobody sets: for intervals, which a clock that is set back must not stretch. */
  elapsed(): number;
  random(): number;
  log: Log;
  links(): Links;
  /** Of a new event: `msg_…`. */
  newId(): string;
  /** This process, among those that share the database. */
  instanceKey: string;
  /** A larger body goes thin: a server that takes only small statements must refuse no save. */
  maxBodyBytes: number;
  /** All texts of an event together: what one statement certainly holds. */
  maxEventBytes: number;
  /** Something may be due. Only raises a flag, and is only a hint: whoever listens also looks by itself. */
  wake(): void;
  onWake(listener: () => void): void;
  /** Aborted when this process begins to end. */
  closing: AbortSignal;
}

/** Opens what every room is handed. Throws where the configuration cannot be taken. */
export async function openContext(strapi: Core.Strapi, closing: AbortSignal): Promise<Context> {
  const config = parseConfig(strapi.config.get(`plugin::${pluginId}`));
  const store = createStore(strapi);
  const now = () => Date.now();
  const listeners: (() => void)[] = [];
  const maxEventBytes = await store.events.largestBody();
  return {
    strapi,
    config,
    store,
    secrets: openSecrets({ strapi, config, store, now }),
    now,
    elapsed: () => performance.now(),
    random: Math.random,
    log: logOf(strapi),
    links: () => linksOf(strapi),
    newId: () => `msg_${randomUUID().replaceAll('-', '')}`,
    instanceKey: randomUUID(),
    maxBodyBytes: Math.min(config.capture.maxBodyBytes, maxEventBytes),
    maxEventBytes,
    wake: () => listeners.forEach((listener) => listener()),
    onWake: (listener) => void listeners.push(listener),
    closing,
  };
}
