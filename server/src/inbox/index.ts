/**
 * THE BUILT-IN REQUEST BIN: a middleware that catches, and the inboxes with what they caught. It knows no delivery: what
 * arrives from this very Strapi came over HTTP like everything else.
 */
import { randomBytes } from 'node:crypto';
import type { Context } from '../context';
import { mask, verify } from '../delivery';
import { eachHour } from '../hourly';
import { reasonOf } from '../reason';
import { createInboxStore } from '../store/inbox';
import { createInboxService } from './inboxes';
import { createInboxMiddleware } from './middleware';
import { inboxTokenOf } from './token';

export function openInbox({ strapi, config, store, secrets, links, now, log }: Context) {
  const inboxStore = createInboxStore(store.database);
  const serverUrl = () => links().serverUrl;
  const inboxes = createInboxService({ store: inboxStore, serverUrl, now, random: randomBytes });
  return {
    /** Whether a URL is an inbox of this very Strapi: the exception in the address guard hangs on it. */
    isInbox: (url: string): boolean => config.inbox.enabled && inboxTokenOf(url, [serverUrl()]) !== null,
    inboxes,
    /** Expired inboxes go each hour. */
    startHourly: () => eachHour(strapi, 'event-webhooks-inboxes', 17, inboxes.deleteExpired),
    middleware: createInboxMiddleware({
      store: inboxStore,
      secrets: { secretsOf: secrets.known },
      verify,
      mask,
      serverUrl,
      now,
      onError: (error) => log.warn(`event-webhooks: the inbox could not keep a request: ${reasonOf(error)}`),
    }),
  };
}

export type InboxRoom = ReturnType<typeof openInbox>;

export type { InboxService } from './inboxes';
export { createMinuteLimit } from './minute-limit';
