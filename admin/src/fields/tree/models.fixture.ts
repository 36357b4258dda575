import type { FieldModel, FieldModelAttribute } from '../../../../contracts';
import type { Models } from './models';

const scalar = (name: string): FieldModelAttribute => ({
  name,
  label: name.charAt(0).toUpperCase() + name.slice(1),
  type: 'string',
  kind: 'scalar',
});

const model = (uid: string, name: string, attributes: FieldModelAttribute[]): FieldModel => ({
  uid,
  name,
  attributes,
});

const pages = model('api::page.page', 'Page', [
  scalar('title'),
  scalar('slug'),
  { name: 'cover', label: 'Cover', type: 'media', kind: 'one', target: 'plugin::upload.file' },
  { name: 'seo', label: 'SEO', type: 'component', kind: 'one', target: 'shared.seo' },
  {
    name: 'blocks',
    label: 'Blocks',
    type: 'dynamiczone',
    kind: 'zone',
    components: ['blocks.hero', 'blocks.products'],
  },
  { name: 'author', label: 'Author', type: 'relation', kind: 'one', target: 'api::author.author' },
]);

/** A page whose zone holds components that lead to products, and an author whose pages lead back. */
export const models: Models = {
  'api::page.page': pages,
  'plugin::upload.file': model('plugin::upload.file', 'File', [scalar('url'), scalar('alternativeText')]),
  'shared.seo': model('shared.seo', 'SEO', [scalar('description')]),
  'blocks.hero': model('blocks.hero', 'Hero', [scalar('heading'), scalar('text')]),
  'blocks.products': model('blocks.products', 'Products', [
    scalar('heading'),
    {
      name: 'products',
      label: 'Products',
      type: 'relation',
      kind: 'many',
      target: 'api::product.product',
      limited: true,
    },
  ]),
  'api::product.product': model('api::product.product', 'Product', [scalar('name'), scalar('price')]),
  'api::author.author': model('api::author.author', 'Author', [
    scalar('name'),
    {
      name: 'pages',
      label: 'Pages',
      type: 'relation',
      kind: 'many',
      target: 'api::page.page',
      limited: true,
    },
  ]),
};

export const pageUid = 'api::page.page';

/** An attribute of a model of the fixture. */
export function attributeOf(uid: string, name: string) {
  const found = models[uid]?.attributes.find((attribute) => attribute.name === name);
  if (!found || found.kind === 'scalar') throw new Error(`${uid} has no ${name} that leads further`);
  return { ...found, kind: found.kind };
}
