import type { StrapiApp } from '@strapi/strapi/admin';

/** What Strapi loads in the admin panel. */
declare const plugin: {
  register(app: StrapiApp): void;
  bootstrap(app: StrapiApp): void;
  registerTrads(context: { locales: string[] }): Promise<{ locale: string; data: Record<string, string> }[]>;
};
export default plugin;
