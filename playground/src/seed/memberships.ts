import type { Core } from '@strapi/strapi';
import { subscriptions, type PaymentState, type Subscription } from './subscriptions';
import type { SeededProduct } from './products';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const taxShare = 0.2;

/** Eight letters and digits that say nothing, the same for the same number in every seeding. */
const referenceCode = (prefix: string, number: number): string =>
  prefix + ((number * 2_654_435_761) % 2_821_109_907_456).toString(36).toUpperCase().padStart(8, '0');

const cents = (amount: number): number => Math.round(amount * 100) / 100;

interface Owner {
  membership: string;
  customer: string;
  product: SeededProduct & { slug: string };
}

/** Makes memberships with their payments, sites and domains, as they stand at `now`. */
export async function seedMemberships(
  strapi: Core.Strapi,
  now: Date,
  customers: readonly string[],
  products: ReadonlyMap<string, SeededProduct>,
): Promise<void> {
  let payments = 0;
  for (const [index, subscription] of subscriptions.entries()) {
    const product = products.get(subscription.product);
    if (!product) throw new Error(`The seed names an unknown product: ${subscription.product}`);
    const customer = customers[subscription.person];
    const { documentId } = await strapi.documents('api::membership.membership').create({
      data: {
        referenceCode: referenceCode('M', index + 1),
        state: subscription.state,
        initialAmount: product.price,
        amount: product.price,
        currency: 'USD',
        description: product.price === 0 ? 'Free!' : `${product.price} USD every month`,
        gateway: subscription.gateway,
        dateExpiration: new Date(now.getTime() + subscription.inDays * dayMs).toISOString(),
        customer,
        product: product.documentId,
      },
    });
    const owner: Owner = {
      membership: documentId,
      customer,
      product: { ...product, slug: subscription.product },
    };
    for (const [place, { state, daysAgo }] of subscription.payments.entries()) {
      payments += 1;
      const kind = place === 0 ? 'initial' : 'renewal';
      await addPayment(strapi, now, owner, {
        number: payments,
        kind,
        state,
        daysAgo,
        gateway: subscription.gateway,
      });
    }
    for (const site of subscription.sites) await addSite(strapi, now, owner, site);
  }
}

async function addPayment(
  strapi: Core.Strapi,
  now: Date,
  { membership, customer, product }: Owner,
  payment: {
    number: number;
    kind: 'initial' | 'renewal';
    state: PaymentState;
    daysAgo: number;
    gateway: string;
  },
): Promise<void> {
  const code = referenceCode('P', payment.number);
  const taxTotal = cents(product.price * taxShare);
  const invoiced = payment.state === 'completed' || payment.state === 'refunded';
  await strapi.documents('api::payment.payment').create({
    data: {
      referenceCode: code,
      state: payment.state,
      subtotal: product.price,
      taxTotal,
      total: cents(product.price + taxTotal),
      currency: 'USD',
      gateway: payment.gateway,
      kind: payment.kind,
      invoiceUrl: `https://network.example/invoices/${code}`,
      invoiceSentAt: invoiced ? new Date(now.getTime() - payment.daysAgo * dayMs).toISOString() : undefined,
      invoiceMessage: invoiced ? 'Thank you for staying with us.' : undefined,
      paymentUrl: `https://network.example/pay/${code}`,
      products: [product.documentId],
      membership,
      customer,
    },
  });
}

async function addSite(
  strapi: Core.Strapi,
  now: Date,
  { membership, customer }: Owner,
  { host, domains, demoHours, ...site }: Subscription['sites'][number],
): Promise<void> {
  const { documentId } = await strapi.documents('api::site.site').create({
    data: {
      ...site,
      url: `https://${host}.network.example`,
      adminUrl: `https://${host}.network.example/admin`,
      kind: demoHours === undefined ? 'customer' : 'demo',
      demoExpiresAt:
        demoHours === undefined ? undefined : new Date(now.getTime() + demoHours * hourMs).toISOString(),
      membership,
      customer,
    },
  });
  for (const { domain, stage, primary = false } of domains) {
    const done = stage === 'done';
    await strapi.documents('api::domain.domain').create({
      data: { domain, stage, active: done, secure: done, primary, site: documentId },
    });
  }
}
