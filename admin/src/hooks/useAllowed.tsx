import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { Page, useAuth } from '@strapi/strapi/admin';
import { permissions, type PermissionName } from '../../../contracts';

export type Allowed = Record<PermissionName, boolean>;

const AllowedContext = createContext<Allowed | null>(null);

const names = Object.keys(permissions) as PermissionName[];

/**
 * Asks Strapi once which of our permissions the administrator has (conditions included). `useRBAC` names its
 * answers by the last word of an action, under which `webhooks.read` and `inbox.read` would be one.
 */
export function AllowedProvider({ children }: { children: ReactNode }) {
  const check = useAuth('AllowedProvider', (auth) => auth.checkUserHasPermissions);
  const isLoadingAuth = useAuth('AllowedProvider', (auth) => auth.isLoading);
  const own = useAuth('AllowedProvider', (auth) => auth.permissions);
  const [allowed, setAllowed] = useState<Allowed | null>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    if (isLoadingAuth) return undefined;
    let current = true;
    check(names.map((name) => ({ action: permissions[name], subject: null }))).then(
      (granted) => {
        const actions = new Set(granted.map(({ action }) => action));
        const entries = names.map((name) => [name, actions.has(permissions[name])]);
        if (current) setAllowed(Object.fromEntries(entries) as Allowed);
      },
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, [check, isLoadingAuth, own]);

  if (failed) return <Page.Error />;
  if (!allowed) return <Page.Loading />;
  return <AllowedContext.Provider value={allowed}>{children}</AllowedContext.Provider>;
}

/** What the administrator may do. Buttons ask here; the routes ask again on the server. */
export function useAllowed(): Allowed {
  const allowed = useContext(AllowedContext);
  if (!allowed) throw new Error('useAllowed needs an AllowedProvider above it');
  return allowed;
}
