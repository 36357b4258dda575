import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import type { CheckoutService, Visitor } from '../services/checkout';

const visitorOf = (ctx: Context): Visitor => ({
  userId: ctx.state.user?.documentId ?? null,
  ipAddress: ctx.request.ip,
  referrer: ctx.get('referer') || null,
});

export default ({ strapi }: { strapi: Core.Strapi }) => {
  const checkout = (): CheckoutService =>
    strapi.service('api::checkout.checkout') as unknown as CheckoutService;
  return {
    /** `POST /api/checkout/start` `{ form? }` */
    async start(ctx: Context) {
      ctx.body = { data: await checkout().start(ctx.request.body, visitorOf(ctx)) };
    },
    /** `POST /api/checkout/step` `{ form?, step, product, email? }` */
    async step(ctx: Context) {
      ctx.body = { data: await checkout().step(ctx.request.body, visitorOf(ctx)) };
    },
    /** `POST /api/checkout/complete` `{ form?, name, email, product, gateway, card?, billingAddress? }` */
    async complete(ctx: Context) {
      ctx.status = 201;
      ctx.body = { data: await checkout().complete(ctx.request.body, visitorOf(ctx)) };
    },
  };
};
