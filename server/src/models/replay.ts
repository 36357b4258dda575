import { tables, uids } from '../constants';

/** A resend job, which continues after a restart. */
export const replay = {
  uid: uids.replay,
  singularName: 'event-webhooks-replay',
  tableName: tables.replays,
  attributes: {
    id: { type: 'increments' },
    /** `running`, `stopped` or `finished`. */
    state: { type: 'string', column: { notNullable: true } },
    /** JSON: which deliveries. */
    filter: { type: 'text', column: { notNullable: true } },
    /** JSON: for each webhook the id up to which its deliveries are done; each has its own pace. */
    cursors: { type: 'text', column: { notNullable: true } },
    /** The newest delivery when the job was created: later failures are not part of it. */
    lastId: { type: 'integer', column: { notNullable: true } },
    /** Null if there were too many to count. */
    total: { type: 'integer' },
    done: { type: 'integer', column: { notNullable: true, defaultTo: 0 } },
    refused: { type: 'integer', column: { notNullable: true, defaultTo: 0 } },
    /** JSON: how many were refused for which reason. */
    refusals: { type: 'text', column: { notNullable: true } },
    byName: { type: 'string' },
    createdAt: { type: 'biginteger', column: { notNullable: true } },
    finishedAt: { type: 'biginteger' },
    /** Only the instance that holds the lease works on it. */
    leaseUntil: { type: 'biginteger' },
    leaseToken: { type: 'string' },
  },
  indexes: [{ name: 'event_webhooks_replays_state_idx', columns: ['state', 'id'], type: null }],
};
