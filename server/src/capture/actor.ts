import type { Core } from '@strapi/strapi';
import type { Actor } from '../../../contracts';

const system: Actor = { type: 'system', id: null, name: null };

interface Credentials {
  id?: number | string;
  name?: string;
  username?: string;
  firstname?: string | null;
  lastname?: string | null;
}

const idOf = (credentials: Credentials | null | undefined): string | null =>
  credentials?.id === undefined ? null : String(credentials.id);

function adminOf(user: Credentials | null | undefined): Actor {
  const fullName = [user?.firstname, user?.lastname].filter(Boolean).join(' ');
  return { type: 'admin', id: idOf(user), name: fullName || user?.username || null };
}

/** Who made the change, from the current request; `system` outside of one (cron, scripts). */
export function currentActor(strapi: Core.Strapi): Actor {
  const state = strapi.requestContext.get()?.state as
    | { user?: Credentials; auth?: { strategy?: { name?: string }; credentials?: Credentials | null } }
    | undefined;
  if (!state) return system;
  const strategy = state.auth?.strategy?.name ?? '';
  const credentials = state.auth?.credentials ?? state.user;
  if (strategy === 'admin') return adminOf(credentials);
  if (strategy === 'admin-token') {
    // Such a token acts as its administrator, who gets the alerts and whose limits apply.
    const owner = adminOf(state.user);
    return {
      ...owner,
      name: [owner.name, credentials?.name && `(${credentials.name})`].filter(Boolean).join(' '),
    };
  }
  const id = idOf(credentials);
  if (strategy.includes('api-token')) return { type: 'api_token', id, name: credentials?.name ?? null };
  if (credentials) return { type: 'user', id, name: credentials.username ?? null };
  return system;
}
