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

/** Who made the change, from the request that is being served; `system` outside of one (cron, scripts). */
export function currentActor(strapi: Core.Strapi): Actor {
  const state = strapi.requestContext.get()?.state as
    | { user?: Credentials; auth?: { strategy?: { name?: string }; credentials?: Credentials | null } }
    | undefined;
  if (!state) return system;
  const strategy = state.auth?.strategy?.name ?? '';
  const credentials = state.auth?.credentials ?? state.user;
  const id = credentials?.id === undefined ? null : String(credentials.id);
  if (strategy === 'admin' || strategy === 'admin-token') {
    const fullName = [credentials?.firstname, credentials?.lastname].filter(Boolean).join(' ');
    return { type: 'admin', id, name: fullName || credentials?.username || credentials?.name || null };
  }
  if (strategy.includes('api-token')) return { type: 'api_token', id, name: credentials?.name ?? null };
  if (credentials) return { type: 'user', id, name: credentials.username ?? null };
  return system;
}
