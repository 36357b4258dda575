import type { Browser, Page } from 'playwright-core';
import { administrator } from './playground';
import { Pictures } from './pictures';
import { wordsOf } from './words';
import type { Language, Words } from './words';

// A first visit loads the whole admin panel, on whatever machine this is.
const patienceMs = 30_000;

/** Somebody at the screen, with a mouse and a keyboard, who reads one language. */
export interface Administrator {
  page: Page;
  words: Words;
  pictures: Pictures;
  /** Goes to a page by the side navigation. */
  goTo: (section: 'webhooks' | 'deliveries' | 'events' | 'inbox' | 'settings') => Promise<void>;
  leave: () => Promise<void>;
}

/** Opens the admin panel and logs in by its form. */
export async function comeIn(
  browser: Browser,
  url: string,
  language: Language,
  walk = 'walk',
): Promise<Administrator> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addInitScript((chosen) => {
    // Where Strapi keeps the language that was chosen in the profile, and the look.
    localStorage.setItem('strapi-admin-language', chosen);
    localStorage.setItem('STRAPI_THEME', 'light');
  }, language);
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(`${url}/admin/auth/login`);
  await page.locator('[name="email"]').fill(administrator.email);
  await page.locator('[name="password"]').fill(administrator.password);
  await page.locator('button[type="submit"]').click();
  await page.locator('nav').first().waitFor();
  await closeBanner(page);

  const words = wordsOf(language);
  return {
    page,
    words,
    pictures: new Pictures(page, language, walk),
    goTo: async (section) => {
      const path = section === 'webhooks' ? '' : `/${section}`;
      // By its address: the main menu's link bears the same name as that of the list.
      await page
        .locator(`nav a[href$="/plugins/event-webhooks${path}"]`)
        .filter({ visible: true })
        .last()
        .click();
      await page.getByRole('heading', { level: 1, name: words(`nav.${section}`), exact: true }).waitFor();
    },
    leave: () => context.close(),
  };
}

/** Strapi greets a first visit with a banner of its own, over every page. */
async function closeBanner(page: Page): Promise<void> {
  const close = page.getByRole('button', { name: 'Close the banner' });
  await close
    .or(page.getByRole('heading', { level: 1 }))
    .first()
    .waitFor();
  if (await close.isVisible()) await close.click();
}
