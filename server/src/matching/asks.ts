/** Whether a webhook is sent the events of entries that show what changed. */
export const asksForAffected = (events: readonly string[]): boolean =>
  events.some((pattern) => pattern.endsWith('.affected'));
