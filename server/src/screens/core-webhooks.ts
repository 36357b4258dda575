import { setTimeout as pause } from 'node:timers/promises';
import type {
  ImportResult,
  ImportableWebhooks,
  LeftOut,
  WebhookFormValues,
  WebhookInput,
} from '../../../contracts';
import { limits, shortestSecret, webhookHeader, webhookInput } from '../../../contracts';
import { printableName } from '../../../contracts/names';
import { reasonOf } from '../reason';
import { validate } from '../validate';
import type { WebhooksService } from './webhooks';

export interface CoreWebhooksDeps {
  /** Strapi's own webhooks, as they are stored. */
  all(): Promise<CoreWebhook[]>;
  /** `webhooks.defaultHeaders` of config/server: Strapi sends them with each of its own webhooks. */
  defaultHeaders(): Record<string, unknown>;
  /** Ids of Strapi's own webhooks that were imported before. */
  taken(): Promise<ReadonlySet<number>>;
  /** Turns off one of Strapi's own. */
  disable(webhook: CoreWebhook): Promise<void>;
  webhooks: Pick<WebhooksService, 'create' | 'check'>;
  known(subscription: string): boolean;
}

export interface CoreWebhook {
  id: number | string;
  name: string;
  url: string;
  headers: Record<string, unknown> | null;
  events: string[];
  isEnabled: boolean;
}

/** Strapi's own event names → subscriptions of the plugin. */
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
  'review-workflows.updateEntryStage': 'review_stage.changed',
};

/** A list does not wait for a name server that does not respond: the import itself checks again. */
const checkMs = 2000;

/** The result of importing one of Strapi's own. */
interface Plan {
  form: WebhookFormValues;
  leftOut: LeftOut[];
}

/**
 * Imports the webhooks of Settings → Webhooks, which send the same body as before. They are off at first: the old one
 * still sends; unless that is turned off with it. Parts without a counterpart are listed beforehand, and left out; the
 * rest is imported.
 */
export function createCoreWebhooksService(deps: CoreWebhooksDeps) {
  const planOf = (webhook: CoreWebhook, isActive = false): Plan => {
    const events = eventsOf(webhook, deps.known);
    const headers = headersOf({ ...deps.defaultHeaders() }, webhook.headers ?? {});
    const form = {
      name: printableName(webhook.name, limits.nameLength),
      url: webhook.url,
      events: events.taken,
      active: isActive,
      // What its receiver is used to.
      format: 'strapi' as const,
      headers: headers.taken,
    };
    return { form, leftOut: [...events.leftOut, ...headers.leftOut] };
  };

  const inputOf = ({ form }: Plan): WebhookInput => {
    if (form.events.length === 0) throw new Error('none of its events has a counterpart here');
    return validate(webhookInput, form);
  };

  /** Why it cannot be imported at all, or null. */
  const refusalOf = async (plan: Plan): Promise<string | null> => {
    try {
      const input = inputOf(plan);
      await Promise.race([deps.webhooks.check(input), pause(checkMs, undefined, { ref: false })]);
      return null;
    } catch (error) {
      return reasonOf(error);
    }
  };

  /** What is imported stays so: its original can be turned off by hand. */
  const disabled = async (webhook: CoreWebhook): Promise<'disabled' | 'still_on'> => {
    try {
      await deps.disable(webhook);
      return 'disabled';
    } catch {
      return 'still_on';
    }
  };

  return {
    async importable(): Promise<ImportableWebhooks> {
      const taken = await deps.taken();
      const view = async (webhook: CoreWebhook) => {
        const imported = taken.has(Number(webhook.id));
        const plan = planOf(webhook);
        return {
          id: Number(webhook.id),
          name: webhook.name,
          url: webhook.url,
          events: webhook.events,
          enabled: webhook.isEnabled,
          imported,
          leftOut: imported ? [] : plan.leftOut,
          refused: imported ? null : await refusalOf(plan),
        };
      };
      return { results: await Promise.all((await deps.all()).map(view)) };
    },

    /**
     * @param disableOriginals turns off each that was imported. The new one is on first, if the old one was: of what
     *   happens in between, one event too many is better than one that is lost.
     */
    async import(ids: readonly number[], disableOriginals = false): Promise<ImportResult> {
      const result: ImportResult = { imported: [], refused: [] };
      const taken = await deps.taken();
      for (const webhook of (await deps.all()).filter(({ id }) => ids.includes(Number(id)))) {
        try {
          if (taken.has(Number(webhook.id))) throw new Error('was imported before');
          const plan = planOf(webhook, disableOriginals && webhook.isEnabled);
          const { id, name } = await deps.webhooks.create(inputOf(plan), Number(webhook.id));
          const original = disableOriginals && webhook.isEnabled ? await disabled(webhook) : 'untouched';
          result.imported.push({ name, id, leftOut: plan.leftOut, original });
        } catch (error) {
          result.refused.push({ name: webhook.name, reason: reasonOf(error) });
        }
      }
      return result;
    },
  };
}

export type CoreWebhooksService = ReturnType<typeof createCoreWebhooksService>;

/** Ours are shorter, and on one line. */
function eventsOf(webhook: CoreWebhook, known: CoreWebhooksDeps['known']) {
  const taken = new Set<string>();
  const leftOut: LeftOut[] = [];
  for (const event of webhook.events) {
    const ours = subscriptions[event];
    if (ours !== undefined && known(ours)) taken.add(ours);
    else leftOut.push({ what: 'event', name: event, reason: 'has no counterpart here' });
  }
  return { taken: [...taken], leftOut };
}

/**
 * Every header that is long enough becomes secret, including default ones: Strapi's own have no such mark,
 * and they usually contain credentials. As in Strapi, a webhook's own header replaces a default one.
 */
function headersOf(defaults: Record<string, unknown>, own: Record<string, unknown>) {
  const byName = new Map<string, { name: string; value: string; secret: boolean }>();
  for (const [name, value] of [...Object.entries(defaults), ...Object.entries(own)])
    byName.set(name.toLowerCase(), {
      name,
      value: String(value),
      secret: String(value).length >= shortestSecret,
    });
  const taken: WebhookFormValues['headers'] = [];
  const leftOut: LeftOut[] = [];
  for (const header of byName.values()) {
    const parsed = webhookHeader.safeParse(header);
    const problem = parsed.success ? tooMany(taken.length) : parsed.error.issues[0]?.message;
    if (problem === undefined) taken.push(header);
    else leftOut.push({ what: 'header', name: header.name, reason: problem });
  }
  return { taken, leftOut };
}

const tooMany = (count: number): string | undefined =>
  count < limits.headersPerWebhook ? undefined : `must be at most ${limits.headersPerWebhook}`;
