export interface AloneDeps {
  /** The file whose lock says that this process is alone; null where no other process can open the database. */
  file: string | null;
  tryLock(file: string): Held | null;
  /** This process is ending: whether it is alone does not matter any more. */
  stopped(): boolean;
  now(): number;
  /** How long another process is waited for. */
  waitMs: number;
}

export interface Held {
  release(): void;
}

const everyMs = 100;

/** Why this process may not deliver. */
export class NotAlone extends Error {}

/**
 * On SQLite one process delivers: beside a second one that claims, a quarter of content saves fail with "database is
 * locked". Throws `NotAlone`, which says what to do.
 *
 * @returns null when the process ended meanwhile
 */
export async function becomeAlone(deps: AloneDeps): Promise<Held | null> {
  const { file } = deps;
  if (file === null) return { release: () => undefined };
  const end = deps.now() + deps.waitMs;
  while (!deps.stopped()) {
    const held = deps.tryLock(file);
    if (held) return held;
    if (deps.now() >= end) throw new NotAlone(message(file));
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return null;
}

const message = (file: string): string =>
  [
    `event-webhooks: another process delivers the webhooks of this SQLite database already (it holds ${file}).`,
    'On SQLite one process may deliver. Stop the other one,',
    'or set `delivery: { enabled: false }` for this one in config/plugins.ts: then it captures, and the other sends;',
    'or use Postgres, MySQL or MariaDB, where as many may deliver as you like.',
  ].join(' ');
