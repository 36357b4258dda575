/** Asks again until the answer is truthy; fails with what it was waiting for. */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  { timeoutMs = 15_000, everyMs = 25 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<NonNullable<T>> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer as NonNullable<T>;
    if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** Lets whatever would happen happen, for tests that nothing does. */
export const quiet = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
