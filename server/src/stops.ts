/** What a room does at the end, named for the log line where it fails. */
export type Stop = [what: string, stop: () => unknown];
