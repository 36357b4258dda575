import { pluginPath } from '../pluginId';

export const webhookTabs = ['overview', 'deliveries', 'settings', 'verify'] as const;
export type WebhookTab = (typeof webhookTabs)[number];

/** The address of a webhook's page. E-mails lead there too. */
export const webhookPath = (id: number | string, tab: WebhookTab = 'overview'): string =>
  `${pluginPath}/webhooks/${id}${tab === 'overview' ? '' : `/${tab}`}`;

/** The address of a delivery in the log. */
export const deliveryPath = (id: number): string => `${pluginPath}/deliveries?delivery=${id}`;

/** The address of an event in the catalog, unfolded and alone: among all events it would be out of sight. */
export function eventPath(type: string): string {
  const event = encodeURIComponent(type);
  return `${pluginPath}/events?search=${event}&event=${event}`;
}
