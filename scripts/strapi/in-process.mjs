import { createRequire } from 'node:module';
import path from 'node:path';
import { top } from '../project/command.mjs';

// Strapi's ES modules import folders, which Node refuses.
const require = createRequire(import.meta.url);

/**
 * The playground within this process, made and not loaded yet: without the admin panel, its demo content and its cron.
 *
 * @param {Record<string, string>} [env] what else is set in the environment of this process
 */
export function makePlayground(env = {}) {
  Object.assign(process.env, { SEED: 'off', CRON: 'false', STRAPI_TELEMETRY_DISABLED: 'true', ...env });
  const appDir = path.join(top, 'playground');
  const { createStrapi } = require('@strapi/strapi');
  const app = createStrapi({
    appDir,
    distDir: path.join(appDir, 'dist'),
    autoReload: false,
    serveAdminPanel: false,
  });
  app.log.level = 'error';
  return app;
}

/** Lets a loaded app answer at a free port of this machine. @returns {Promise<string>} its address */
export async function serve(app) {
  app.server.mount();
  await new Promise((resolve) => app.server.httpServer.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${app.server.httpServer.address().port}`;
}
