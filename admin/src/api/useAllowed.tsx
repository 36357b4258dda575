import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { Page, useAuth } from '@strapi/strapi/admin';
import { permissions } from '../../../contracts';

/** Ours, and Strapi's own permissions to see its webhooks, which can be taken over, and to turn them off. */
const actions = {
  ...permissions,
  coreWebhooksRead: 'admin::webhooks.read',
  coreWebhooksUpdate: 'admin::webhooks.update',
} as const;

export type Allowed = Record<keyof typeof actions, boolean>;

const AllowedContext = createContext<Allowed | null>(null);

const names = Object.keys(actions) as (keyof Allowed)[];

/**
 * Asks Strapi once which of our permissions the administrator has (conditions included). `useRBAC` names its
 * answers by the last word of an action, under which `webhooks.read` and `inbox.read` would be one.
 */
export function useAskAllowed(): Allowed | 'asking' | 'failed' {
  const check = useAuth('AllowedProvider', (auth) => auth.checkUserHasPermissions);
  const isLoadingAuth = useAuth('AllowedProvider', (auth) => auth.isLoading);
  const own = useAuth('AllowedProvider', (auth) => auth.permissions);
  const [allowed, setAllowed] = useState<Allowed | 'asking' | 'failed'>('asking');

  useEffect(() => {
    if (isLoadingAuth) return undefined;
    let current = true;
    check(names.map((name) => ({ action: actions[name], subject: null }))).then(
      (granted) => {
        const has = new Set(granted.map(({ action }) => action));
        const entries = names.map((name) => [name, has.has(actions[name])]);
        if (current) setAllowed(Object.fromEntries(entries) as Allowed);
      },
      () => current && setAllowed('failed'),
    );
    return () => {
      current = false;
    };
  }, [check, isLoadingAuth, own]);

  return allowed;
}

interface AllowedProviderProps {
  children: ReactNode;
  /** Shown until the answer is there; a whole page's by default. */
  asking?: ReactNode;
  failed?: ReactNode;
}

export function AllowedProvider({
  children,
  asking = <Page.Loading />,
  failed = <Page.Error />,
}: AllowedProviderProps) {
  const allowed = useAskAllowed();
  if (allowed === 'failed') return failed;
  if (allowed === 'asking') return asking;
  return <AllowedContext.Provider value={allowed}>{children}</AllowedContext.Provider>;
}

/** What the administrator may do. Buttons ask here; the routes ask again on the server. */
export function useAllowed(): Allowed {
  const allowed = useContext(AllowedContext);
  if (!allowed) throw new Error('useAllowed needs an AllowedProvider above it');
  return allowed;
}
