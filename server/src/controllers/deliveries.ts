import type { Context } from 'koa';
import { z } from 'zod';
import { deliveryListQuery } from '../../../contracts';
import type { DeliveriesService } from '../services/deliveries';
import { validate } from './validate';

const idParams = z.object({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});

export function createDeliveriesController(service: () => DeliveriesService) {
  const idOf = (ctx: Context): number => validate(idParams, ctx.params).id;
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
