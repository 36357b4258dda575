/**
 * NEWS OF A WEBHOOK for its owner, by e-mail and as an event. It decides nothing about a webhook: whoever does so calls
 * `tell` once for each news.
 */
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import type { MailFailure, TestEmailResult } from '../../../contracts';
import { pluginId, uids } from '../constants';
import type { Context } from '../context';
import type { Stop } from '../stops';
import { createFailedDeliveries } from './failed-delivery';
import { lastFailure } from './last-failure';
import { createMailFailure, sendTestEmail } from './mail-failure';
import { createMailbox } from './mailbox';
import { createNotices } from './notices';
import type { Mail } from './notices';

/** More news than this at once is an outage of everything, of which a hundred letters tell enough. */
const lettersAtMost = 100;

/** Longer than any mail server needs that still works. */
const letterTimeoutMs = 30_000;

/** A letter that is under way is awaited this long; a mail server that hangs must not keep Strapi from stopping. */
const mailGraceMs = 2000;

const dayMs = 24 * 3_600_000;

export interface NoticesRoomDeps {
  /** Whether some webhook wants this event type. */
  wanted(eventType: string): boolean;
  /** Addresses that get alerts besides the owner. */
  alsoTold(): readonly string[];
  /** Display name of a content type; null where there is none of this uid. */
  typeName(uid: string): string | null;
}

export function openNotices(context: Context, { wanted, alsoTold, typeName }: NoticesRoomDeps) {
  const { strapi, config, store, links, log, newId, now, wake } = context;
  const stored = strapi.store({ type: 'plugin', name: pluginId, key: 'mail_failure' });
  const mailFailure = createMailFailure({
    read: async () => ((await stored.get({})) ?? null) as MailFailure | null,
    write: (value) => stored.set({ value }),
    now,
  });
  const { tried, last: lastMailFailure } = mailFailure;
  const mailbox = createMailbox({ log, most: lettersAtMost, timeoutMs: letterTimeoutMs, tried });
  const sendMail = config.notifications.email ? mailer(strapi) : null;
  const { tell } = createNotices({
    find: (id) => store.webhooks.find(store.database.pool(), id),
    owner: (id) => ownerOf(strapi, id),
    lastFailure: (id) => lastFailure(store, id),
    alsoTold,
    sendMail,
    post: mailbox.post,
    wanted,
    insert: store.events.insert,
    pool: store.database.pool,
    newMessageId: newId,
    webhookUid: uids.webhook,
    adminUrl: () => links().adminUrl,
    typeName,
    disableAfterMs: config.delivery.disableAfterDays * dayMs,
    now,
    wake,
    log,
  });
  const stops: Stop[] = [['e-mail', () => mailbox.close(mailGraceMs)]];
  return {
    tell,
    /** The event of a delivery that failed for good, to be written with its outcome; null where there is none. */
    failedDelivery: createFailedDeliveries({
      wanted,
      newMessageId: newId,
      webhookUid: uids.webhook,
      adminUrl: () => links().adminUrl,
      now,
    }),
    /** Whether e-mails are sent from here at all. */
    sendsMail: sendMail !== null,
    /** The last e-mail that could not be sent, until one is sent again. */
    lastMailFailure,
    /** To whoever asks. Throws an ApplicationError where no e-mail can be sent from here at all. */
    sendTestEmail: (to: { email: string; language: string | null }): Promise<TestEmailResult> => {
      if (sendMail === null) throw new errors.ApplicationError('this Strapi sends no e-mail');
      return sendTestEmail(to, sendMail, mailbox.sendNow);
    },
    stops,
  };
}

async function ownerOf(
  strapi: Core.Strapi,
  id: number,
): Promise<{ email: string; language: string | null } | null> {
  const user = (await strapi.db.query('admin::user').findOne({ where: { id } })) as {
    email?: string;
    isActive?: boolean;
    preferedLanguage?: string | null;
  } | null;
  return user?.email && user.isActive !== false
    ? { email: user.email, language: user.preferedLanguage ?? null }
    : null;
}

/** Strapi's e-mail plugin, or null where the app has none. */
function mailer(strapi: Core.Strapi): ((mail: Mail) => Promise<void>) | null {
  const email = strapi.plugin('email') as Core.Plugin | undefined;
  const service = email?.service('email') as { send(mail: Mail): Promise<unknown> } | undefined;
  return service ? async (mail) => void (await service.send(mail)) : null;
}

export type NoticesRoom = ReturnType<typeof openNotices>;
