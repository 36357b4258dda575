import { useState } from 'react';
import { useAuth } from '@strapi/strapi/admin';

const storageKey = 'event-webhooks.keep-waiting';

/**
 * Whether this administrator, in this browser, has chosen to let these very webhooks wait. One more that is
 * away asks anew.
 */
export function useKeepWaiting(ids: readonly number[]): { isKept: boolean; keep: () => void } {
  const userId = useAuth('AwayBanner', (auth) => auth.user?.id);
  const key = `${storageKey}.${userId ?? ''}`;
  const [kept, setKept] = useState(() => read(key));
  const keep = () => {
    localStorage.setItem(key, JSON.stringify(ids));
    setKept(new Set(ids));
  };
  return { isKept: ids.every((id) => kept.has(id)), keep };
}

function read(key: string): ReadonlySet<number> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return new Set(Array.isArray(stored) ? stored.filter((id) => typeof id === 'number') : []);
  } catch {
    // Somebody else's text under our key: nothing was kept.
    return new Set();
  }
}
