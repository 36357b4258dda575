/** What is known of a page: whether anybody can see it. */
export interface Visibility {
  readonly visibilityState: DocumentVisibilityState;
  addEventListener(type: 'visibilitychange', listener: () => void): void;
  removeEventListener(type: 'visibilitychange', listener: () => void): void;
}

/**
 * Calls `ask` every so many milliseconds while the page is in sight; not at all while it is hidden, and at once when it
 * comes back. Gives what ends it.
 */
export function poll(ask: () => unknown, intervalMs: number, page: Visibility): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const start = () => {
    clearInterval(timer);
    timer = page.visibilityState === 'visible' ? setInterval(ask, intervalMs) : undefined;
  };
  const turn = () => {
    start();
    if (timer !== undefined) ask();
  };
  start();
  page.addEventListener('visibilitychange', turn);
  return () => {
    clearInterval(timer);
    page.removeEventListener('visibilitychange', turn);
  };
}
