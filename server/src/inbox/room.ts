/** Bytes of bodies held in memory at the same time, for all inboxes of this process. */
export interface Room {
  /** False if there is no space for them: nothing is taken then. */
  take(bytes: number): boolean;
  give(bytes: number): void;
  held(): number;
}

export function createRoom(capBytes: number): Room {
  let held = 0;
  return {
    take(bytes) {
      if (held + bytes > capBytes) return false;
      held += bytes;
      return true;
    },
    give(bytes) {
      held -= bytes;
    },
    held: () => held,
  };
}
