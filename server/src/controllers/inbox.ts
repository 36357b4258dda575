import type { Context } from 'koa';
import { z } from 'zod';
import { inboxSettings } from '../../../contracts';
import type { InboxService } from '../services/inbox';
import { validate } from '../services/validate';
import { maxRowId } from './row-id';

const rowId = z.coerce.number().int().min(0).max(maxRowId);
const requestsQuery = z.object({ after: rowId.optional() });
const requestParams = z.object({ token: z.string(), id: rowId });

const tokenOf = (ctx: Context): string => String(ctx.params.token);

export function createInboxController(service: () => InboxService) {
  return {
    async list(ctx: Context) {
      ctx.body = { results: await service().list() };
    },

    async create(ctx: Context) {
      const settings = validate(inboxSettings, ctx.request.body ?? {});
      ctx.body = await service().create(settings);
      ctx.status = 201;
    },

    async update(ctx: Context) {
      const settings = validate(inboxSettings, ctx.request.body ?? {});
      ctx.body = await service().update(tokenOf(ctx), settings);
    },

    async delete(ctx: Context) {
      ctx.body = await service().delete(tokenOf(ctx));
    },

    async requests(ctx: Context) {
      const { after } = validate(requestsQuery, ctx.query);
      ctx.body = await service().requests(tokenOf(ctx), after);
    },

    async request(ctx: Context) {
      const { token, id } = validate(requestParams, ctx.params);
      ctx.body = await service().request(token, id);
    },

    async clear(ctx: Context) {
      ctx.body = await service().clear(tokenOf(ctx));
    },
  };
}
