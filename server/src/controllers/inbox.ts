import type { Context } from 'koa';
import { z } from 'zod';
import { inboxSettings, maxRowId, wholeNumber } from '../../../contracts';
import type { InboxRequestRow } from '../../../contracts';
import type { InboxService } from '../inbox';
import { action } from './action';
import { may } from './asker';
import { idOf } from './row-id';

const requestsQuery = z.strictObject({ after: wholeNumber(0, maxRowId).optional() });

const tokenOf = (ctx: Context): string => String(ctx.params.token);

export function createInboxController(service: () => InboxService) {
  /** The token is the id of an inbox: the rest requires permission to see inboxes. */
  const answer = <T extends { token: string }>(ctx: Context, whole: T): T | { token: string } =>
    may(ctx, 'inboxRead') ? whole : { token: whole.token };

  /** The webhook that signed a request requires permission to see webhooks, or the log with their names. */
  const told = <T extends InboxRequestRow>(ctx: Context, request: T): T => {
    const { signature } = request;
    if (signature.verdict !== 'verified' || may(ctx, 'read') || may(ctx, 'deliveriesRead')) return request;
    return { ...request, signature: { ...signature, webhookId: null, webhookName: null } };
  };

  return {
    list: action({}, async () => ({ results: await service().list() })),

    create: action({ body: inboxSettings }, async (ctx, { body }) => {
      const made = await service().create(body);
      ctx.status = 201;
      return answer(ctx, made);
    }),

    update: action({ body: inboxSettings }, async (ctx, { body }) =>
      answer(ctx, await service().update(tokenOf(ctx), body)),
    ),

    delete: action({}, (ctx) => service().delete(tokenOf(ctx))),

    requests: action({ query: requestsQuery }, async (ctx, { query }) => {
      const list = await service().requests(tokenOf(ctx), query.after);
      return { ...list, results: list.results.map((request) => told(ctx, request)) };
    }),

    request: action({}, async (ctx) => told(ctx, await service().request(tokenOf(ctx), idOf(ctx)))),

    clear: action({}, async (ctx) => answer(ctx, await service().clear(tokenOf(ctx)))),
  };
}
