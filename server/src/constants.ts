export const pluginId = 'event-webhooks';

export const uids = {
  webhook: 'plugin::event-webhooks.webhook',
  businessEvent: 'plugin::event-webhooks.business-event',
  event: 'plugin::event-webhooks.event',
  delivery: 'plugin::event-webhooks.delivery',
  attempt: 'plugin::event-webhooks.attempt',
  hour: 'plugin::event-webhooks.hour',
  lease: 'plugin::event-webhooks.lease',
  replay: 'plugin::event-webhooks.replay',
} as const;

export const tables = {
  webhooks: 'event_webhooks_webhooks',
  businessEvents: 'event_webhooks_business_events',
  events: 'event_webhooks_events',
  deliveries: 'event_webhooks_deliveries',
  attempts: 'event_webhooks_attempts',
  hours: 'event_webhooks_hours',
  leases: 'event_webhooks_leases',
  replays: 'event_webhooks_replays',
} as const;
