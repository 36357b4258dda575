import type { Core } from '@strapi/strapi';

const guarded = (
  method: Core.HTTPMethod,
  path: string,
  handler: string,
  policy: string,
  actions: readonly string[],
): Core.RouteInput => ({
  method,
  path,
  handler,
  config: {
    policies: ['admin::isAuthenticatedAdmin', { name: policy, config: { actions: [...actions] } }],
  },
});

/** A route of the admin API: requires a session (or an admin token) and every one of these permissions. */
export const adminRoute = (method: Core.HTTPMethod, path: string, handler: string, ...actions: string[]) =>
  guarded(method, path, handler, 'admin::hasPermissions', actions);

/** As `adminRoute`, but one of the permissions is enough. */
export const adminRouteForAny = (
  method: Core.HTTPMethod,
  path: string,
  handler: string,
  ...actions: string[]
) => guarded(method, path, handler, 'plugin::event-webhooks.hasAnyPermission', actions);
