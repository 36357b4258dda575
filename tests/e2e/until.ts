const pauseMs = 100;

/** Looks again and again until something is true. Throws, naming what was waited for, when the time is over. */
export async function until(
  what: string,
  withinMs: number,
  look: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await look())) {
    if (Date.now() > end) throw new Error(`waited ${withinMs / 1000} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
