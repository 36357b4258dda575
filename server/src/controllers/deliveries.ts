import { deliveryListQuery } from '../../../contracts';
import type { DeliveryDetail } from '../../../contracts';
import type { DeliveriesService, PressLimits } from '../screens';
import { withoutAddress } from '../screens';
import { action } from './action';
import { answerFor, may } from './asker';
import { idOf } from './row-id';
import type { Context } from 'koa';

export function createDeliveriesController(service: () => DeliveriesService, limits: () => PressLimits) {
  /**
   * The rest of a delivery's URL after the host, and the webhook's own headers, require permission to see
   * webhooks.
   */
  const detail = async (ctx: Context, id: number): Promise<DeliveryDetail> => {
    const whole = await service().detail(id);
    if (may(ctx, 'read')) return whole;
    return { ...whole, attemptLog: whole.attemptLog.map(withoutAddress) };
  };

  return {
    list: action({ query: deliveryListQuery }, (_ctx, { query }) => service().page(query)),

    get: action({}, (ctx) => detail(ctx, idOf(ctx))),

    resend: action({}, async (ctx) => {
      const id = idOf(ctx);
      await limits().take('resend');
      await service().resend(id);
      return answerFor(ctx, 'deliveriesRead', id, () => detail(ctx, id));
    }),

    cancel: action({}, async (ctx) => {
      const id = idOf(ctx);
      await service().cancel(id);
      return answerFor(ctx, 'deliveriesRead', id, () => detail(ctx, id));
    }),
  };
}
