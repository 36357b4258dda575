import type { StandardBody } from '../../../contracts';
import { operationalTypes } from '../catalog/operational-events';
import type { OperationalData, OperationalNews } from '../catalog/operational-events';
import { hostOf } from '../matching/match';
import type { Connection } from '../store/connection';
import type { NewEvent } from '../store/events';
import { withoutEntry } from '../store/events';
import type { WebhookRow } from '../store/webhooks';
import type { Failure } from './explanation';
import { explanationOf } from './explanation';
import { languageOf, say } from './words';
import { reasonOf } from '../reason';

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

export interface NoticesDeps {
  find(webhookId: number): Promise<WebhookRow | null>;
  /** The administrator who made a webhook, if there still is one. */
  owner(ownerId: number): Promise<{ email: string; language: string | null } | null>;
  /** What the last try of a webhook failed with; null where it did not. */
  lastFailure(webhookId: number): Promise<Failure | null>;
  /** Told beside the owner. */
  alsoTold(): readonly string[];
  /** Null where no e-mail is to be sent. */
  sendMail: ((mail: Mail) => Promise<void>) | null;
  wanted(eventType: string): boolean;
  insert(connection: Connection, events: readonly NewEvent[]): Promise<void>;
  pool(): Connection;
  compose(body: StandardBody): string;
  newMessageId(): string;
  webhookUid: string;
  adminUrl(): string;
  disableAfterMs: number;
  now(): number;
  wake(): void;
  log: { info(message: string): void; warn(message: string): void };
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/**
 * Tells what has become of a webhook: its owner by e-mail, and whoever subscribed to the events about webhooks.
 * Once for each news: the gate's own row remembers what was told. Never rejects: a mail server that is down must
 * not cost a delivery its outcome.
 */
export function createNotices(deps: NoticesDeps) {
  const data = (webhook: WebhookRow, news: OperationalNews, reason: string | null): OperationalData => ({
    webhook_id: webhook.id,
    webhook_name: webhook.name,
    webhook_host: hostOf(webhook.url),
    reason,
    failing_since: iso(webhook.failingSince),
    disables_at:
      news === 'failing' && webhook.failingSince !== null
        ? iso(webhook.failingSince + deps.disableAfterMs)
        : null,
    manage_url: `${deps.adminUrl()}/plugins/event-webhooks/webhooks/${webhook.id}`,
  });

  const emit = async (webhook: WebhookRow, type: string, told: OperationalData): Promise<void> => {
    if (!deps.wanted(type)) return;
    const at = deps.now();
    await deps.insert(deps.pool(), [
      {
        messageId: deps.newMessageId(),
        type,
        occurredAt: at,
        body: deps.compose({ type, timestamp: new Date(at).toISOString(), data: told }),
        ...withoutEntry,
        // Which webhook it speaks of: matching leaves that one out.
        uid: deps.webhookUid,
        documentId: String(webhook.id),
        actor: { type: 'system', id: null, name: null },
        transactionId: null,
        guarantee: 'late',
        cause: 'operational',
      },
    ]);
    deps.wake();
  };

  const mail = async (webhook: WebhookRow, news: OperationalNews, told: OperationalData): Promise<void> => {
    if (!deps.sendMail) return;
    const owner = webhook.ownerId === null ? null : await deps.owner(webhook.ownerId);
    const languages = new Map(deps.alsoTold().map((to) => [to.toLowerCase(), owner?.language ?? null]));
    if (owner) languages.set(owner.email.toLowerCase(), owner.language);
    const isTrouble = news === 'failing' || news === 'disabled';
    const failure = isTrouble ? await deps.lastFailure(webhook.id) : null;
    for (const [to, language] of languages) {
      const words = mailWords(language, news, told, failure);
      await deps.sendMail({ to, ...words }).catch((error: unknown) => {
        deps.log.warn(
          `event-webhooks: the e-mail about webhook "${webhook.name}" failed: ${reasonOf(error)}`,
        );
      });
    }
  };

  return {
    async tell(webhookId: number, news: OperationalNews, reason: string | null = null): Promise<void> {
      try {
        const webhook = await deps.find(webhookId);
        if (!webhook) return;
        const told = data(webhook, news, reason ?? webhook.disabledReason);
        deps.log.warn(`event-webhooks: webhook "${webhook.name}" (${told.webhook_host}): ${news}`);
        await emit(webhook, operationalTypes[news], told);
        await mail(webhook, news, told);
      } catch (error) {
        deps.log.warn(`event-webhooks: news of webhook ${webhookId} could not be told: ${reasonOf(error)}`);
      }
    },
  };
}

export type Notices = ReturnType<typeof createNotices>;

/** Subject and text in the reader's language, English where there is none. */
function mailWords(
  language: string | null,
  news: OperationalNews,
  told: OperationalData,
  failure: Failure | null,
) {
  const spoken = languageOf(language);
  const values: Record<string, string> = {
    name: told.webhook_name,
    host: told.webhook_host,
    since: moment(told.failing_since, language),
    disables: moment(told.disables_at, language),
    link: told.manage_url,
  };
  const write = (id: string, more: Readonly<Record<string, string>> = {}): string =>
    say(spoken, id, { ...values, ...more }) ?? '';
  values.reason = told.reason === null ? '' : write(`mail.reason.${told.reason}`);
  const why = failure && write('mail.last_failure', { ...explanationOf(failure, spoken) });
  return {
    // A line break in a name must not begin another header.
    subject: write(`mail.${news}.subject`).replace(/[\r\n]+/g, ' '),
    text: `${[write(`mail.${news}.text`), why, told.manage_url].filter(Boolean).join('\n\n')}\n`,
  };
}

const moment = (at: string | null, language: string | null): string =>
  at === null
    ? ''
    : `${new Intl.DateTimeFormat(language ?? 'en', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(at))} UTC`;
