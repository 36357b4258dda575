import { AsyncLocalStorage } from 'node:async_hooks';

/** Capture turned off on purpose: for a function (seeds, imports), or for the whole process. */
export interface Silence {
  active(): boolean;
  /** Runs `fn` without capturing its changes; the reason is logged. */
  without<T>(reason: string, fn: () => Promise<T>): Promise<T>;
}

export function createSilence(input: { processWide: boolean; log: (message: string) => void }): Silence {
  const storage = new AsyncLocalStorage<{ reason: string }>();
  if (input.processWide)
    input.log('event-webhooks: EVENT_WEBHOOKS_CAPTURE=off, no event is captured by this process');
  return {
    active: () => input.processWide || storage.getStore() !== undefined,
    async without(reason, fn) {
      if (typeof reason !== 'string' || reason.trim() === '')
        throw new Error('events.without: a reason is required');
      input.log(`event-webhooks: capture is off for "${reason}"`);
      try {
        return await storage.run({ reason }, fn);
      } finally {
        input.log(`event-webhooks: capture is on again after "${reason}"`);
      }
    },
  };
}
