import type { Slots } from './slots';

/** How often long requests are looked for. */
const everyMs = 100;

/**
 * Moves long requests to the slow lane, while it runs. `freed` is told after that whether others may be waiting for
 * their slots.
 */
export function createParking(slots: Pick<Slots, 'park'>, freed: (waitedFor: boolean) => void) {
  let timer: NodeJS.Timeout | null = null;
  return {
    start(): void {
      timer ??= setInterval(() => {
        const { parked, waitedFor } = slots.park();
        if (parked > 0) freed(waitedFor);
      }, everyMs).unref();
    },
    stop(): void {
      if (timer) clearInterval(timer);
      timer = null;
    },
  };
}
