import type { Texts } from '../content';
import type { EventRow } from '../store/events';

export interface SigningDeps {
  /** Whether files are private here. If not, nothing else is called. */
  active(): Promise<boolean>;
  waiting(limit: number): Promise<readonly EventRow[]>;
  /**
   * Signs unsigned files; an event without any has no entry. Never throws, and ends within its time limit.
   */
  sign(events: readonly EventRow[]): Promise<ReadonlyMap<number, Texts>>;
  save(id: number, texts: Texts): Promise<unknown>;
}

/**
 * The step before matching if files are private: signing may use the network, so it is done outside of the
 * matcher's transaction, and saved before the body is fixed, so that each attempt sends the same bytes.
 *
 * A signed text is marked as such. So a crash in between, or another instance, only repeats it; an event that
 * was not examined here is left to the next turn by `isReady`.
 */
export function createSigning(deps: SigningDeps) {
  let isOn = false;
  let seen: ReadonlySet<number> = new Set();

  return {
    /** Processes the oldest unmatched events: those that the next batch takes. */
    async prepare(limit: number): Promise<void> {
      isOn = await deps.active();
      if (!isOn) return;
      const events = await deps.waiting(limit);
      for (const [id, texts] of await deps.sign(events)) await deps.save(id, texts);
      seen = new Set(events.map(({ id }) => id));
    },

    /** Whether an event can be matched. */
    isReady: ({ id }: { id: number }): boolean => !isOn || seen.has(id),
  };
}

export type Signing = ReturnType<typeof createSigning>;
