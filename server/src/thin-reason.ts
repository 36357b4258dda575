/**
 * Why an event is in the thin form, where an error is the cause. Fixed texts: they are sent to receivers and shown in
 * the log of deliveries, and the text of an error (of a database, of a site builder's function) may hold anything. What it
 * says stands in the server's log.
 */
export const thinReason = {
  notRead: 'not_read: the entry could not be read',
  notBuilt: 'not_built: the data could not be built from the entry',
  payloadFailed: 'payload_failed: the payload function failed',
} as const;
