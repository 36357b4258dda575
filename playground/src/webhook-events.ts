import type { Core } from '@strapi/strapi';

/** What this app uses of the plugin's service `events`. */
export interface WebhookEvents {
  /** Sends an event declared by code; refuses an undeclared type and data that does not fit its schema. */
  emit(type: string, data: Record<string, unknown>): Promise<unknown>;
  /** Sends an event whose data is joined from an entry; `extra` are the keys that only the caller knows. */
  emitFrom(type: string, documentId: string, extra?: Record<string, unknown>): Promise<unknown>;
  /** Runs `work` without events; `reason` goes to the log. */
  without<T>(reason: string, work: () => Promise<T>): Promise<T>;
}

const silent: WebhookEvents = {
  emit: async () => undefined,
  emitFrom: async () => undefined,
  without: (_reason, work) => work(),
};

/** The plugin's events, or a stand-in that sends nothing where the plugin is off (`EVENT_WEBHOOKS=false`). */
export function webhookEvents(strapi: Core.Strapi): WebhookEvents {
  return strapi.plugins['event-webhooks'] ? strapi.plugin('event-webhooks').service('events') : silent;
}
