import type { Slots } from './slots';

/** How often long requests are looked for. */
const everyMs = 100;

/** Moves long requests to the slow lane, while it runs. `freed` is called if others wait for their slots. */
export function createParking(slots: Pick<Slots, 'park'>, freed: () => void) {
  let timer: NodeJS.Timeout | null = null;
  return {
    start(): void {
      timer ??= setInterval(() => {
        if (slots.park()) freed();
      }, everyMs).unref();
    },
    stop(): void {
      if (timer) clearInterval(timer);
      timer = null;
    },
  };
}
