import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context, Next } from 'koa';
import { inboxLimits, parseUrl } from '../../../contracts';
import type { InboxStore, NewInboxRequest, StoredInbox } from '../store/inbox';
import { discardRest, readBody } from './body';
import type { ReceivedBody } from './body';
import { hiddenValues } from './hidden';
import { createMinuteLimit } from './minute-limit';
import type { Room } from './room';
import { createRoom } from './room';
import { standardTypeOf } from './standard-type';
import { basePathOf, inboxPrefix, inboxTokenOfPath, isInboxToken } from './token';
import { judgeSignature } from './verdict';
import type { SecretSource, Verify } from './verdict';

export interface InboxMiddlewareOptions {
  store: Pick<InboxStore, 'find' | 'addRequest' | 'setAnswer'>;
  secrets: SecretSource;
  verify: Verify;
  /** The absolute URL of this Strapi. */
  serverUrl: () => string;
  /** Epoch milliseconds. */
  now: () => number;
  /** Replaces these values in a text. */
  mask: (text: string, secrets: readonly string[]) => string;
  /** For bodies being received; shared by the whole process if left out. */
  room?: Room;
  bodyTimeoutMs?: number;
  bytesPerMinute?: number;
  /** Is told of errors; the client gets a 500. Must not throw. */
  onError: (error: unknown) => void;
}

/**
 * Recorded if the sender closed the connection before the response: no status was sent (499 is nginx's name
 * for it).
 */
export const hungUpStatus = 499;

/** No body goes with these (RFC 9110 §15.3.5, §15.3.6, §15.4.5). */
const statusesWithoutBody = new Set([204, 205, 304]);

/**
 * The inbox itself: a koa middleware for `/event-webhooks/in/<token>`, any method, that stores requests and
 * responds as configured. Must come before everything that reads bodies: a signature covers the exact bytes,
 * and a route gets them parsed. Every other path is passed on untouched.
 */
export function createInboxMiddleware(options: InboxMiddlewareOptions) {
  const limit = createMinuteLimit(inboxLimits.perMinute);
  const bytesLimit = createMinuteLimit(options.bytesPerMinute ?? inboxLimits.bytesPerMinute);
  let hidden: readonly string[] = [];
  const room = options.room ?? createRoom(inboxLimits.bytesInFlight);

  return async function inbox(ctx: Context, next: Next): Promise<void> {
    // Every request to Strapi passes here: the cheap check first.
    if (!ctx.path.includes(inboxPrefix)) return next();
    const token = inboxTokenOfPath(ctx.path, basePathOf(options.serverUrl()));
    if (token === null) return next();
    // The plugin's own errors are caught below. Others are senders that closed the connection, and Koa would
    // print a stack for each of them.
    ctx.onerror = () => {};
    ctx.set('cache-control', 'no-store');
    try {
      await receive(ctx, token);
    } catch (error) {
      options.onError(error);
      refuse(ctx, 500, 'InternalServerError', 'The inbox could not keep this request.');
    }
  };

  async function receive(ctx: Context, token: string): Promise<void> {
    const receivedAt = options.now();
    const inbox = isInboxToken(token) ? await options.store.find(token, receivedAt) : null;
    if (!inbox) return refuse(ctx, 404, 'NotFoundError', 'This inbox does not exist or has expired.');

    const waitSeconds = await limit.take(inbox.id);
    if (waitSeconds !== null) {
      ctx.set('retry-after', String(waitSeconds));
      const message = `An inbox takes ${inboxLimits.perMinute} requests a minute.`;
      return refuse(ctx, 429, 'RateLimitError', message);
    }

    const id = await keep(ctx, inbox, receivedAt);
    if (id === null) return;
    if (!(await staysFor(ctx.res, inbox.answerDelaySeconds * 1000))) {
      const answeredAfterMs = options.now() - receivedAt;
      await options.store.setAnswer(id, { answeredStatus: hungUpStatus, answeredAfterMs });
      return;
    }
    ctx.status = inbox.answerStatus;
    if (!statusesWithoutBody.has(inbox.answerStatus)) ctx.body = { received: true };
  }

  /** Reads and stores it, and returns its id; null if it is refused or the sender is gone. */
  async function keep(ctx: Context, inbox: StoredInbox, receivedAt: number): Promise<number | null> {
    const received = await readBody(ctx.req, {
      bodyBytes: inboxLimits.bodyBytes,
      timeoutMs: options.bodyTimeoutMs ?? inboxLimits.bodySeconds * 1000,
      room,
      ofMinute: (bytes) => bytesLimit.take(inbox.id, bytes),
    });
    if (received.outcome === 'hung_up') return null;
    if (received.outcome === 'whole') {
      try {
        return await options.store.addRequest(await wholeRequest(ctx, inbox, receivedAt, received.body));
      } finally {
        received.free();
      }
    }
    if (received.outcome === 'too_large')
      await options.store.addRequest(await tooLargeRequest(ctx, inbox, receivedAt, received.bytes));
    discardRest(ctx.req);
    refuseBody(ctx, received);
    return null;
  }

  async function wholeRequest(
    ctx: Context,
    inbox: StoredInbox,
    receivedAt: number,
    body: Buffer,
  ): Promise<NewInboxRequest> {
    const signature = await judgeSignature({
      token: inbox.token,
      headers: joinedHeaders(ctx.req),
      body,
      nowSeconds: Math.floor(receivedAt / 1000),
      secrets: options.secrets,
      verify: options.verify,
    });
    const hide = await hiding();
    const kept = masked(body, hide);
    return {
      ...requestLine(ctx, inbox, receivedAt, hide),
      eventType: standardTypeOf(kept),
      bodyBytes: body.length,
      tooLarge: false,
      bodyBase64: kept.toString('base64'),
      answeredStatus: inbox.answerStatus,
      answeredAfterMs: options.now() - receivedAt + inbox.answerDelaySeconds * 1000,
      signature,
    };
  }

  /** Masks the known secrets in a text: a receiver that echoes would reveal them. */
  async function hiding(): Promise<(text: string) => string> {
    const server = parsedOrigin(options.serverUrl());
    const values = hiddenValues(
      await options.secrets.secretsOf(),
      (url) => server !== null && parsedOrigin(url) === server,
    );
    // The search is prepared once for each list.
    if (values.join('\n') !== hidden.join('\n')) hidden = values;
    return (text) => options.mask(text, hidden);
  }

  /** Its signature covers bytes that were not read, so no secret can match. */
  async function tooLargeRequest(
    ctx: Context,
    inbox: StoredInbox,
    receivedAt: number,
    bytes: number,
  ): Promise<NewInboxRequest> {
    const signed = ctx.req.headers['webhook-signature'] !== undefined;
    return {
      ...requestLine(ctx, inbox, receivedAt, await hiding()),
      eventType: null,
      bodyBytes: bytes,
      tooLarge: true,
      bodyBase64: '',
      answeredStatus: 413,
      answeredAfterMs: options.now() - receivedAt,
      signature: signed ? { verdict: 'invalid', reason: 'no_match' } : { verdict: 'unsigned' },
    };
  }
}

