/** Enough to understand a failure; an error's text may hold a whole statement. */
const maxLength = 500;

/** Why something failed, in one line for the log and the thin form. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, maxLength);
