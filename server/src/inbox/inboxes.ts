import { errors } from '@strapi/utils';
import { inboxLimits } from '../../../contracts';
import type {
  InboxRequestDetail,
  InboxRequestList,
  InboxRequestRow,
  InboxSettings,
  InboxView,
} from '../../../contracts';
import { inboxUrl, isInboxToken, newInboxToken } from './token';
import type { InboxRequestSummary, InboxStore, StoredInbox } from '../store/inbox';
import { invalid, problem } from '../validate';

export interface InboxServiceOptions {
  store: InboxStore;
  /** The absolute URL of this Strapi. */
  serverUrl: () => string;
  /** Epoch milliseconds. */
  now: () => number;
  random: (bytes: number) => Buffer;
}

const defaultAnswerStatus = 200;
const dayMs = 24 * 3600 * 1000;

/**
 * Inboxes and their requests. Every function for an inbox throws `NotFoundError` if it does not exist or has
 * expired.
 */
export function createInboxService({ store, serverUrl, now, random }: InboxServiceOptions) {
  const find = async (token: string): Promise<StoredInbox> => {
    const inbox = isInboxToken(token) ? await store.find(token, now()) : null;
    if (!inbox) throw notFound('token', 'this inbox does not exist or has expired');
    return inbox;
  };

  const toView = (inbox: StoredInbox, requestCount: number): InboxView => ({
    token: inbox.token,
    name: inbox.name,
    url: inboxUrl(serverUrl(), inbox.token),
    answerStatus: inbox.answerStatus,
    answerDelaySeconds: inbox.answerDelaySeconds,
    requestCount,
    createdAt: inbox.createdAt,
    expiresAt: inbox.expiresAt,
  });

  const view = async (token: string): Promise<InboxView> => {
    const inbox = await find(token);
    return toView(inbox, await store.countRequests(inbox.id));
  };

  return {
    /** Newest first. */
    async list(): Promise<InboxView[]> {
      return (await store.list(now())).map((inbox) => toView(inbox, inbox.requestCount));
    },

    /** Kept for 7 days. Throws `ValidationError` if there are 100 already. */
    async create(settings: InboxSettings): Promise<InboxView> {
      const existing = await store.list(now());
      if (existing.length >= inboxLimits.inboxes)
        throw invalid([problem(['inboxes'], `there are ${inboxLimits.inboxes} already; delete one first`)]);
      const token = newInboxToken(random);
      const createdAt = now();
      await store.create({
        token,
        name: settings.name || freeName(existing.map((inbox) => inbox.name)),
        answerStatus: settings.answerStatus ?? defaultAnswerStatus,
        answerDelaySeconds: settings.answerDelaySeconds ?? 0,
        createdAt,
        expiresAt: createdAt + inboxLimits.days * dayMs,
      });
      return view(token);
    },

    /** Missing values, and an empty name, stay unchanged. */
    async update(token: string, settings: InboxSettings): Promise<InboxView> {
      const inbox = await find(token);
      await store.update(inbox.id, { ...settings, name: settings.name || undefined });
      return view(token);
    },

    async delete(token: string): Promise<{ token: string }> {
      await store.remove((await find(token)).id);
      return { token };
    },

    /** Newest first; with `after` those that arrived after that one. */
    async requests(token: string, after?: number): Promise<InboxRequestList> {
      const inbox = await find(token);
      const [requestCount, results] = await Promise.all([
        store.countRequests(inbox.id),
        store.requests(inbox.id, after),
      ]);
      return { inbox: toView(inbox, requestCount), results: results.map(toRow) };
    },

    /**
     * As stored: known secrets are masked in it; if its body contained none, `bodyBase64` is the exact bytes.
     */
    async request(token: string, id: number): Promise<InboxRequestDetail> {
      const inbox = await find(token);
      const request = await store.request(inbox.id, id);
      if (!request) throw notFound('id', 'this request is not in the inbox any more');
      return {
        ...toRow(request),
        query: request.query,
        headers: request.headers,
        body: Buffer.from(request.bodyBase64, 'base64').toString('utf8'),
        bodyBase64: request.bodyBase64,
        tooLarge: request.tooLarge,
      };
    },

    /** Deletes its requests. */
    async clear(token: string): Promise<InboxView> {
      await store.clear((await find(token)).id);
      return view(token);
    },

    /** For the retention task. Returns the number of deleted inboxes. */
    deleteExpired: (): Promise<number> => store.removeExpired(now()),
  };
}

export type InboxService = ReturnType<typeof createInboxService>;

function toRow(request: InboxRequestSummary): InboxRequestRow {
  return {
    id: request.id,
    method: request.method,
    path: request.path,
    eventType: request.eventType,
    test: request.test,
    receivedAt: request.receivedAt,
    bodyBytes: request.bodyBytes,
    answeredStatus: request.answeredStatus,
    answeredAfterMs: request.answeredAfterMs,
    signature: request.signature,
  };
}

/** "Inbox 3" after "Inbox 2", also if "Inbox 1" was deleted: no name is used twice. */
function freeName(names: readonly string[]): string {
  const numbers = names.map((name) => Number(/^Inbox (\d{1,9})$/.exec(name)?.[1] ?? 0));
  return `Inbox ${Math.max(0, ...numbers) + 1}`;
}

const notFound = (field: string, message: string) =>
  new errors.NotFoundError(`${field}: ${message}`, {
    errors: [{ path: [field], message, name: 'NotFoundError' }],
  });
