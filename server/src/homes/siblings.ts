import type { InstanceRow } from '../store/instances';

/**
 * The public hosts of this installation's processes. Another process that keeps writing heartbeats to this
 * database shares it with us. A single heartbeat is no proof: the rows of the original's processes are in a
 * copied database too, but nobody updates them there.
 */
export function createSiblings(selfKey: string) {
  const firstSeen = new Map<string, number>();
  const proven = new Map<string, string>();
  let undecided = false;

  return {
    /** The processes alive now according to the database; called at intervals. */
    look(alive: readonly InstanceRow[]): void {
      undecided = false;
      for (const { key, publicHost, seenAt } of alive) {
        if (key === selfKey) continue;
        const first = firstSeen.get(key) ?? seenAt;
        firstSeen.set(key, first);
        if (seenAt === first) undecided = true;
        else if (publicHost !== null) proven.set(key, publicHost);
      }
      const keys = new Set(alive.map(({ key }) => key));
      for (const key of firstSeen.keys()) {
        if (keys.has(key)) continue;
        firstSeen.delete(key);
        proven.delete(key);
      }
    },

    hosts: (): string[] => [...new Set(proven.values())],

    /** A process may belong to this installation: not known yet. */
    undecided: (): boolean => undecided,
  };
}

export type Siblings = ReturnType<typeof createSiblings>;
