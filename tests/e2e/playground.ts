import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from './until';

const appDir = path.resolve(__dirname, '../../playground');
const startsWithinMs = 120_000;
const endsWithinMs = 15_000;

export const administrator = {
  firstname: 'Anna',
  lastname: 'Shevchenko',
  email: 'anna@example.com',
  password: 'Webhooks-2026',
};

export interface Playground {
  url: string;
  /** Its SQLite file, for what no screen can do: a database that was copied. */
  database: string;
  /** Of the administrator's session, for what asks from another process. */
  token: string;
  /** Asks a route of the admin API as the administrator. */
  admin: <Answer = unknown>(method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Asks the public API, as a shop would. */
  shop: <Answer = unknown>(method: string, path: string, body?: unknown) => Promise<Answer>;
  stop: () => Promise<void>;
}

/**
 * Starts the built playground as its users do, on SQLite with the seeded content, in a process of its own.
 * `PLAYGROUND_URL` names one that runs already, `PLAYGROUND_DATABASE` its database.
 */
export async function startPlayground(env: Record<string, string> = {}): Promise<Playground> {
  const running = process.env.PLAYGROUND_URL;
  if (running) return playgroundAt(running, process.env.PLAYGROUND_DATABASE ?? '', async () => undefined);
  const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-e2e-'));
  mkdirSync(path.join(folder, 'public/uploads'), { recursive: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const database = path.join(folder, 'data.db');
  const strapi = path.join(path.dirname(require.resolve('@strapi/strapi/package.json')), 'bin/strapi.js');
  const app = spawn(process.execPath, [strapi, 'start'], {
    cwd: appDir,
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_CLIENT: 'sqlite',
      DATABASE_FILENAME: database,
      PUBLIC_DIR: path.join(folder, 'public'),
      STRAPI_TELEMETRY_DISABLED: 'true',
      // `test`, as jest sets it, would make Strapi look for settings of that name; plain HTTP forbids `production`.
      NODE_ENV: 'development',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  app.stdout.on('data', (text: Buffer) => (output += text));
  app.stderr.on('data', (text: Buffer) => (output += text));
  const stop = async () => {
    await end(app);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until('the playground to answer', startsWithinMs, () => {
      if (app.exitCode !== null) throw new Error('it has ended');
      return isHealthy(url);
    });
    return await playgroundAt(url, database, stop);
  } catch (error) {
    await stop();
    throw new Error(`The playground did not start.\n${output.slice(-3000)}`, { cause: error });
  }
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/_health`)).status === 204;
  } catch {
    return false;
  }
}

async function end(app: ChildProcess): Promise<void> {
  if (app.exitCode !== null) return;
  const ended = new Promise((resolve) => app.once('exit', resolve));
  app.kill('SIGTERM');
  const timer = setTimeout(() => app.kill('SIGKILL'), endsWithinMs);
  await ended;
  clearTimeout(timer);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function playgroundAt(url: string, database: string, stop: () => Promise<void>): Promise<Playground> {
  const token = await tokenOf(url);
  return {
    url,
    database,
    token,
    admin: (method, route, body) => ask(url, method, route, body, token),
    shop: (method, route, body) => ask(url, method, route, body),
    stop,
  };
}

/** Registers the administrator where there is none yet; Strapi limits how often somebody may log in. */
async function tokenOf(url: string): Promise<string> {
  const { data: init } = await ask<{ data: { hasAdmin: boolean } }>(url, 'GET', '/admin/init');
  const { email, password } = administrator;
  const { data } = init.hasAdmin
    ? await ask<{ data: { token: string } }>(url, 'POST', '/admin/login', { email, password })
    : await ask<{ data: { token: string } }>(url, 'POST', '/admin/register-admin', administrator);
  return data.token;
}

export async function ask<Answer>(
  url: string,
  method: string,
  route: string,
  body?: unknown,
  token?: string,
): Promise<Answer> {
  const response = await fetch(url + route, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${route} answered ${response.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text || 'null') as Answer;
}
