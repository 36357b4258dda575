import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Language } from './words';

const folder = path.resolve(__dirname, '../../.tmp/walk');
const usual = { width: 1280, height: 900 };
// Notifications of the step before, which lie over what the picture is about.
const hiddenInPictures = '[data-sonner-toaster] { visibility: hidden; }';
// Taller pages are cut: a picture must still be readable.
const heightAtMost = 2400;

/** Pictures of a walk, numbered in the order of its steps: `walk-01-list.png`, `walk-uk-01-list.png`. */
export class Pictures {
  private step = 0;

  /** Only with `WALK_IMAGES=1`; the pictures of the documentation are those of `npm run pictures`. */
  constructor(
    private readonly page: Page,
    private readonly language: Language,
    private readonly walk: string,
    private readonly taken = process.env.WALK_IMAGES === '1',
  ) {}

  /** `whole` shows the page down to its end, else what fits the screen. */
  async take(name: string, { whole = false } = {}): Promise<void> {
    this.step += 1;
    if (!this.taken) return;
    mkdirSync(folder, { recursive: true });
    const prefix = this.language === 'en' ? this.walk : `${this.walk}-${this.language}`;
    const file = `${prefix}-${String(this.step).padStart(2, '0')}-${name}.png`;
    if (whole) await this.page.setViewportSize({ ...usual, height: await this.wholeHeight() });
    // Away from what shows a tooltip under it.
    await this.page.mouse.move(usual.width / 2, 2);
    await this.page.screenshot({
      path: path.join(folder, file),
      animations: 'disabled',
      caret: 'hide',
      style: hiddenInPictures,
    });
    if (whole) await this.page.setViewportSize(usual);
  }

  /** The admin panel scrolls inside; its content is measured, not the document. */
  private async wholeHeight(): Promise<number> {
    const content = await this.page.evaluate(
      () => document.querySelector('[data-strapi-main-content]')?.scrollHeight ?? 0,
    );
    return Math.min(Math.max(content, usual.height), heightAtMost);
  }
}
