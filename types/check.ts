import admin from '../strapi-admin';
import server from '../strapi-server';
import type declaredAdmin from './admin';
import type declaredServer from './server';

/** What the package declares is what it has; this file is compiled only. */
export const entries = {
  admin: admin satisfies typeof declaredAdmin,
  server: server satisfies typeof declaredServer,
};
