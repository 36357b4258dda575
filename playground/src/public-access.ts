import type { Core } from '@strapi/strapi';

/** What anybody may do here without logging in. A playground's choice: customers are not public elsewhere. */
const publicActions = [
  'api::article.article.find',
  'api::article.article.findOne',
  'api::checkout.checkout.start',
  'api::checkout.checkout.step',
  'api::checkout.checkout.complete',
  'api::customer.customer.create',
  'api::customer.customer.find',
  'api::customer.customer.findOne',
  'api::membership.membership.find',
  'api::membership.membership.findOne',
  'api::page.page.find',
  'api::page.page.findOne',
  'api::payment.payment.create',
  'api::payment.payment.find',
  'api::payment.payment.findOne',
  'api::product.product.find',
  'api::product.product.findOne',
  'api::site.site.find',
  'api::site.site.findOne',
];

/** Gives the Public role the actions above that it does not have yet; takes none away. */
export async function openPublicApi(strapi: Core.Strapi): Promise<void> {
  const role = await strapi.db
    .query('plugin::users-permissions.role')
    .findOne({ where: { type: 'public' }, populate: ['permissions'] });
  const granted = new Set(role.permissions.map((permission: { action: string }) => permission.action));
  for (const action of publicActions.filter((name) => !granted.has(name))) {
    await strapi.db.query('plugin::users-permissions.permission').create({ data: { action, role: role.id } });
  }
}
