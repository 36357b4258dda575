import type { Core } from '@strapi/strapi';
import { createCatalog } from './catalog';
import type { Catalog, Links } from './catalog/types';
import type { PluginConfig } from './config';

/** What the app's code has declared so far, in `register()` or later. */
const declarations = new WeakMap<Core.Strapi, unknown[]>();

/** Remembers a declaration, written as in `config.events`. */
export function rememberDeclaration(strapi: Core.Strapi, declaration: unknown): void {
  declarations.set(strapi, [...(declarations.get(strapi) ?? []), declaration]);
}

/** The catalog of this Strapi: from its content types, its configuration, its code, and what other plugins announce. */
export function createCatalogOf(
  strapi: Core.Strapi,
  config: PluginConfig,
  told: { links: Links; fileBase: string; signsFiles: () => boolean },
): Catalog {
  const { allowedEvents } = strapi.get('webhookStore') as { allowedEvents: Map<string, string> };
  return createCatalog({
    contentTypes: strapi.contentTypes,
    components: strapi.components,
    config,
    ...told,
    allowedHubEvents: [...allowedEvents.values()],
    privateAttributes: strapi.config.get<string[]>('api.responses.privateAttributes', []),
    declared: declarations.get(strapi) ?? [],
  });
}
