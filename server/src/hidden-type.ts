import type { Core } from '@strapi/strapi';
import { uids } from './constants';

interface PermissionCheckers {
  create(of: { userAbility: unknown; model: string }): unknown;
}

/** Has no permission. */
const nobody = { can: () => false, cannot: () => true, rulesFor: () => [] };

/**
 * Hides the tables of webhooks and of business events from the content manager, whose API also serves hidden content types to anyone
 * with permission on them, which the super administrator always has. In two ways: a request by URL gets the
 * response for an unknown type, and any other use of the type by the content manager has no permission.
 */
export function hideFromContentManager(strapi: Core.Strapi): void {
  if (!strapi.plugin('content-manager')) return;
  strapi.server.use((context, next) => {
    if (!asksContentManager(context.url)) return next();
    context.status = 404;
    context.body = {
      data: null,
      error: { status: 404, name: 'NotFoundError', message: 'Not Found', details: {} },
    };
    return undefined;
  });
  strapi
    .get('services')
    .extend(
      'plugin::content-manager.permission-checker',
      (service: PermissionCheckers): PermissionCheckers => ({
        ...service,
        create: (of) => service.create(isHidden(of.model) ? { ...of, userAbility: nobody } : of),
      }),
    );
}

const hidden: readonly string[] = [uids.webhook, uids.businessEvent];

const isHidden = (uid: string): boolean => hidden.includes(uid);

/** The router accepts a URL in any case and decodes it. */
function asksContentManager(url: string): boolean {
  if (!url.includes('%') && !hidden.some((uid) => url.includes(uid))) return false;
  const plain = decoded(url).toLowerCase();
  return plain.includes('/content-manager/') && hidden.some((uid) => plain.includes(uid));
}

function decoded(url: string): string {
  return url.replace(/(%[0-9a-f]{2})+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      // Invalid encoding: no router finds anything by it.
      return bytes;
    }
  });
}
