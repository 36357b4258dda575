/** What somebody saved since the version that a form was filled from. */
export interface SavedChange {
  /** The name of who saved it; null where it was no administrator. */
  by: string | null;
  /** Epoch milliseconds. */
  at: number;
  /** Names of the fields of the form. */
  fields: string[];
}

/**
 * `details` of the 409 that a stale form gets: nothing of it was saved. Who wants to save it all the same sends it again
 * with this `version`.
 */
export interface Conflict {
  version: number;
  /** Oldest first; empty where it is no longer known what was changed. */
  changes: SavedChange[];
}
