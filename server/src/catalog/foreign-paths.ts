import { matches } from './subscription';
import type { Catalog } from './types';

/**
 * Of the paths that conditions compare, those that the content type of an event does not have, while another one that the
 * webhook is subscribed to has them: they are empty there, and not unknown, as what a content type has lost.
 *
 * @param patterns the webhook's subscriptions
 */
export function createForeignPaths(catalog: () => Catalog) {
  const known = new WeakMap<Catalog, Map<string, ReadonlySet<string>>>();

  const fieldsOf = (of: Catalog, uid: string): ReadonlySet<string> => {
    const byUid = known.get(of) ?? new Map<string, ReadonlySet<string>>();
    known.set(of, byUid);
    const fields = byUid.get(uid) ?? new Set((of.subject(uid, [])?.fields ?? []).map(({ path }) => path));
    byUid.set(uid, fields);
    return fields;
  };

  /** The content types of the events that these patterns want; the list is the same object for the same webhook. */
  const uidsBy = new WeakMap<readonly string[], { of: Catalog; uids: readonly string[] }>();
  const subscribedUids = (of: Catalog, patterns: readonly string[]): readonly string[] => {
    const found = uidsBy.get(patterns);
    if (found?.of === of) return found.uids;
    const subscribed = of.list().filter((type) => patterns.some((pattern) => matches(pattern, type)));
    const uids = [...new Set(subscribed.flatMap((type) => type.uid ?? []))];
    uidsBy.set(patterns, { of, uids });
    return uids;
  };

  return {
    of(patterns: readonly string[], uid: string | null, paths: readonly string[]): string[] {
      const now = catalog();
      // News about webhooks, and announcements, are of no content type.
      if (uid === null || now.plan(uid) === undefined) return [];
      const own = fieldsOf(now, uid);
      const lacking = paths.filter((path) => !own.has(path));
      if (lacking.length === 0) return [];
      const others = subscribedUids(now, patterns).filter((other) => other !== uid);
      return lacking.filter((path) => others.some((other) => fieldsOf(now, other).has(path)));
    },
  };
}
