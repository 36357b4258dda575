import type { Core } from '@strapi/strapi';
import { uploadPictures, wordSvg, type Colour } from './pictures';

interface Product {
  name: string;
  slug: string;
  price: number;
  description: string;
  colour: Colour;
  features: (ReturnType<typeof feature> | ReturnType<typeof quote>)[];
}

const feature = (title: string, text: string) => ({
  __component: 'shared.rich-feature' as const,
  title,
  text,
});
const quote = (text: string, author: string) => ({ __component: 'shared.quote' as const, text, author });

const products: readonly Product[] = [
  {
    name: 'Free',
    slug: 'free',
    price: 0,
    description: 'One small site on a subdomain, for a first try.',
    colour: [100, 116, 139],
    features: [feature('One site', 'On a subdomain of the network.')],
  },
  {
    name: 'Starter',
    slug: 'starter',
    price: 9,
    description: 'One site with a domain of its own.',
    colour: [14, 116, 144],
    features: [
      feature('Own domain', 'With a certificate that renews itself.'),
      feature('10 GB', 'For pictures and files.'),
    ],
  },
  {
    name: 'Studio',
    slug: 'studio',
    price: 29,
    description: 'Five sites, for people who make sites for others.',
    colour: [67, 56, 202],
    features: [
      feature('Five sites', 'Each with its own domain and editors.'),
      feature('Staging', 'Try a change before visitors see it.'),
      quote('We moved nine clients in a weekend.', 'Олена Ковальчук'),
    ],
  },
  {
    name: 'Business',
    slug: 'business',
    price: 79.5,
    description: 'Twenty sites, with support that answers within the hour.',
    colour: [190, 24, 93],
    features: [
      feature('Twenty sites', 'On one bill.'),
      feature('Support', 'A person answers within the hour, every day.'),
      quote('The shop was back before breakfast.', 'Jonas Müller'),
    ],
  },
  {
    name: 'Extra domain',
    slug: 'extra-domain',
    price: 4,
    description: 'One more domain for a site.',
    colour: [180, 83, 9],
    features: [],
  },
];

export interface SeededProduct {
  documentId: string;
  name: string;
  price: number;
}

/** Makes the products; gives them by slug. */
export async function seedProducts(strapi: Core.Strapi): Promise<Map<string, SeededProduct>> {
  const images = await uploadPictures(
    strapi,
    products.map(({ name, slug, colour }) => ({
      fileName: `product-${slug}.svg`,
      alternativeText: `The word ${name} on a coloured card`,
      bytes: wordSvg(name, colour),
    })),
  );
  const seeded = new Map<string, SeededProduct>();
  for (const [index, { name, slug, price, description, features }] of products.entries()) {
    const { documentId } = await strapi.documents('api::product.product').create({
      data: { name, slug, price, currency: 'USD', description, features, image: images[index] },
    });
    seeded.set(slug, { documentId, name, price });
  }
  return seeded;
}
