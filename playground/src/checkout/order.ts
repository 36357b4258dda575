import type { Core } from '@strapi/strapi';
import { CheckoutFailure } from './failure';
import type { CompleteInput } from './input';

const dayMs = 86_400_000;
const taxShare = 0.2;
/** The number that payment gateways keep for trying a refusal. */
const declinedCard = '4000000000000002';

export interface Plan {
  documentId: string;
  slug: string;
  name: string;
  price: number;
  currency: string;
}

/** Document ids of what a completed checkout made or found. */
export interface Order {
  customer: string;
  membership: string;
  payment: string;
  gateway: string;
  free: boolean;
}

const cents = (amount: number): number => Math.round(amount * 100) / 100;

/** The product by its slug; throws a CheckoutFailure where there is none. */
export async function findPlan(strapi: Core.Strapi, slug: string): Promise<Plan> {
  const product = await strapi.documents('api::product.product').findFirst({ filters: { slug } });
  if (!product) {
    throw new CheckoutFailure([{ field: 'product', code: 'product_not_found', message: 'does not exist' }]);
  }
  return {
    documentId: product.documentId,
    slug,
    name: product.name ?? slug,
    price: product.price ?? 0,
    currency: product.currency ?? 'USD',
  };
}

/** Stands for the gateway: refuses one test card, charges nobody. */
export function charge({ card }: CompleteInput): void {
  if (card !== declinedCard) return;
  throw new CheckoutFailure([{ field: 'gateway', code: 'card_declined', message: 'has declined the card' }]);
}

/** Who comes back: the customer with this address and the latest membership. Both null for somebody new or unnamed. */
export async function findReturning(
  strapi: Core.Strapi,
  email: string | undefined,
): Promise<{ customer: string | null; membership: string | null }> {
  if (email === undefined) return { customer: null, membership: null };
  const customer = await strapi.documents('api::customer.customer').findFirst({
    filters: { email },
    populate: { memberships: { fields: ['id'], sort: 'createdAt:desc' } },
  });
  return {
    customer: customer?.documentId ?? null,
    membership: customer?.memberships?.[0]?.documentId ?? null,
  };
}

async function findOrAddCustomer(
  strapi: Core.Strapi,
  { name, email, billingAddress }: CompleteInput,
): Promise<string> {
  const { customer } = await findReturning(strapi, email);
  if (customer) return customer;
  const added = await strapi
    .documents('api::customer.customer')
    .create({ data: { name, email, emailVerification: 'pending', billingAddress } });
  return added.documentId;
}

/**
 * Makes customer, membership and payment. To be called inside a transaction, so that a failure leaves none.
 * `now` decides when the membership ends; `referenceCode` gives a new one at each call.
 */
export async function placeOrder(
  strapi: Core.Strapi,
  input: CompleteInput,
  plan: Plan,
  { now, referenceCode }: { now: Date; referenceCode(): string },
): Promise<Order> {
  const free = plan.price === 0;
  const gateway = free ? 'free' : input.gateway;
  const paid = gateway !== 'manual';
  const customer = await findOrAddCustomer(strapi, input);
  const membership = await strapi.documents('api::membership.membership').create({
    data: {
      referenceCode: referenceCode(),
      state: paid ? 'active' : 'pending',
      initialAmount: plan.price,
      amount: plan.price,
      currency: plan.currency,
      description: free ? 'Free!' : `${plan.price} ${plan.currency} every month`,
      gateway,
      dateExpiration: new Date(now.getTime() + 30 * dayMs).toISOString(),
      customer,
      product: plan.documentId,
    },
  });
  const code = referenceCode();
  const taxTotal = cents(plan.price * taxShare);
  const payment = await strapi.documents('api::payment.payment').create({
    data: {
      referenceCode: code,
      state: paid ? 'completed' : 'pending',
      subtotal: plan.price,
      taxTotal,
      total: cents(plan.price + taxTotal),
      currency: plan.currency,
      gateway,
      kind: 'initial',
      invoiceUrl: `https://network.example/invoices/${code}`,
      paymentUrl: `https://network.example/pay/${code}`,
      products: [plan.documentId],
      membership: membership.documentId,
      customer,
    },
  });
  return { customer, membership: membership.documentId, payment: payment.documentId, gateway, free };
}
