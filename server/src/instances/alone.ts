export interface AloneDeps {
  /**
   * The file whose lock means that this process is the only one; null if no other process can open the
   * database.
   */
  file: string | null;
  /** Null if another process holds it. */
  tryLock(file: string): Held | null;
  /** Called once if another process holds it: this one waits. */
  waits(): void;
  /** This process is ending: the result is not needed any more. */
  stopped(): boolean;
}

export interface Held {
  release(): void;
}

/**
 * Soon enough for a deployment that replaces one process by the next; each attempt opens a file and closes
 * it.
 */
const everyMs = 500;

/**
 * With SQLite one process delivers: beside a second one that claims, a quarter of content saves fail with
 * "database is locked". The second waits as long as necessary, and takes over when the first has ended.
 * Throws if the first attempt finds that locking does not work.
 *
 * @returns null if the process ended meanwhile
 */
export async function becomeAlone({ file, tryLock, waits, stopped }: AloneDeps): Promise<Held | null> {
  if (file === null) return { release: () => undefined };
  let held = stopped() ? null : tryLock(file);
  if (!held && !stopped()) waits();
  while (!held && !stopped()) {
    await new Promise((resolve) => setTimeout(resolve, everyMs).unref());
    if (!stopped()) held = again(tryLock, file);
  }
  return held;
}

/**
 * Once another process is known to hold it, an attempt that fails for another reason (too many open files) is
 * no proof that it is gone.
 */
function again(tryLock: AloneDeps['tryLock'], file: string): Held | null {
  try {
    return tryLock(file);
  } catch {
    return null;
  }
}
