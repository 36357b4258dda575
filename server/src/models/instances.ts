/** Which processes are alive, so that a screen can show which ones deliver. */
export const instancesTable = 'event_webhooks_instances';

export const instanceModel = {
  uid: 'plugin::event-webhooks.instance',
  singularName: 'event-webhooks-instance',
  tableName: instancesTable,
  attributes: {
    id: { type: 'increments' },
    key: { type: 'string', column: { notNullable: true, unique: true } },
    host: { type: 'string', column: { notNullable: true } },
    /** Host name of its public address, if any. */
    publicHost: { type: 'string' },
    pid: { type: 'integer', column: { notNullable: true } },
    engine: { type: 'string', column: { notNullable: true } },
    delivers: { type: 'boolean', column: { notNullable: true } },
    version: { type: 'string', column: { notNullable: true } },
    startedAt: { type: 'biginteger', column: { notNullable: true } },
    seenAt: { type: 'biginteger', column: { notNullable: true } },
  },
};
