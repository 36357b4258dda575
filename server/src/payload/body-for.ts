import type { Catalog, Entry } from '../catalog';
import { isName, matches } from '../catalog';
import type { EventRow } from '../store/events';
import { standardBody } from './standard';

export interface BodyForDeps {
  catalog(): Catalog;
}

/**
 * Which body a webhook gets: only webhooks that name the event get complete accounts (relations to users,
 * administrators). The same for real events, tests and triggers.
 */
export function createBodyFor(deps: BodyForDeps) {
  /** Null if the body contains no account. */
  const withoutAccounts = (type: string, body: string): string | null => {
    if (!deps.catalog().mayHoldAccounts(type)) return null;
    const { timestamp, data } = JSON.parse(body) as { timestamp: string; data: Record<string, unknown> };
    const reduced = deps.catalog().withoutAccounts(type, data);
    return reduced === null ? null : standardBody({ type, timestamp, data: reduced });
  };

  const isNamed = (patterns: readonly string[], type: string): boolean => {
    const meant = deps.catalog().get(type) ?? { type, sensitive: false };
    return patterns.some((pattern) => isName(pattern) && matches(pattern, meant));
  };

  return {
    withoutAccounts,

    /** @param patterns the webhook's subscriptions */
    of(patterns: readonly string[], type: string, body: string): string {
      return isNamed(patterns, type) ? body : (withoutAccounts(type, body) ?? body);
    },

    /** The same of an entry as Strapi's own webhook sends it, as JSON text. */
    coreEntryOf(
      patterns: readonly string[],
      { type, uid, coreEntry }: Pick<EventRow, 'type' | 'uid' | 'coreEntry'>,
    ): string | null {
      if (coreEntry === null || uid === null || isNamed(patterns, type)) return coreEntry;
      const reduced = deps.catalog().coreEntryWithoutAccounts(uid, JSON.parse(coreEntry) as Entry);
      return reduced === null ? coreEntry : JSON.stringify(reduced);
    },
  };
}

export type BodyFor = ReturnType<typeof createBodyFor>;
