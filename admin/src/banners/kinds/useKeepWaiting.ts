import { useState } from 'react';
import { useAuth } from '@strapi/strapi/admin';

const storageKey = 'event-webhooks.keep-waiting';

/**
 * Whether this administrator, in this browser, has chosen to keep these webhooks on hold. One more webhook
 * shows the banner again.
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
    // An invalid value under our key: nothing was stored.
    return new Set();
  }
}
