/**
 * Counters of rate limits, as `rate-limiter-flexible` writes them: it inserts without naming columns, so there are
 * these three in this order and no `id`.
 */
export const ratesTable = 'event_webhooks_rates';

export const rateModel = {
  uid: 'plugin::event-webhooks.rate',
  singularName: 'event-webhooks-rate',
  tableName: ratesTable,
  attributes: {
    key: { type: 'string', column: { notNullable: true, unique: true } },
    points: { type: 'integer', column: { notNullable: true, defaultTo: 0 } },
    expire: { type: 'biginteger' },
  },
};
