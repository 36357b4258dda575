import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AddressInfo } from 'node:net';
import type { Core } from '@strapi/strapi';
import type { TestDatabase } from './databases';
import { freshDatabase } from './fresh-database';
import { until } from './wait';

export const appDir = path.resolve(__dirname, '../../../playground');

export interface Playground {
  strapi: Core.Strapi;
  /** Address of the listening server. */
  url: string;
  /** Calls the admin API as the super administrator. */
  admin: <T = unknown>(method: string, path: string, body?: unknown) => Promise<{ status: number; body: T }>;
  /** Rows of a table of ours, oldest first. */
  rows: (table: string) => Promise<Record<string, unknown>[]>;
  stop: () => Promise<void>;
}

export interface PlaygroundOptions {
  /** Environment for this boot. */
  env?: Record<string, string>;
  /** Boots on a database of its own on this server, dropped afterwards; SQLite where it is left out. */
  database?: TestDatabase;
  /** Settings of the app that no variable of the playground reaches, by their path, e.g. `server.proxy`. */
  settings?: Record<string, unknown>;
  /** Runs where the app's own `register()` ends: content types that it adds get their tables. */
  register?: (strapi: Core.Strapi) => void;
  /** Runs where the app's own `bootstrap()` ends: after every plugin's, before the server listens. */
  bootstrap?: (strapi: Core.Strapi) => void | Promise<void>;
  listen?: boolean;
  /** Boots on an empty database also where `npm test` has made one to begin with: for what happens at a first start. */
  empty?: boolean;
  /** The app to boot; the playground where it is left out. */
  appDir?: string;
  /** Where what it runs from lies: the app's `dist`, unless it is one that needs no compiler. */
  distDir?: string;
}

/**
 * Boots a real app in this process, with an empty database of its own: the playground, unless the options name
 * another. The plugin and the app must have been built.
 */
export async function startPlayground(options: PlaygroundOptions = {}): Promise<Playground> {
  const isLikeTemplate = options.appDir === undefined && !options.empty;
  const own = options.database ? await freshDatabase(options.database, isLikeTemplate) : null;
  const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-'));
  const file = path.join(folder, 'data.db');
  const template = process.env.SQLITE_TEMPLATE;
  if (isLikeTemplate && template) copyFileSync(template, file);
  Object.assign(process.env, {
    SEED: 'off',
    STRAPI_TELEMETRY_DISABLED: 'true',
    EVENT_WEBHOOKS_ALLOW: '127.0.0.1',
    DATABASE_CLIENT: 'sqlite',
    DATABASE_FILENAME: file,
    ...own?.env,
    ...options.env,
  });
  const { createStrapi } = (await import('@strapi/strapi')) as typeof import('@strapi/strapi');
  const home = options.appDir ?? appDir;
  const app = createStrapi({
    appDir: home,
    distDir: options.distDir ?? path.join(home, 'dist'),
    autoReload: false,
    serveAdminPanel: false,
  });
  app.log.level = 'error';
  for (const [name, value] of Object.entries(options.settings ?? {})) app.config.set(name, value);
  const registerAll = app.register.bind(app);
  app.register = async () => {
    const registered = await registerAll();
    options.register?.(app);
    return registered;
  };
  try {
    await app.load();
    await options.bootstrap?.(app);
  } catch (error) {
    await app.destroy().catch(() => undefined);
    throw error;
  }
  let url = '';
  if (options.listen !== false) {
    app.server.mount();
    await new Promise<void>((resolve) => app.server.httpServer.listen(0, '127.0.0.1', () => resolve()));
    url = `http://127.0.0.1:${(app.server.httpServer.address() as AddressInfo).port}`;
    // Inbox addresses and links are made of it.
    app.config.set('server.absoluteUrl', url);
  }
  let token: string | null = null;

  const call = async <T>(method: string, target: string, body?: unknown) => {
    token ??= await firstAdministrator(url);
    const response = await fetch(url + target, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : null) as T };
  };

  return {
    strapi: app,
    url,
    admin: call,
    rows: async (table) =>
      (await app.db.connection(table).select('*').orderBy('id')) as Record<string, unknown>[],
    stop: async () => {
      await app.destroy();
      rmSync(folder, { recursive: true, force: true });
      await own?.drop();
    },
  };
}

export const administrator = {
  firstname: 'Anna',
  lastname: 'Shevchenko',
  email: 'anna@example.com',
  password: 'Webhooks-2026',
};

/** Registered, or logged in where a start before has registered it in this database. */
async function firstAdministrator(url: string): Promise<string> {
  const ask = async (route: string, body: unknown): Promise<string | null> => {
    const response = await fetch(`${url}/admin/${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return ((await response.json()) as { data: { token: string } | null }).data?.token ?? null;
  };
  const { email, password } = administrator;
  const token = (await ask('register-admin', administrator)) ?? (await ask('login', { email, password }));
  if (token === null) throw new Error('nobody can log in');
  return token;
}

/** Waits until everything is matched, then forgets events and deliveries, so that a test reads only its own. */
export async function forgetEvents({ strapi, rows }: Playground): Promise<void> {
  await until('a quiet queue', async () =>
    (await rows('event_webhooks_events')).every(({ matched_at }) => matched_at !== null),
  );
  await strapi.db.connection('event_webhooks_deliveries').delete();
  await strapi.db.connection('event_webhooks_events').delete();
}

/** Adds a webhook through the admin API; the defaults suit most tests. */
export async function addWebhook(
  playground: Playground,
  webhook: { url: string; events: string[]; name?: string; [field: string]: unknown },
): Promise<{ id: number; name: string }> {
  const { status, body } = await playground.admin<{ id: number; name: string }>(
    'POST',
    '/event-webhooks/webhooks',
    { name: 'Test', ...webhook },
  );
  if (status !== 201) throw new Error(`the webhook was refused: ${JSON.stringify(body)}`);
  return body;
}
