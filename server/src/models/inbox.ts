/** The tables of the built-in inbox. */
export const inboxTables = {
  inboxes: 'event_webhooks_inboxes',
  requests: 'event_webhooks_inbox_requests',
} as const;

const inbox = {
  uid: 'plugin::event-webhooks.inbox',
  singularName: 'event-webhooks-inbox',
  tableName: inboxTables.inboxes,
  attributes: {
    id: { type: 'increments' },
    token: { type: 'string', column: { notNullable: true, unique: true } },
    name: { type: 'string', column: { notNullable: true } },
    answerStatus: { type: 'integer', column: { notNullable: true } },
    answerDelaySeconds: { type: 'integer', column: { notNullable: true } },
    createdAtMs: { type: 'biginteger', column: { notNullable: true } },
    expiresAtMs: { type: 'biginteger', column: { notNullable: true } },
  },
};

/**
 * The long columns come last: SQLite reads a row's overflow pages to reach columns behind them, and the list
 * and the trimming read only the short ones.
 */
const inboxRequest = {
  uid: 'plugin::event-webhooks.inbox-request',
  singularName: 'event-webhooks-inbox-request',
  tableName: inboxTables.requests,
  attributes: {
    id: { type: 'increments' },
    inboxId: { type: 'integer', column: { notNullable: true } },
    method: { type: 'string', column: { notNullable: true } },
    bodyBytes: { type: 'integer', column: { notNullable: true } },
    tooLarge: { type: 'boolean', column: { notNullable: true, defaultTo: false } },
    eventType: { type: 'string' },
    test: { type: 'boolean', column: { notNullable: true, defaultTo: false } },
    receivedAt: { type: 'biginteger', column: { notNullable: true } },
    answeredStatus: { type: 'integer', column: { notNullable: true } },
    answeredAfterMs: { type: 'integer', column: { notNullable: true } },
    /** JSON of a `SignatureVerdict`, as text. */
    signature: { type: 'text', column: { notNullable: true } },
    path: { type: 'text', column: { notNullable: true } },
    query: { type: 'text', column: { notNullable: true } },
    /** JSON of `[name, value]` pairs in the order and case in which they arrived, as text. */
    headers: { type: 'text', column: { notNullable: true } },
    bodyBase64: { type: 'text', column: { notNullable: true } },
  },
  indexes: [{ name: 'event_webhooks_inbox_requests_idx', columns: ['inbox_id', 'id'], type: null }],
};

export const inboxModels = [inbox, inboxRequest];
