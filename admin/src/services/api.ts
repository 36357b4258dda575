import { adminApi } from '@strapi/strapi/admin';

/**
 * Strapi's own store with our tags. Tags and endpoints carry our name, since Strapi injects a `Webhook` tag
 * and webhook endpoints of its own into the same store, where the first one of a name wins silently.
 */
export const api = adminApi.enhanceEndpoints({
  addTagTypes: [
    'EventWebhooksWebhook',
    'EventWebhooksSecret',
    'EventWebhooksImportable',
    'EventWebhooksEventType',
    'EventWebhooksDelivery',
    'EventWebhooksReplay',
    'EventWebhooksInbox',
    'EventWebhooksInboxRequest',
    'EventWebhooksSettings',
    'EventWebhooksStatus',
  ],
});

export const route = (path: string): string => `/event-webhooks${path}`;
