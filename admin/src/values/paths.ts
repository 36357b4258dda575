import { pluginPath } from '../pluginId';

export const webhookTabs = ['overview', 'deliveries', 'settings', 'verify'] as const;
export type WebhookTab = (typeof webhookTabs)[number];

/** The address of a webhook's page. E-mails lead there too. */
export const webhookPath = (id: number | string, tab: WebhookTab = 'overview'): string =>
  `${pluginPath}/webhooks/${id}${tab === 'overview' ? '' : `/${tab}`}`;
