import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { CheckoutFailure, read } from '../../../checkout/failure';
import { completeInput, startInput, stepInput } from '../../../checkout/input';
import { charge, findPlan, findReturning, placeOrder, type Order } from '../../../checkout/order';
import { webhookEvents } from '../../../webhook-events';

export interface Visitor {
  /** Document id of the end user who is logged in, or null. */
  userId: string | null;
  ipAddress: string;
  referrer: string | null;
}

export interface CheckoutService {
  start(body: unknown, visitor: Visitor): Promise<{ form: string; steps: readonly string[] }>;
  step(body: unknown, visitor: Visitor): Promise<{ step: string; plan: string; free: boolean }>;
  complete(body: unknown, visitor: Visitor): Promise<Order>;
}

const steps = ['account', 'plan'] as const;
const referenceCode = (): string => randomBytes(5).toString('hex').toUpperCase();

export default ({ strapi }: { strapi: Core.Strapi }): CheckoutService => {
  const events = () => webhookEvents(strapi);

  /** Runs a part of the checkout; what the visitor did wrong becomes `checkout.failed` and an answer of 400. */
  async function failing<T>(visitor: Visitor, part: () => Promise<T>): Promise<T> {
    try {
      return await part();
    } catch (error) {
      if (!(error instanceof CheckoutFailure)) throw error;
      await events().emit('checkout.failed', {
        error_codes: error.problems.map(({ code }) => code),
        error_messages: Object.fromEntries(
          error.problems.map(({ code, field, message }) => [code, `${field} ${message}`]),
        ),
        user_id: visitor.userId,
      });
      throw error.toValidationError();
    }
  }

  return {
    start: (body, visitor) =>
      failing(visitor, async () => {
        const { form } = read(startInput, body);
        await events().emit('checkout.started', {
          form_slug: form,
          user_id: visitor.userId,
          ip_address: visitor.ipAddress,
          referrer: visitor.referrer,
        });
        return { form, steps };
      }),

    step: (body, visitor) =>
      failing(visitor, async () => {
        const { step, product, email } = read(stepInput, body);
        const plan = await findPlan(strapi, product);
        const { customer, membership } = await findReturning(strapi, email);
        const free = plan.price === 0;
        await events().emit('checkout.step_completed', {
          customer_id: customer,
          membership_id: membership,
          plan_id: plan.documentId,
          plan_slug: plan.slug,
          cart_type: 'new',
          is_free: free,
        });
        return { step, plan: plan.slug, free };
      }),

    complete: (body, visitor) =>
      failing(visitor, async () => {
        const input = read(completeInput, body);
        const plan = await findPlan(strapi, input.product);
        charge(input);
        // The order and its event are committed together, or neither is.
        return strapi.db.transaction(async () => {
          const order = await placeOrder(strapi, input, plan, { now: new Date(), referenceCode });
          await events().emitFrom('checkout.completed', order.payment, {
            cart_type: 'new',
            gateway: order.gateway,
            is_free: order.free,
          });
          return order;
        });
      }),
  };
};
