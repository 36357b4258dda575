import { tables, uids } from '../constants';

/** Many deliveries sent again, as a job that outlives the process. */
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
    /** JSON: for each webhook the id up to which its deliveries are done; each goes at its own pace. */
    cursors: { type: 'text', column: { notNullable: true } },
    /** The newest delivery when it was begun: what fails later is no part of it. */
    lastId: { type: 'integer', column: { notNullable: true } },
    /** Null where there were more than could be counted in passing. */
    total: { type: 'integer' },
    done: { type: 'integer', column: { notNullable: true, defaultTo: 0 } },
    refused: { type: 'integer', column: { notNullable: true, defaultTo: 0 } },
    /** JSON: how many were refused for which reason. */
    refusals: { type: 'text', column: { notNullable: true } },
    byName: { type: 'string' },
    createdAt: { type: 'biginteger', column: { notNullable: true } },
    finishedAt: { type: 'biginteger' },
    /** Of instances only the one that holds the lease goes on with it. */
    leaseUntil: { type: 'biginteger' },
    leaseToken: { type: 'string' },
  },
  indexes: [{ name: 'event_webhooks_replays_state_idx', columns: ['state', 'id'], type: null }],
};
