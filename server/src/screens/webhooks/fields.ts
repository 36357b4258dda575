import type { WebhookInput } from '../../../../contracts';

type PlainFields = Omit<WebhookInput, 'url' | 'urlSecret' | 'active' | 'headers' | 'templateSecrets'>;

/**
 * What stands in a webhook's form, in its row and in its view alike; its address and its headers may be secrets, and its
 * switch is the gate's.
 */
export const fields = (from: PlainFields): PlainFields => ({
  name: from.name,
  events: [...new Set(from.events)],
  timeoutSeconds: from.timeoutSeconds,
  retryScheduleSeconds: from.retryScheduleSeconds,
  rateLimit: from.rateLimit,
  ordered: from.ordered,
  onFailedHead: from.onFailedHead,
  shownBy: from.shownBy,
  conditions: from.conditions,
  collapse: from.collapse,
  skipUnchanged: from.skipUnchanged,
  onePublish: from.onePublish,
  fields: from.fields,
  alertAfter: from.alertAfter,
  format: from.format,
  template: from.template,
});
