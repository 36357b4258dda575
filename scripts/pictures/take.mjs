/* global localStorage, document -- of the page, where some of this runs */
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { chromium as playwright } from 'playwright-core';
import Database from 'better-sqlite3';
import { screens } from './screens.mjs';

const window = { width: 1280, height: 860 };
// A picture in the documentation must still be readable.
const heightAtMost = 1180;
const patienceMs = 30_000;
// Notifications lie over what the picture is about, and Strapi's own offers are not ours.
const hidden = '[data-sonner-toaster] { visibility: hidden; } [class*="Tour"] { display: none; }';

/**
 * Takes the pictures, each in the light and in the dark theme.
 *
 * @param {object} given
 * @param {{ executablePath: string, args: string[] }} given.browser
 * @param {string} given.url of the running site
 * @param {{ email: string, password: string }} given.administrator
 * @param {string} given.database
 * @param {object} given.site what `furnish` gave, and `admin`
 * @param {string} given.folder where they go
 * @param {readonly string[]} given.names only these; all where there are none
 * @param {(name: string, bytes: number) => void} given.onTaken
 */
export async function takePictures(given) {
  const { browser: program, site, names } = given;
  const all = screens(site).filter(({ name }) => names.length === 0 || names.includes(name));
  if (all.length === 0) throw new Error(`there is no picture ${names.join(', ')}`);
  mkdirSync(given.folder, { recursive: true });
  const browser = await playwright.launch(program);
  try {
    const session = await signIn(browser, given);
    for (const theme of ['light', 'dark']) {
      const context = await contextOf(browser, session, theme);
      for (const screen of all) await take(context, screen, theme, given);
      await context.close();
    }
  } finally {
    await browser.close();
  }
}

async function signIn(browser, { url, administrator }) {
  const context = await browser.newContext({ viewport: window });
  await context.addInitScript(() => localStorage.setItem('strapi-admin-language', 'en'));
  const page = await context.newPage();
  await page.goto(`${url}/admin/auth/login`);
  await page.locator('[name="email"]').fill(administrator.email);
  await page.locator('[name="password"]').fill(administrator.password);
  await page.locator('button[type="submit"]').click();
  await page.locator('nav').first().waitFor({ timeout: patienceMs });
  const close = page.getByRole('button', { name: 'Close the banner' });
  await close.click({ timeout: 5000 }).catch(() => undefined);
  const state = await context.storageState();
  await context.close();
  return state;
}

/** One for all pictures of a theme: the panel's programs are loaded once. */
async function contextOf(browser, storageState, theme) {
  const context = await browser.newContext({
    ...{ viewport: window, storageState, colorScheme: theme, locale: 'en-GB', reducedMotion: 'reduce' },
  });
  await context.addInitScript((chosen) => localStorage.setItem('STRAPI_THEME', chosen), theme);
  return context;
}

async function take(context, screen, theme, { url, site, folder, database, onTaken }) {
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  const setHome = (id, home) => writeHome(database, id, home);
  await screen.before?.({ ...site, page, setHome });
  try {
    await page.goto(`${url}/admin${screen.path}`);
    await screen.ready(page, site);
    await page.addStyleTag({ content: hidden });
    if (screen.height === 'whole') {
      await page.setViewportSize({ ...window, height: await wholeHeight(page) });
    }
    await page.mouse.move(window.width / 2, 2);
    await page.waitForLoadState('networkidle').catch(() => undefined);
    const file = path.join(folder, `${screen.name}-${theme}.png`);
    await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
    onTaken(path.basename(file), statSync(file).size);
  } catch (error) {
    throw new Error(`${screen.name}-${theme}: ${error.message}`, { cause: error });
  } finally {
    await page.close();
    await screen.after?.(site);
  }
}

/** The admin panel scrolls inside; its content is measured, not the document. */
async function wholeHeight(page) {
  const content = await page.evaluate(
    () => document.querySelector('[data-strapi-main-content]')?.scrollHeight ?? 0,
  );
  return Math.min(Math.max(content, window.height), heightAtMost);
}

/** As a copy of the database would have it. */
function writeHome(file, id, home) {
  const db = new Database(file, { timeout: 20_000 });
  db.prepare('update event_webhooks_webhooks set home = ? where id = ?').run(JSON.stringify(home), id);
  db.close();
}
