import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { top } from '../project/command.mjs';
import { endWithUs } from '../project/ending.mjs';
import { freePort } from '../services/private-server.mjs';
import { startApp } from '../strapi/running-app.mjs';

const playground = path.join(top, 'playground');
const usualPort = 1337;

/** Strapi's usual port where it is free, so that the address is the one that its users know; else any. */
function port() {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(freePort()));
    server.listen(usualPort, '127.0.0.1', () => server.close(() => resolve(usualPort)));
  });
}

/**
 * Starts the playground on SQLite.
 *
 * @param {{ temporary: boolean, fresh: boolean, env?: Record<string, string> }} options a temporary one has a folder of its own that goes with it;
 *   a fresh one forgets what was there
 */
export async function startPlayground({ temporary, fresh, env = {} }) {
  const folder = temporary ? temporaryData() : path.join(playground, '.tmp');
  mkdirSync(folder, { recursive: true });
  const database = path.join(folder, 'demo.db');
  const uploads = path.join(folder, 'demo-public');
  if (fresh) for (const place of [database, uploads]) rmSync(place, { recursive: true, force: true });
  const app = await startApp(playground, {
    port: await port(),
    nodeModules: top,
    env: {
      DATABASE_CLIENT: 'sqlite',
      DATABASE_FILENAME: database,
      PUBLIC_DIR: uploads,
      // Not production: the pages are served over plain HTTP on this machine only.
      NODE_ENV: 'development',
      SEED: undefined,
      EVENT_WEBHOOKS: undefined,
      EVENT_WEBHOOKS_CAPTURE: undefined,
      ...env,
    },
  });
  return { ...app, database };
}

function temporaryData() {
  const folder = mkdtempSync(path.join(tmpdir(), 'event-webhooks-demo-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  endWithUs({ end: async () => remove(), endAtOnce: remove });
  return folder;
}
