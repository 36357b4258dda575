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
    'EventWebhooksBusinessEvent',
    'EventWebhooksDelivery',
    'EventWebhooksReplay',
    'EventWebhooksInbox',
    'EventWebhooksInboxRequest',
    'EventWebhooksSettings',
    'EventWebhooksStatus',
  ],
});

/** Where Strapi keeps the language of the admin panel; the profile of who is signed in may have none. */
const languageKey = 'strapi-admin-language';

/** For answers that contain sentences or names: in the language of the screen, whatever the browser prefers. */
export const inScreenLanguage = () => ({
  headers: { 'Accept-Language': localStorage.getItem(languageKey) ?? 'en' },
});

export const route = (path: string): string => `/event-webhooks${path}`;
