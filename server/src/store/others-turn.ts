/**
 * Releases the event loop: timers fire and sockets are read between two parts of a long task. On SQLite every
 * statement is synchronous, and awaiting its result does not release the loop, so that nothing else would be
 * served.
 */
export const othersTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * One after the other, releasing the event loop after each: for a list that grows with the number of webhooks,
 * where each element costs statements.
 */
export async function eachInTurn<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (const one of all) {
    await work(one);
    await othersTurn();
  }
}
