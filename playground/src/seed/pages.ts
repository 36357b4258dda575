import type { Core } from '@strapi/strapi';
import type { SeededProduct } from './products';

/** Makes and publishes two pages in English: one lists products, the other compares two of them and quotes an author. */
export async function seedPages(
  strapi: Core.Strapi,
  products: ReadonlyMap<string, SeededProduct>,
): Promise<void> {
  const product = (slug: string): string => {
    const found = products.get(slug);
    if (!found) throw new Error(`no product has the slug ${slug}`);
    return found.documentId;
  };
  const [author] = await strapi.documents('api::author.author').findMany({ limit: 1, sort: 'id:asc' });
  const [article] = await strapi
    .documents('api::article.article')
    .findMany({ limit: 1, sort: 'id:asc', status: 'published', locale: 'en' });
  const pages = strapi.documents('api::page.page');
  await pages.create({
    locale: 'en',
    status: 'published',
    data: {
      title: 'Plans',
      slug: 'plans',
      seo: { title: 'Plans', description: 'What a site in the network costs.' },
      blocks: [
        {
          __component: 'blocks.hero',
          heading: 'A plan for every site',
          link: { label: 'Compare', url: '/compare' },
        },
        {
          __component: 'blocks.product-list',
          title: 'Plans',
          products: ['free', 'starter', 'studio', 'business'].map(product),
        },
      ],
    },
  });
  await pages.create({
    locale: 'en',
    status: 'published',
    data: {
      title: 'Compare',
      slug: 'compare',
      seo: { title: 'Compare', description: 'Studio and Business side by side.' },
      blocks: [
        {
          __component: 'blocks.comparison',
          heading: 'Studio or Business?',
          table: {
            caption: 'For people who make sites for others',
            rows: [
              { label: 'Five sites', product: product('studio') },
              { label: 'Twenty sites', product: product('business') },
            ],
          },
        },
        {
          __component: 'blocks.author-quote',
          text: 'Start with five sites; moving up takes a minute.',
          author: author?.documentId,
        },
        {
          __component: 'blocks.article-list',
          title: 'Read more',
          articles: article ? [article.documentId] : [],
        },
      ],
    },
  });
}
