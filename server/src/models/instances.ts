/** Which processes are alive, so that a screen can say who delivers. */
export const instancesTable = 'event_webhooks_instances';

export const instanceModel = {
  uid: 'plugin::event-webhooks.instance',
  singularName: 'event-webhooks-instance',
  tableName: instancesTable,
  attributes: {
    id: { type: 'increments' },
    key: { type: 'string', column: { notNullable: true, unique: true } },
    host: { type: 'string', column: { notNullable: true } },
    pid: { type: 'integer', column: { notNullable: true } },
    engine: { type: 'string', column: { notNullable: true } },
    delivers: { type: 'boolean', column: { notNullable: true } },
    version: { type: 'string', column: { notNullable: true } },
    startedAt: { type: 'biginteger', column: { notNullable: true } },
    seenAt: { type: 'biginteger', column: { notNullable: true } },
  },
};
