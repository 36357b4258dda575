import type { Context } from 'koa';
import { replayInput } from '../../../contracts';
import type { ReplaysService } from '../services/replays';
import { validate } from '../services/validate';
import { idOf } from './row-id';

export function createReplaysController(service: () => ReplaysService) {
  return {
    async list(ctx: Context) {
      ctx.body = await service().list();
    },
    async get(ctx: Context) {
      ctx.body = await service().get(idOf(ctx));
    },
    async count(ctx: Context) {
      ctx.body = await service().count(validate(replayInput, ctx.request.body));
    },
    async create(ctx: Context) {
      ctx.body = await service().create(validate(replayInput, ctx.request.body));
      ctx.status = 201;
    },
    async stop(ctx: Context) {
      ctx.body = await service().stop(idOf(ctx));
    },
    async resume(ctx: Context) {
      ctx.body = await service().resume(idOf(ctx));
    },
  };
}
