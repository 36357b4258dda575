import type { Core } from '@strapi/strapi';
import type { ImportResult, ImportableWebhooks, WebhookFormValues } from '../../../contracts';
import { webhookInput } from '../../../contracts';
import type { Store } from '../store';
import { validate } from './validate';
import type { WebhooksService } from './webhooks';
import { reasonOf } from '../reason';

export interface CoreWebhooksDeps {
  strapi: Core.Strapi;
  store: Store;
  webhooks: WebhooksService;
}

interface CoreWebhook {
  id: number | string;
  name: string;
  url: string;
  headers: Record<string, string> | null;
  events: string[];
  isEnabled: boolean;
}

/** Strapi's own event names → subscriptions of ours. */
const subscriptions: Record<string, string> = {
  'entry.create': '*.created',
  'entry.update': '*.updated',
  'entry.delete': '*.deleted',
  'entry.publish': '*.published',
  'entry.unpublish': '*.unpublished',
  'entry.draft-discard': '*.draft_discarded',
  'media.create': 'media.created',
  'media.update': 'media.updated',
  'media.delete': 'media.deleted',
  'releases.publish': 'release.published',
};

/** Takes over the webhooks of Settings → Webhooks. They arrive switched off: the old one still sends. */
export function createCoreWebhooksService({ strapi, store, webhooks }: CoreWebhooksDeps) {
  const all = (): Promise<CoreWebhook[]> =>
    (strapi.get('webhookStore') as { findWebhooks(): Promise<CoreWebhook[]> }).findWebhooks();

  return {
    async importable(): Promise<ImportableWebhooks> {
      const taken = new Set((await store.webhooks.all(store.database.pool())).map((row) => row.importedFrom));
      return {
        results: (await all()).map((webhook) => ({
          id: Number(webhook.id),
          name: webhook.name,
          url: webhook.url,
          events: webhook.events,
          enabled: webhook.isEnabled,
          imported: taken.has(Number(webhook.id)),
        })),
      };
    },

    async import(ids: readonly number[]): Promise<ImportResult> {
      const result: ImportResult = { imported: [], refused: [] };
      for (const webhook of (await all()).filter(({ id }) => ids.includes(Number(id)))) {
        try {
          const created = await webhooks.create(validate(webhookInput, formOf(webhook)), Number(webhook.id));
          result.imported.push({ name: created.name, id: created.id });
        } catch (error) {
          result.refused.push({
            name: webhook.name,
            reason: reasonOf(error),
          });
        }
      }
      return result;
    },
  };
}

export type CoreWebhooksService = ReturnType<typeof createCoreWebhooksService>;

/** Every header is taken as a secret: Strapi's own have no mark, and they mostly carry credentials. */
const formOf = (webhook: CoreWebhook): WebhookFormValues => ({
  name: webhook.name,
  url: webhook.url,
  events: webhook.events.map((event) => subscriptions[event] ?? event),
  active: false,
  headers: Object.entries(webhook.headers ?? {}).map(([name, value]) => ({ name, value, secret: true })),
});
