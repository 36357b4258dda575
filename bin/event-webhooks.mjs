#!/usr/bin/env node
/**
 * `npx event-webhooks <command>`, run in the folder of a Strapi app, with that app's own Strapi.
 *
 *   worker      delivers, without an HTTP server, until SIGTERM or SIGINT
 *   doctor      says who delivers, what waits, and which webhooks need attention
 *   uninstall   removes this plugin's tables and settings from the database; asks for --yes
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { doctor } from './doctor.mjs';
import { uninstall } from './uninstall.mjs';
import { worker } from './worker.mjs';

const commands = { worker, doctor, uninstall };

/** The app's own Strapi, loaded and not listening. Its cron tasks are left to the processes that serve. */
async function loadApp({ quiet = false } = {}) {
  const appDir = process.cwd();
  const requireOfApp = createRequire(path.join(appDir, 'package.json'));
  let strapiPackage;
  try {
    strapiPackage = requireOfApp('@strapi/strapi');
  } catch (cause) {
    throw new Error(`no Strapi app in ${appDir}: @strapi/strapi cannot be found from here`, { cause });
  }
  const { compileStrapi, createStrapi } = strapiPackage;
  const strapi = createStrapi({ ...(await compileStrapi()), autoReload: false, serveAdminPanel: false });
  strapi.config.set('server.cron.enabled', false);
  if (quiet) strapi.log.level = 'error';
  return strapi.load();
}

const [, , name, ...options] = process.argv;
const command = commands[name];
if (!command) {
  console.error('usage: event-webhooks worker | doctor | uninstall --yes');
  process.exit(2);
}
try {
  await command({ loadApp, options, say: (line) => console.log(line) });
} catch (error) {
  console.error(`event-webhooks ${name}: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
