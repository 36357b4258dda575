import { useSyncExternalStore } from 'react';

// One clock for all relative times on the screen, so that they change together and cost one timer.
const tickMs = 5000;

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!timer) {
    // The clock stood still while nobody looked. React reads it again right after this.
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      listeners.forEach((notify) => notify());
    }, tickMs);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

// Between two ticks the value must stay the same, or React would render without end.
const read = (): number => now;

/** Epoch milliseconds; renders again every five seconds. */
export const useNow = (): number => useSyncExternalStore(subscribe, read);
