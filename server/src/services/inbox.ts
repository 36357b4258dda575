import { errors } from '@strapi/utils';
import { inboxLimits } from '../../../contracts';
import type {
  InboxRequestDetail,
  InboxRequestList,
  InboxRequestRow,
  InboxSettings,
  InboxView,
} from '../../../contracts';
import { inboxUrl, newInboxToken } from '../inbox/token';
import type { InboxRequestSummary, InboxStore, StoredInbox, StoredInboxRequest } from '../store/inbox';
import { invalid, problem } from './validate';

export interface InboxServiceOptions {
  store: InboxStore;
  /** The absolute address of this Strapi. */
  serverUrl: () => string;
  /** Epoch milliseconds. */
  now: () => number;
  random: (bytes: number) => Buffer;
  /** Hides the known secrets in a text: a receiver that echoes would give them back. */
  mask: (text: string) => string | Promise<string>;
}

const defaultAnswerStatus = 200;
const dayMs = 24 * 3600 * 1000;

/**
 * Inboxes and what they caught. Every function that names an inbox throws `NotFoundError` when it does not
 * exist or has expired.
 */
export function createInboxService({ store, serverUrl, now, random, mask }: InboxServiceOptions) {
  const find = async (token: string): Promise<StoredInbox> => {
    const inbox = await store.find(token, now());
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

  /** In one go, since each masking may read the secrets anew. Neither a query nor a header can hold a NUL. */
  const maskHead = async ({ query, headers }: Pick<StoredInboxRequest, 'query' | 'headers'>) => {
    const masked = await mask([query, ...headers.map(([, value]) => value)].join('\0'));
    const [maskedQuery = '', ...values] = masked.split('\0');
    const pairs = headers.map(([name], index): [string, string] => [name, values[index] ?? '']);
    return { query: maskedQuery, headers: pairs };
  };

  const view = async (token: string): Promise<InboxView> => {
    const inbox = await find(token);
    return toView(inbox, await store.countRequests(inbox.id));
  };

  return {
    /** Newest first. */
    async list(): Promise<InboxView[]> {
      return (await store.list(now())).map((inbox) => toView(inbox, inbox.requestCount));
    },

    /** Lives for 7 days. Throws `ValidationError` when there are 100 already. */
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

    /** What is not given, and an empty name, stays as it was. */
    async update(token: string, settings: InboxSettings): Promise<InboxView> {
      const inbox = await find(token);
      await store.update(inbox.id, { ...settings, name: settings.name || undefined });
      return view(token);
    },

    async delete(token: string): Promise<{ token: string }> {
      await store.remove((await find(token)).id);
      return { token };
    },

    /** Newest first; with `after` those that came in after that one. */
    async requests(token: string, after?: number): Promise<InboxRequestList> {
      const inbox = await find(token);
      const [requestCount, results] = await Promise.all([
        store.countRequests(inbox.id),
        store.requests(inbox.id, after),
      ]);
      return { inbox: toView(inbox, requestCount), results: results.map(toRow) };
    },

    /** With known secrets masked; where the body holds none, `bodyBase64` is its exact bytes. */
    async request(token: string, id: number): Promise<InboxRequestDetail> {
      const inbox = await find(token);
      const request = await store.request(inbox.id, id);
      if (!request) throw notFound('id', 'this request is not in the inbox any more');
      const text = Buffer.from(request.bodyBase64, 'base64').toString('utf8');
      const body = await mask(text);
      return {
        ...toRow(request),
        ...(await maskHead(request)),
        body,
        bodyBase64: body === text ? request.bodyBase64 : Buffer.from(body).toString('base64'),
        tooLarge: request.tooLarge,
      };
    },

    /** Deletes what it caught. */
    async clear(token: string): Promise<InboxView> {
      await store.clear((await find(token)).id);
      return view(token);
    },

    /** For the retention task. Returns how many inboxes went. */
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

/** "Inbox 3" beside "Inbox 2", also when "Inbox 1" is gone: a name in use is not given twice. */
function freeName(names: readonly string[]): string {
  const numbers = names.map((name) => Number(/^Inbox (\d{1,9})$/.exec(name)?.[1] ?? 0));
  return `Inbox ${Math.max(0, ...numbers) + 1}`;
}

const notFound = (field: string, message: string) =>
  new errors.NotFoundError(`${field}: ${message}`, {
    errors: [{ path: [field], message, name: 'NotFoundError' }],
  });
