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
    'Deliveries of a webhook fail: for half of the time after which it is disabled, or as long as its own settings say.',
    { disables_at: '2026-11-26T14:00:00.000Z' },
  ],
  [
    'disabled',
    'Webhook Disabled',
    'A webhook was disabled automatically: it failed for days, its URL is gone, its receiver asked for it, or its receiver kept changing the entry that it was told about.',
    { reason: 'failing' },
  ],
  [
    'recovered',
    'Webhook Recovered',
    'A webhook that was reported as failing delivers again.',
    { failing_since: null },
  ],
  [
    'away',
    'Webhook of Another Installation',
    'A webhook waits, since this database seems to be a copy of another installation.',
    { reason: 'host', failing_since: null },
  ],
];

/** A delivery has failed for good: no attempt follows by itself. */
export const deliveryFailedType = 'delivery.failed';

/** Events of which no delivery gives another one: nobody would ever see the end of it. */
export const isOperational = (type: string): boolean =>
  type === deliveryFailedType || Object.values<string>(operationalTypes).includes(type);

const failedSchema = z.object({
  delivery_id: z.number(),
  message_id: z.string(),
  event_type: z.string(),
  webhook_id: z.number(),
  webhook_name: z.string(),
  webhook_host: z.string(),
  http_status: z.number().nullable(),
  /** One of the failure codes: `timeout`, `http_404`. */
  code: z.string().nullable(),
  /** In English. */
  cause: z.string(),
  attempts: z.number(),
  entry_uid: z.string().nullable(),
  entry_document_id: z.string().nullable(),
  manage_url: z.string(),
});

export type FailedDeliveryData = z.output<typeof failedSchema>;

const failedSample: FailedDeliveryData = {
  delivery_id: 8412,
  message_id: 'msg_2fvQGmdQ8oYJQ6rXbVY2Lq',
  event_type: 'article.published',
  webhook_id: 3,
  webhook_name: 'Billing',
  webhook_host: 'billing.example.com',
  http_status: 404,
  code: 'http_404',
  cause: 'billing.example.com responds, but this URL does not exist there.',
  attempts: 10,
  entry_uid: 'api::article.article',
  entry_document_id: 'smyfr1bhygvz535vscjbjyey',
  manage_url: 'https://cms.example.com/admin/plugins/event-webhooks/deliveries?delivery=8412',
};

const common = {
  group: 'system',
  source: 'operational',
  uid: null,
  contentTypeName: null,
  replacesContentEvent: false,
  sensitive: true,
} as const;

const deliveryFailed: EventType = {
  ...common,
  type: deliveryFailedType,
  displayName: 'Delivery Failed',
  description: 'A delivery of another webhook has failed for good: the last attempt of its schedule failed.',
  guarantee: 'same_transaction',
  schema: jsonSchemaOf(failedSchema),
  sample: failedSample,
};

const aboutWebhooks = told.map(([news, displayName, description, own]): EventType => ({
  ...common,
  type: operationalTypes[news],
  displayName,
  description,
  guarantee: 'late',
  schema: jsonSchemaOf(schema),
  sample: { ...sample, ...own },
}));

/** The catalog's entries of these events. */
export const operationalEvents: readonly EventType[] = [deliveryFailed, ...aboutWebhooks];
