import type { Core } from '@strapi/strapi';

interface WithStrapi {
  strapi: Core.Strapi;
}

/** What Strapi loads on the server. */
declare const plugin: {
  register(context: WithStrapi): unknown;
  bootstrap(context: WithStrapi): Promise<unknown>;
  destroy(context: WithStrapi): Promise<unknown>;
  config: { default: object; validator(config: unknown): void };
  contentTypes: Record<string, { schema: object }>;
  controllers: object;
  routes: object;
  policies: object;
  services: object;
};
export default plugin;
