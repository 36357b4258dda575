import type { Locator, Page } from 'playwright-core';

/**
 * What can be operated and is in sight. Within a group that is one stop (tabs, radio buttons, a grid of the design
 * system) arrows lead on, as ARIA's patterns have it; a grid is gone through by `walkGrid`.
 */
const operable =
  'a[href], button, input, select, textarea, summary, [role="switch"], [role="checkbox"], [role="tab"], [contenteditable="true"], [tabindex]:not([tabindex="-1"])';
const oneStop = '[role="grid"], [role="tablist"], [role="radiogroup"]';

export interface Walk {
  /** What the keyboard does not reach. */
  unreached: string[];
  /** What looks the same with the focus as without it. */
  unmarked: string[];
  /** `tabindex` above 0 turns the order of the page upside down. */
  positive: string[];
}

declare global {
  interface Window {
    ourWalk: {
      begin: (part: string) => void;
      step: () => boolean;
      end: () => { unreached: string[]; unmarked: string[]; positive: string[] };
    };
  }
}

const stepsAtMost = 400;

/** Presses Tab from the beginning of the page to its end. */
export async function walkByTab(page: Page, part: string): Promise<Walk> {
  await page.evaluate(prepare, { operable, oneStop });
  await page.evaluate((selector) => window.ourWalk.begin(selector), part);
  for (let steps = 0; steps < stepsAtMost; steps += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => window.ourWalk.step())) break;
  }
  return page.evaluate(() => window.ourWalk.end());
}

/** Runs in the browser. */
function prepare(given: { operable: string; oneStop: string }): void {
  const name = (element: Element) =>
    `${element.tagName.toLowerCase()}[${element.getAttribute('role') ?? ''}] “${(
      element.getAttribute('aria-label') ??
      element.getAttribute('name') ??
      element.textContent ??
      ''
    )
      .trim()
      .slice(0, 60)}”`;
  const isVisible = (element: Element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0 && getComputedStyle(element).visibility !== 'hidden';
  };
  const isOn = (element: Element) =>
    !(element as HTMLButtonElement).disabled && element.getAttribute('aria-disabled') !== 'true';
  const looks = (element: Element) => {
    const chain: Element[] = [];
    for (let up: Element | null = element; up && chain.length < 4; up = up.parentElement) chain.push(up);
    return JSON.stringify(
      chain.map((each, index) =>
        [null, '::before', '::after'].map((pseudo) => {
          const style = getComputedStyle(each, pseudo);
          const outline = style.outlineStyle === 'none' ? '' : `${style.outlineWidth} ${style.outlineColor}`;
          const inner = index === 0 ? [style.color, style.textDecorationLine] : [];
          return [
            outline,
            style.boxShadow,
            style.borderColor,
            style.backgroundColor,
            style.content,
            ...inner,
          ];
        }),
      ),
    );
  };
  let part: Element[] = [];
  let all: Element[] = [];
  let reached = new Set<Element>();
  let focused: { element: Element; looks: string } | null = null;
  const unmarked: string[] = [];
  const isOurs = (element: Element) => part.some((each) => each.contains(element));
  const compare = () => {
    if (!focused) return;
    const { element, looks: before } = focused;
    focused = null;
    // A field for text has its caret; an editor of code too.
    if (element.isConnected && looks(element) === before) unmarked.push(name(element));
  };
  window.ourWalk = {
    begin(selector) {
      part = [...document.querySelectorAll(selector)];
      // Now: scrolled, Strapi's header is another one, with the same buttons.
      all = part
        .flatMap((each) => [...each.querySelectorAll(given.operable)])
        .filter((each) => isVisible(each) && isOn(each) && !each.closest('[aria-hidden="true"], [inert]'));
      reached = new Set();
      unmarked.length = 0;
      focused = null;
      const still = document.createElement('style');
      still.textContent =
        '*, *::before, *::after { transition: none !important; animation: none !important; }';
      document.head.append(still);
      // A dialog keeps the focus: its round begins where it is.
      if (document.activeElement?.closest('[role="dialog"], [role="alertdialog"]')) {
        window.ourWalk.step();
        // A mouse may have put it there, which leaves no mark.
        focused = null;
        return;
      }
      (document.activeElement as HTMLElement | null)?.blur();
      const start = document.createElement('span');
      start.tabIndex = -1;
      document.body.prepend(start);
      start.focus();
      start.remove();
    },
    step() {
      compare();
      const active = document.activeElement;
      if (!active || active === document.body || reached.has(active)) return true;
      reached.add(active);
      if (isOurs(active)) focused = { element: active, looks: looks(active) };
      return false;
    },
    end() {
      compare();
      const isGroupReached = (element: Element) => {
        const group = element.closest(given.oneStop);
        return group !== null && [...reached].some((each) => group.contains(each));
      };
      return {
        unreached: all.filter((each) => !reached.has(each) && !isGroupReached(each)).map(name),
        unmarked,
        positive: [...document.querySelectorAll('[tabindex]')]
          .filter((each) => (each as HTMLElement).tabIndex > 0)
          .map(name),
      };
    },
  };
}

const isFocused = (locator: Locator) =>
  locator.evaluate(
    (element) => element === document.activeElement || element.contains(document.activeElement),
  );

/** Presses Tab until a part of the page has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let pressed = 0; pressed < 120; pressed += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the keyboard does not reach it');
}

/** Opens a dialog by the keyboard, stays in it however often Tab is pressed, and gets out by Escape. */
export async function goThroughDialog(
  page: Page,
  opener: Locator,
  dialog: Locator,
  open: () => Promise<void> = () => page.keyboard.press('Enter'),
): Promise<{ trapped: boolean; closed: boolean; returned: boolean }> {
  await opener.focus();
  await open();
  await dialog.waitFor();
  let trapped = true;
  for (const key of [...Array<string>(12).fill('Tab'), ...Array<string>(3).fill('Shift+Tab')]) {
    await page.keyboard.press(key);
    trapped &&= await isFocused(dialog);
  }
  await page.keyboard.press('Escape');
  const closed = await dialog.waitFor({ state: 'detached', timeout: 3000 }).then(
    () => true,
    () => false,
  );
  // The focus goes back when the dialog has faded.
  await page.waitForTimeout(300);
  return { trapped, closed, returned: await isFocused(opener) };
}
