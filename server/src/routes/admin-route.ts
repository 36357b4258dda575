import type { Core } from '@strapi/strapi';

/** A route of the admin API: a session (or an admin token) and every one of these permissions. */
export const adminRoute = (
  method: Core.HTTPMethod,
  path: string,
  handler: string,
  ...actions: readonly string[]
): Core.RouteInput => ({
  method,
  path,
  handler,
  config: {
    policies: [
      'admin::isAuthenticatedAdmin',
      { name: 'admin::hasPermissions', config: { actions: [...actions] } },
    ],
  },
});

/** As `adminRoute`, but one of the permissions is enough. */
export const adminRouteForAny = (
  method: Core.HTTPMethod,
  path: string,
  handler: string,
  ...actions: readonly string[]
): Core.RouteInput => ({
  method,
  path,
  handler,
  config: {
    policies: [
      'admin::isAuthenticatedAdmin',
      { name: 'plugin::event-webhooks.hasAnyPermission', config: { actions: [...actions] } },
    ],
  },
});