function requestLine(ctx: Context, inbox: StoredInbox, receivedAt: number, hide: (text: string) => string) {
  return {
    inboxId: inbox.id,
    method: ctx.method,
    path: hide(ctx.path),
    query: hide(ctx.querystring),
    headers: headerPairs(ctx.req.rawHeaders).map(([name, value]): [string, string] => [
      hide(name),
      hide(value),
    ]),
    test: ctx.req.headers['webhook-test'] === 'true',
    receivedAt,
  };
}

/** The exact bytes if they contain no secret. */
function masked(body: Buffer, hide: (text: string) => string): Buffer {
  const text = body.toString('utf8');
  const shown = hide(text);
  return shown === text ? body : Buffer.from(shown);
}

const parsedOrigin = (url: string): string | null => parseUrl(url)?.origin ?? null;

/** `[name, value, name, value, …]` as pairs, in the order and case in which they arrived. */
function headerPairs(rawHeaders: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    pairs.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  return pairs;
}

const joinedHeaders = (request: IncomingMessage): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );

/** Waits; false as soon as the client has closed the connection. */
function staysFor(response: ServerResponse, delayMs: number): Promise<boolean> {
  if (delayMs === 0) return Promise.resolve(true);
  if (response.destroyed || response.closed) return Promise.resolve(false);
  return new Promise((resolve) => {
    const onClose = () => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      response.off('close', onClose);
      resolve(true);
    }, delayMs);
    response.once('close', onClose);
  });
}

function refuseBody(ctx: Context, { outcome, ...more }: ReceivedBody): void {
  switch (outcome) {
    case 'too_large':
      return refuse(
        ctx,
        413,
        'PayloadTooLargeError',
        `An inbox takes bodies of at most ${inboxLimits.bodyBytes} bytes.`,
      );
    case 'too_often':
      ctx.set('retry-after', 'seconds' in more ? String(more.seconds) : '60');
      return refuse(
        ctx,
        429,
        'RateLimitError',
        `An inbox takes ${inboxLimits.bytesPerMinute} bytes of bodies a minute.`,
      );
    case 'no_room':
      ctx.set('retry-after', '1');
      return refuse(ctx, 503, 'ServiceUnavailableError', 'Too many bodies are on their way to the inboxes.');
    case 'too_slow':
      return refuse(
        ctx,
        408,
        'RequestTimeoutError',
        `The body did not arrive within ${inboxLimits.bodySeconds} seconds.`,
      );
  }
}

/** Strapi's own error format: this middleware comes before the one that would write it. */
function refuse(ctx: Context, status: number, name: string, message: string): void {
  if (ctx.headerSent) return;
  ctx.status = status;
  ctx.body = { data: null, error: { status, name, message, details: {} } };
}
