import { z } from 'zod';
import { jsonSchemaOf } from './json-schema';
import type { EventType } from './types';

/** Events about webhooks themselves; never sent to the webhook they are about, and never by a wildcard. */
export const operationalTypes = {
  failing: 'webhook.failing',
  disabled: 'webhook.disabled',
  recovered: 'webhook.recovered',
  away: 'webhook.away',
} as const;

export type OperationalNews = keyof typeof operationalTypes;

const time = z.string().nullable().meta({ format: 'date-time' });

const schema = z.object({
  webhook_id: z.number(),
  webhook_name: z.string(),
  /** Only the host: if the URL is secret, no more of it is sent. */
  webhook_host: z.string(),
  reason: z.string().nullable(),
  failing_since: time,
  disables_at: time,
  manage_url: z.string(),
});

export type OperationalData = z.output<typeof schema>;

const sample: OperationalData = {
  webhook_id: 3,
  webhook_name: 'Billing',
  webhook_host: 'billing.example.com',
  reason: null,
  failing_since: '2026-11-21T14:00:00.000Z',
  disables_at: null,
  manage_url: 'https://cms.example.com/admin/plugins/event-webhooks/webhooks/3',
};

const told: readonly [OperationalNews, string, string, Partial<OperationalData>][] = [
  [
    'failing',
    'Webhook Failing',
    'All deliveries of a webhook have failed for half of the time after which it is disabled.',
    { disables_at: '2026-11-26T14:00:00.000Z' },
  ],
  [
    'disabled',
    'Webhook Disabled',
    'A webhook is disabled by the system: it failed for days, its address is gone, or its receiver asked for it.',
    { reason: 'failing' },
  ],
  [
    'recovered',
    'Webhook Recovered',
    'A webhook that was about to be disabled delivers again.',
    { failing_since: null },
  ],
  [
    'away',
    'Webhook of Another Installation',
    'A webhook waits, since this database seems to be a copy of another installation.',
    { reason: 'host', failing_since: null },
  ],
];

/** The catalog's entries of these events. */
export const operationalEvents: readonly EventType[] = told.map(([news, displayName, description, own]) => ({
  type: operationalTypes[news],
  displayName,
  description,
  group: 'system',
  source: 'operational',
  guarantee: 'late',
  uid: null,
  contentTypeName: null,
  replacesContentEvent: false,
  sensitive: true,
  schema: jsonSchemaOf(schema),
  sample: { ...sample, ...own },
}));
