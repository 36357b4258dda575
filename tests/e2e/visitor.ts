import type { Browser, BrowserContext, Page } from 'playwright-core';
import { ask } from './playground';

/** Signed in by the API, which takes a moment where the form takes seconds. */
export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** Goes to a page of the admin panel as a link would, without loading the panel anew. */
  visit: (path: string) => Promise<void>;
}

export interface Credentials {
  email: string;
  password: string;
}

/**
 * Opens the admin panel as this user. Its theme is the system's: `page.emulateMedia({ colorScheme })` changes it.
 *
 * @param url of the playground
 */
export async function signIn(
  browser: Browser,
  url: string,
  { email, password }: Credentials,
  width = 1280,
): Promise<Visitor> {
  const { data } = await ask<{ data: { token: string } }>(url, 'POST', '/admin/login', { email, password });
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  await context.addInitScript((token) => {
    localStorage.setItem('jwtToken', JSON.stringify(token));
    localStorage.setItem('strapi-admin-language', 'en');
    localStorage.setItem('STRAPI_THEME', 'system');
  }, data.token);
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  return {
    context,
    page,
    visit: async (path) => {
      if (page.url() === 'about:blank') {
        await page.goto(`${url}/admin${path}`);
        return;
      }
      await page.evaluate((target) => {
        history.pushState({}, '', target);
        dispatchEvent(new PopStateEvent('popstate', { state: {} }));
      }, `/admin${path}`);
    },
  };
}
