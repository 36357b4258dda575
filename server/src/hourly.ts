import type { Core } from '@strapi/strapi';

/** Runs a task each hour, at this minute. croner does not guard against overlap, so this does. */
export function eachHour(
  strapi: Core.Strapi,
  name: string,
  minute: number,
  run: () => Promise<unknown>,
): void {
  let running = false;
  const task = async (): Promise<void> => {
    if (running) return;
    running = true;
    try {
      await run();
    } finally {
      running = false;
    }
  };
  strapi.cron.add({ [name]: { options: `${minute} * * * *`, task } });
}
