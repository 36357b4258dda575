import type { Core } from '@strapi/strapi';
import { uids } from './constants';
import { hasHouse, houseOf } from './house';
import { models } from './models';

/** What must stand before the database is there: tables, the outermost capture, the inbox before every body parser. */
export function register({ strapi }: { strapi: Core.Strapi }): void {
  for (const model of models) strapi.get('models').add(model);
  // Registered here, so that it is the outermost of the plugins' and the app's middlewares.
  strapi.documents.use((context, next) =>
    hasHouse(strapi) ? houseOf(strapi).capture.documents.sentinel(context, next) : next(),
  );
  strapi.server.use((context, next) =>
    hasHouse(strapi) && houseOf(strapi).config.inbox.enabled
      ? houseOf(strapi).inboxMiddleware(context, next)
      : next(),
  );
  const graphql = strapi.plugin('graphql') as Core.Plugin | undefined;
  (graphql?.service('extension') as { shadowCRUD(uid: string): { disable(): void } } | undefined)
    ?.shadowCRUD(uids.webhook)
    .disable();
}
