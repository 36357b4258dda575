import type { Schema, Struct } from '@strapi/strapi';

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
      'shared.billing-address': SharedBillingAddress;
      'shared.quote': SharedQuote;
      'shared.rich-feature': SharedRichFeature;
      'shared.seo': SharedSeo;
    }
  }
}
