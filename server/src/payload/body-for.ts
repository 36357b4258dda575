import type { Catalog } from '../catalog';
import { isName, matches } from '../catalog';
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

  return {
    withoutAccounts,

    /** @param patterns the webhook's subscriptions */
    of(patterns: readonly string[], type: string, body: string): string {
      const meant = deps.catalog().get(type) ?? { type, sensitive: false };
      const isNamed = patterns.some((pattern) => isName(pattern) && matches(pattern, meant));
      return isNamed ? body : (withoutAccounts(type, body) ?? body);
    },
  };
}

export type BodyFor = ReturnType<typeof createBodyFor>;
