import type { Core } from '@strapi/strapi';
import { webhookEvents } from '../webhook-events';
import { seedArticles, seedHomepage } from './articles';
import { seedCustomers } from './customers';
import { seedMemberships } from './memberships';
import { seedPages } from './pages';
import { seedProducts } from './products';

async function addUkrainian(strapi: Core.Strapi): Promise<void> {
  const locales = strapi.plugin('i18n').service('locales');
  if (!(await locales.findByCode('uk'))) await locales.create({ code: 'uk', name: 'Ukrainian (uk)' });
}

async function isEmpty(strapi: Core.Strapi): Promise<boolean> {
  const counts = await Promise.all([
    strapi.documents('api::customer.customer').count({}),
    strapi.documents('api::product.product').count({}),
    strapi.documents('api::article.article').count({}),
  ]);
  return counts.every((count) => count === 0);
}

/** Fills an empty database with the network of customer sites. Webhooks hear nothing of it. */
export async function seedWhenEmpty(strapi: Core.Strapi): Promise<void> {
  if (!(await isEmpty(strapi))) return;
  await webhookEvents(strapi).without('seed of the playground', async () => {
    await addUkrainian(strapi);
    const products = await seedProducts(strapi);
    const customers = await seedCustomers(strapi);
    await seedMemberships(strapi, new Date(), customers, products);
    await seedArticles(strapi);
    await seedHomepage(strapi);
    await seedPages(strapi, products);
  });
}
