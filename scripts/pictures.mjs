/**
 * npm run pictures: takes the pictures of the documentation, each in the light and in the dark theme, into
 * `docs/images`. It builds what is not built, starts the playground on a database of its own, makes a site of it that
 * looks like one in use, and ends it again. Nothing leaves this machine. `npm run pictures -- list inbox` takes only
 * those; `PICTURES_FOLDER` names another folder.
 */
import path from 'node:path';
import { top } from './project/command.mjs';
import { endAll, isEnding } from './project/ending.mjs';
import { ensureBuilt, ensureInstalled } from './project/prepare.mjs';
import { bold, dim, red, say } from './project/telling.mjs';

const administrator = {
  firstname: 'Anna',
  lastname: 'Shevchenko',
  email: 'anna@example.com',
  password: 'Webhooks-2026',
};

say(bold('Pictures of every screen'));
say();
try {
  await ensureInstalled();
  await ensureBuilt();
  await take(process.argv.slice(2));
  await endAll();
  process.exit(0);
} catch (error) {
  if (!isEnding()) {
    say(`${red('The pictures were not taken:')} ${error.message}`);
    await endAll();
    process.exit(1);
  }
}

/** Imports wait until everything is installed. */
async function take(names) {
  const { chromium } = await import('./services.mjs');
  const { startPlayground } = await import('./demo/playground.mjs');
  const { ask, logIn } = await import('./strapi/admin-client.mjs');
  const { furnish } = await import('./pictures/site.mjs');
  const { takePictures } = await import('./pictures/take.mjs');
  const browser = await chromium();
  if ('unavailable' in browser) throw new Error(browser.unavailable);
  const app = await startPlayground({
    ...{ temporary: true, fresh: false },
    // Nothing listens there: what would leave does not.
    env: { PROXY_URL: 'http://127.0.0.1:9', CRON: 'false' },
  });
  const admin = await logIn(app.url, administrator);
  const site = await furnish({
    admin: admin.ask,
    shop: (method, route, body) => ask(app.url, method, route, { body }),
    database: app.database,
  });
  const folder = process.env.PICTURES_FOLDER ?? path.join(top, 'docs/images');
  await takePictures({
    ...{ browser, url: app.url, administrator, database: app.database, folder, names },
    site: { ...site, admin: admin.ask },
    onTaken: (file, bytes) => say(`  ${file} ${dim(`${Math.round(bytes / 1000)} kB`)}`),
  });
  await app.stop();
}
