import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context, Next } from 'koa';
import { inboxLimits } from '../../../contracts';
import type { InboxStore, NewInboxRequest, StoredInbox } from '../store/inbox';
import { discardRest, readBody } from './body';
import { createMinuteLimit } from './minute-limit';
import { standardTypeOf } from './standard-type';
import { basePathOf, inboxPrefix, inboxTokenOfPath, isInboxToken } from './token';
import { judgeSignature } from './verdict';
import type { SecretSource, Verify } from './verdict';

export interface InboxMiddlewareOptions {
  store: Pick<InboxStore, 'find' | 'addRequest' | 'setAnswer'>;
  secrets: SecretSource;
  verify: Verify;
  /** The absolute address of this Strapi. */
  serverUrl: () => string;
  /** Epoch milliseconds. */
  now: () => number;
  /** Hears what went wrong; the client gets a 500. Must not throw. */
  onError: (error: unknown) => void;
}

/** Recorded when the sender hung up before its answer: no status was given (499 is nginx's name for it). */
export const hungUpStatus = 499;

/** No body goes with these (RFC 9110 §15.3.5, §15.3.6, §15.4.5). */
const statusesWithoutBody = new Set([204, 205, 304]);

/**
 * The inbox itself: a koa middleware for `/event-webhooks/in/<token>`, any method, that keeps what arrives
 * and answers as its owner chose. Has to stand before everything that reads bodies: a signature covers the
 * exact bytes, and a route gets them parsed. Every other path is passed on untouched.
 */
export function createInboxMiddleware(options: InboxMiddlewareOptions) {
  const limit = createMinuteLimit(inboxLimits.perMinute);

  return async function inbox(ctx: Context, next: Next): Promise<void> {
    // Every request to Strapi comes by here: the cheap question first.
    if (!ctx.path.includes(inboxPrefix)) return next();
    const token = inboxTokenOfPath(ctx.path, basePathOf(options.serverUrl()));
    if (token === null) return next();
    // Our own errors are caught below. What else comes here is a sender that hung up, and Koa would print a
    // stack for each of them.
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

    const waitSeconds = limit.take(inbox.id, receivedAt);
    if (waitSeconds !== null) {
      ctx.set('retry-after', String(waitSeconds));
      const message = `An inbox takes ${inboxLimits.perMinute} requests a minute.`;
      return refuse(ctx, 429, 'RateLimitError', message);
    }

    const received = await readBody(ctx.req, inboxLimits.bodyBytes);
    if (received.outcome === 'hung_up') return;
    if (received.outcome === 'too_large') {
      await options.store.addRequest(tooLargeRequest(ctx, inbox, receivedAt, received.bytes));
      discardRest(ctx.req);
      const message = `An inbox takes bodies of at most ${inboxLimits.bodyBytes} bytes.`;
      return refuse(ctx, 413, 'PayloadTooLargeError', message);
    }

    const id = await options.store.addRequest(await wholeRequest(ctx, inbox, receivedAt, received.body));
    if (!(await staysFor(ctx.res, inbox.answerDelaySeconds * 1000))) {
      const answeredAfterMs = options.now() - receivedAt;
      await options.store.setAnswer(id, { answeredStatus: hungUpStatus, answeredAfterMs });
      return;
    }
    ctx.status = inbox.answerStatus;
    if (!statusesWithoutBody.has(inbox.answerStatus)) ctx.body = { received: true };
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
    return {
      ...requestLine(ctx, inbox, receivedAt),
      eventType: standardTypeOf(body),
      bodyBytes: body.length,
      tooLarge: false,
      bodyBase64: body.toString('base64'),
      answeredStatus: inbox.answerStatus,
      answeredAfterMs: options.now() - receivedAt + inbox.answerDelaySeconds * 1000,
      signature,
    };
  }

  /** Its signature covers bytes that were not read, so no secret can match. */
  function tooLargeRequest(
    ctx: Context,
    inbox: StoredInbox,
    receivedAt: number,
    bytes: number,
  ): NewInboxRequest {
    const signed = ctx.req.headers['webhook-signature'] !== undefined;
    return {
      ...requestLine(ctx, inbox, receivedAt),
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

function requestLine(ctx: Context, inbox: StoredInbox, receivedAt: number) {
  return {
    inboxId: inbox.id,
    method: ctx.method,
    path: ctx.path,
    query: ctx.querystring,
    headers: headerPairs(ctx.req.rawHeaders),
    test: ctx.req.headers['webhook-test'] === 'true',
    receivedAt,
  };
}

/** `[name, value, name, value, …]` as pairs, in the order and the case they came in. */
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

/** Waits; false as soon as the other side is gone. */
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

/** Strapi's own error envelope: this stands before the middleware that would write it. */
function refuse(ctx: Context, status: number, name: string, message: string): void {
  if (ctx.headerSent) return;
  ctx.status = status;
  ctx.body = { data: null, error: { status, name, message, details: {} } };
}
