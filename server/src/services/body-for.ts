import type { Catalog } from '../catalog/types';
import { isName } from '../matching/match';

export interface BodyForDeps {
  catalog(): Catalog;
  matches(pattern: string, type: { type: string; sensitive: boolean }): boolean;
  compose(input: { type: string; timestamp: string; data: unknown }): string;
}

/**
 * Which body a webhook gets: accounts (relations to users, administrators) go whole to those only that have named the
 * event. The same for real events, tests and what is triggered by hand.
 */
export function createBodyFor(deps: BodyForDeps) {
  /** Null where the body holds no account. */
  const withoutAccounts = (type: string, body: string): string | null => {
    const { timestamp, data } = JSON.parse(body) as { timestamp: string; data: Record<string, unknown> };
    const reduced = deps.catalog().withoutAccounts(type, data);
    return reduced === null ? null : deps.compose({ type, timestamp, data: reduced });
  };

  return {
    withoutAccounts,

    /** @param patterns what the webhook is subscribed to */
    of(patterns: readonly string[], type: string, body: string): string {
      const meant = { type, sensitive: deps.catalog().get(type)?.sensitive ?? false };
      const isNamed = patterns.some((pattern) => isName(pattern) && deps.matches(pattern, meant));
      return isNamed ? body : (withoutAccounts(type, body) ?? body);
    },
  };
}

export type BodyFor = ReturnType<typeof createBodyFor>;
