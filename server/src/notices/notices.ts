import { hostOf } from '../../../contracts';
import { operationalTypes } from '../catalog';
import type { OperationalData, OperationalNews } from '../catalog';
import { eventBody } from '../payload';
import type { Connection } from '../store/connection';
import type { NewEvent } from '../store/events';
import { withoutEntry } from '../store/events';
import type { StoredLoop, WebhookRow } from '../store/webhooks';
import type { Failure, Language } from '../wording';
import { explanationOf, languageOf, say } from '../wording';
import { reasonOf } from '../reason';

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

export interface NoticesDeps {
  find(webhookId: number): Promise<WebhookRow | null>;
  /** The administrator who created a webhook, if there still is one. */
  owner(ownerId: number): Promise<{ email: string; language: string | null } | null>;
  /** The failure of a webhook's last attempt; null if it did not fail. */
  lastFailure(webhookId: number): Promise<Failure | null>;
  /** Addresses that get alerts besides the owner. */
  alsoTold(): readonly string[];
  /** Null if no e-mails are sent. */
  sendMail: ((mail: Mail) => Promise<void>) | null;
  /** Queues an e-mail, and returns immediately. */
  post(about: string, send: () => Promise<void>): void;
  wanted(eventType: string): boolean;
  insert(connection: Connection, events: readonly NewEvent[]): Promise<void>;
  pool(): Connection;
  newMessageId(): string;
  webhookUid: string;
  adminUrl(): string;
  /** Display name of a content type; null where there is none of this uid. */
  typeName(uid: string): string | null;
  disableAfterMs: number;
  now(): number;
  wake(): void;
  log: { info(message: string): void; warn(message: string): void };
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/**
 * Reports changes of a webhook's state: to its owner by e-mail, and as events to subscribed webhooks. Once
 * for each change: the gate's own row stores what was reported. Never rejects, and never waits for a mail
 * server: a failing one must not cost a delivery its outcome, and a hanging one no slot.
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
        body: eventBody(type, at, told),
        ...withoutEntry,
        // The webhook it is about: matching excludes that one.
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
    const { sendMail } = deps;
    if (!sendMail) return;
    const owner = webhook.ownerId === null ? null : await deps.owner(webhook.ownerId);
    const languages = new Map(deps.alsoTold().map((to) => [to.toLowerCase(), owner?.language ?? null]));
    if (owner) languages.set(owner.email.toLowerCase(), owner.language);
    const isTrouble = news === 'failing' || news === 'disabled';
    const failure = isTrouble ? await deps.lastFailure(webhook.id) : null;
    const loop = told.reason === 'loop' ? webhook.loop : null;
    const typeName = loop === null || loop.uid === null ? '' : (deps.typeName(loop.uid) ?? loop.uid);
    for (const [to, language] of languages) {
      const words = mailWords(language, news, told, { failure, loop, typeName });
      deps.post(`about webhook "${webhook.name}" (${news})`, () => sendMail({ to, ...words }));
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
        deps.log.warn(
          `event-webhooks: the notice about webhook ${webhookId} could not be sent: ${reasonOf(error)}`,
        );
      }
    },
  };
}

export type Notices = ReturnType<typeof createNotices>;

/** Subject and text in the reader's language, English as a fallback. */
function mailWords(
  language: string | null,
  news: OperationalNews,
  told: OperationalData,
  { failure, loop, typeName }: { failure: Failure | null; loop: StoredLoop | null; typeName: string },
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
  values.reason =
    told.reason === null
      ? ''
      : loop !== null
        ? loopWords(spoken, loop, typeName)
        : write(`mail.reason.${told.reason}`);
  const why = failure && write('mail.last_failure', { ...explanationOf(failure, spoken) });
  return {
    // A line break in a name must not start another header.
    subject: write(`mail.${news}.subject`).replace(/[\r\n]+/g, ' '),
    text: `${[write(`mail.${news}.text`), why, told.manage_url].filter(Boolean).join('\n\n')}\n`,
  };
}

/** Who changed what, as the notice on the webhook's page says it. */
function loopWords(language: Language, { actor, documentId, count, seconds }: StoredLoop, typeName: string) {
  const write = (id: string, values: Readonly<Record<string, string | number>>): string =>
    say(language, id, values) ?? '';
  const { type, name } = actor;
  return write('webhook.reason.loop', {
    actor:
      name === null
        ? write(`condition.anybody.${type}`, {})
        : write(`condition.named.${type}`, { name: write('condition.quoted', { text: name }) }),
    entry: [typeName, documentId].filter(Boolean).join(' '),
    count,
    seconds,
  });
}

const moment = (at: string | null, language: string | null): string =>
  at === null
    ? ''
    : `${new Intl.DateTimeFormat(language ?? 'en', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(at))} UTC`;
