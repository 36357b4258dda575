import type { EventRow } from '../store/events';

/** What an event's row holds of text, with the addresses of its files signed. */
export interface Texts {
  body: string | null;
  snapshot: string | null;
}

export interface SigningDeps {
  /** Whether files are private here. Where they are not, nothing else is asked. */
  active(): Promise<boolean>;
  waiting(limit: number): Promise<readonly EventRow[]>;
  /** Signs what is yet to be signed; an event in which nothing is has no entry. Never throws, and ends in its time. */
  sign(events: readonly EventRow[]): Promise<ReadonlyMap<number, Texts>>;
  save(id: number, texts: Texts): Promise<unknown>;
}

/**
 * The step before matching where files are private: signing may ask a network, so it is done outside of the matcher's
 * transaction, and saved before the body is fixed, so that each try sends the same bytes.
 *
 * What is signed says so in its own text. So a crash in between, or another instance, only does it once more; an event
 * that nobody has looked at here is left to the next turn by `isReady`.
 */
export function createSigning(deps: SigningDeps) {
  let isOn = false;
  let seen: ReadonlySet<number> = new Set();

  return {
    /** Looks at the oldest unmatched events: those that the next batch takes. */
    async prepare(limit: number): Promise<void> {
      isOn = await deps.active();
      if (!isOn) return;
      const events = await deps.waiting(limit);
      for (const [id, texts] of await deps.sign(events)) await deps.save(id, texts);
      seen = new Set(events.map(({ id }) => id));
    },

    /** Whether an event may be matched. */
    isReady: ({ id }: { id: number }): boolean => !isOn || seen.has(id),
  };
}

export type Signing = ReturnType<typeof createSigning>;
