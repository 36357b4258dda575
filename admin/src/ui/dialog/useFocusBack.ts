import { useLayoutEffect } from 'react';

const lookEveryMs = 30;
/** A dialog fades; after that nothing takes the focus away any more. */
const patienceMs = 1500;

/**
 * Gives the focus back to what opened a dialog, once that has closed. The design system does so only for a dialog with
 * a trigger inside it; without one the focus would be lost, and the keyboard would begin at the top of the page.
 */
export function useFocusBack(isOpen = true): void {
  useLayoutEffect(() => {
    if (!isOpen) return undefined;
    const opener = openerOf(document.activeElement);
    return () => giveBack(opener);
  }, [isOpen]);
}

/** An item of a menu goes with its menu: the button that opened that stays. */
function openerOf(focused: Element | null): HTMLElement | null {
  const label = focused?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const opener = label ? document.getElementById(label) : focused;
  return opener instanceof HTMLElement ? opener : null;
}

function giveBack(opener: HTMLElement | null): void {
  const end = Date.now() + patienceMs;
  const timer = setInterval(() => {
    const isThere = document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
    if (isThere && Date.now() < end) return;
    clearInterval(timer);
    // Somebody who went on to something else is left there.
    if (!isThere && document.activeElement === document.body) opener?.focus();
  }, lookEveryMs);
}
