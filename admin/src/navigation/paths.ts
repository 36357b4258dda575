import { pluginPath } from '../pluginId';

export const webhookTabs = ['overview', 'deliveries', 'settings', 'verify'] as const;
export type WebhookTab = (typeof webhookTabs)[number];

/** The URL of a webhook's page. E-mails link to it too. */
export const webhookPath = (id: number | string, tab: WebhookTab = 'overview'): string =>
  `${pluginPath}/webhooks/${id}${tab === 'overview' ? '' : `/${tab}`}`;

/** Places in the form of a webhook that a link can lead to: its URL, a folded section, or the fields that are sent. */
export const formPlaces = [
  'url',
  'conditions',
  'sending',
  'fields',
  'secret',
  'headers',
  'delivery',
] as const;
export type FormPlace = (typeof formPlaces)[number];

/** The form of a webhook at one place. `url` is filled in for the administrator to save. */
export function formPath(id: number | string, place: FormPlace, url: string | null = null): string {
  const query = new URLSearchParams({ open: place, ...(url !== null && { url }) });
  return `${webhookPath(id, 'settings')}?${query}`;
}

/** The list of webhooks, narrowed to a state. */
export const webhooksPath = (state: string): string => `${pluginPath}?state=${state}`;

export const settingsPath = `${pluginPath}/settings`;

/** The URL of a delivery in the log. */
export const deliveryPath = (id: number): string => `${pluginPath}/deliveries?delivery=${id}`;

/** The URL of an event in the catalog, expanded and alone: among all events it would not be visible. */
export function eventPath(type: string): string {
  const event = encodeURIComponent(type);
  return `${pluginPath}/events?search=${event}&event=${event}`;
}

/** The form of a business event; without an id of a new one. */
export const businessEventPath = (id: number | 'new'): string => `${pluginPath}/events/${id}`;
