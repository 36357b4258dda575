import type { Schema, Struct } from '@strapi/strapi';

export interface BlocksArticleList extends Struct.ComponentSchema {
  collectionName: 'components_blocks_article_lists';
  info: {
    displayName: 'Article list';
    icon: 'file';
  };
  attributes: {
    articles: Schema.Attribute.Relation<'oneToMany', 'api::article.article'>;
    title: Schema.Attribute.String;
  };
}

export interface BlocksAuthorQuote extends Struct.ComponentSchema {
  collectionName: 'components_blocks_author_quotes';
  info: {
    displayName: 'Author quote';
    icon: 'quote';
  };
  attributes: {
    author: Schema.Attribute.Relation<'oneToOne', 'api::author.author'>;
    text: Schema.Attribute.Text;
  };
}

export interface BlocksComparison extends Struct.ComponentSchema {
  collectionName: 'components_blocks_comparisons';
  info: {
    displayName: 'Comparison';
    icon: 'layer';
  };
  attributes: {
    heading: Schema.Attribute.String;
    table: Schema.Attribute.Component<'blocks.comparison-table', false>;
  };
}

export interface BlocksComparisonRow extends Struct.ComponentSchema {
  collectionName: 'components_blocks_comparison_rows';
  info: {
    displayName: 'Comparison row';
    icon: 'bulletList';
  };
  attributes: {
    label: Schema.Attribute.String;
    product: Schema.Attribute.Relation<'oneToOne', 'api::product.product'>;
  };
}

export interface BlocksComparisonTable extends Struct.ComponentSchema {
  collectionName: 'components_blocks_comparison_tables';
  info: {
    displayName: 'Comparison table';
    icon: 'bulletList';
  };
  attributes: {
    caption: Schema.Attribute.String;
    rows: Schema.Attribute.Component<'blocks.comparison-row', true>;
  };
}

export interface BlocksHero extends Struct.ComponentSchema {
  collectionName: 'components_blocks_heros';
  info: {
    displayName: 'Hero';
    icon: 'picture';
  };
  attributes: {
    heading: Schema.Attribute.String;
    image: Schema.Attribute.Media<'images'>;
    link: Schema.Attribute.Component<'shared.link', false>;
  };
}

export interface BlocksProductList extends Struct.ComponentSchema {
  collectionName: 'components_blocks_product_lists';
  info: {
    displayName: 'Product list';
    icon: 'shoppingCart';
  };
  attributes: {
    products: Schema.Attribute.Relation<'oneToMany', 'api::product.product'>;
    title: Schema.Attribute.String;
  };
}

export interface SharedBillingAddress extends Struct.ComponentSchema {
  collectionName: 'components_shared_billing_addresses';
  info: {
    displayName: 'Billing address';
    icon: 'pinMap';
  };
  attributes: {
    addressLine1: Schema.Attribute.String;
    addressLine2: Schema.Attribute.String;
    billingEmail: Schema.Attribute.Email;
    city: Schema.Attribute.String;
    companyName: Schema.Attribute.String;
    country: Schema.Attribute.String;
    state: Schema.Attribute.String;
    zipCode: Schema.Attribute.String;
  };
}

export interface SharedLink extends Struct.ComponentSchema {
  collectionName: 'components_shared_links';
  info: {
    displayName: 'Link';
    icon: 'link';
  };
  attributes: {
    label: Schema.Attribute.String;
    url: Schema.Attribute.String;
  };
}

export interface SharedQuote extends Struct.ComponentSchema {
  collectionName: 'components_shared_quotes';
  info: {
    displayName: 'Quote';
    icon: 'quote';
  };
  attributes: {
    author: Schema.Attribute.String;
    text: Schema.Attribute.Text;
  };
}

export interface SharedRichFeature extends Struct.ComponentSchema {
  collectionName: 'components_shared_rich_features';
  info: {
    displayName: 'Feature';
    icon: 'bulletList';
  };
  attributes: {
    text: Schema.Attribute.Text;
    title: Schema.Attribute.String;
  };
}

export interface SharedSeo extends Struct.ComponentSchema {
  collectionName: 'components_shared_seos';
  info: {
    displayName: 'Seo';
    icon: 'search';
  };
  attributes: {
    description: Schema.Attribute.Text;
    title: Schema.Attribute.String;
  };
}

declare module '@strapi/strapi' {
  export namespace Public {
    export interface ComponentSchemas {
      'blocks.article-list': BlocksArticleList;
      'blocks.author-quote': BlocksAuthorQuote;
      'blocks.comparison': BlocksComparison;
      'blocks.comparison-row': BlocksComparisonRow;
      'blocks.comparison-table': BlocksComparisonTable;
      'blocks.hero': BlocksHero;
      'blocks.product-list': BlocksProductList;
      'shared.billing-address': SharedBillingAddress;
      'shared.link': SharedLink;
      'shared.quote': SharedQuote;
      'shared.rich-feature': SharedRichFeature;
      'shared.seo': SharedSeo;
    }
  }
}
