import type { Context } from 'koa';
import { deliveryListQuery } from '../../../contracts';
import type { DeliveriesService } from '../services/deliveries';
import { validate } from '../services/validate';
import { idOf } from './row-id';

export function createDeliveriesController(service: () => DeliveriesService) {
  return {
    async list(ctx: Context) {
      ctx.body = await service().page(validate(deliveryListQuery, ctx.query));
    },
    async get(ctx: Context) {
      ctx.body = await service().detail(idOf(ctx));
    },
    async resend(ctx: Context) {
      ctx.body = await service().resend(idOf(ctx));
    },
    async cancel(ctx: Context) {
      ctx.body = await service().cancel(idOf(ctx));
    },
  };
}
