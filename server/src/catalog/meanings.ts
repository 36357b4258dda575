import { matches, isName } from './subscription';
import type { EventType } from './types';

/** What the names that a webhook has chosen meant: by subscription, the content types of its events. */
export type Meanings = Readonly<Record<string, readonly string[]>>;

type Meant = Pick<EventType, 'type' | 'source' | 'uid' | 'sensitive'>;

/** Of what has no content type: a language, a release. */
const announced = 'plugin';

/**
 * Which content type an event is of. Null where its name is given by a person, who changes its meaning on purpose: a
 * business event, one of code.
 */
export const meaningOf = ({ source, uid }: Pick<EventType, 'source' | 'uid'>): string | null =>
  source === 'content' ? uid : source === 'plugin' ? announced : null;

/** What these subscriptions mean now. A wildcard over all types means whatever there is. Pure. */
export function meaningsOf(patterns: readonly string[], types: readonly Meant[]): Meanings {
  return Object.fromEntries(
    patterns.filter(isName).map((pattern) => {
      const matched = types.filter((type) => matches(pattern, type));
      return [pattern, [...new Set(matched.flatMap((type) => meaningOf(type) ?? []))]];
    }),
  );
}

/** Whether an event of this meaning is another one than the subscription meant when it was saved. Pure. */
export function isTakenOver(known: readonly string[] | undefined, meaning: string | null): boolean {
  return known !== undefined && known.length > 0 && meaning !== null && !known.includes(meaning);
}

/** A subscription whose events are of another content type by now: a type of the app took their names over. */
export interface TakenOver {
  pattern: string;
  was: string;
  is: string;
}

/** Those of the subscriptions that were taken over since they were saved. Pure. */
export function takenOver(
  patterns: readonly string[],
  meanings: Meanings | null,
  types: readonly Meant[],
): TakenOver[] {
  const now = meaningsOf(patterns, types);
  return patterns.flatMap((pattern) => {
    const known = meanings?.[pattern];
    const is = now[pattern]?.find((meaning) => isTakenOver(known, meaning));
    return is === undefined || known?.[0] === undefined ? [] : [{ pattern, was: known[0], is }];
  });
}

/**
 * What is remembered when a webhook is saved: of a subscription that it had before what that meant then, so that saving
 * something else decides nothing. A save of the very same subscriptions confirms what they mean now.
 */
export function remembered(
  patterns: readonly string[],
  types: readonly Meant[],
  before: Meanings | null,
): Meanings {
  const now = meaningsOf(patterns, types);
  return Object.fromEntries(
    Object.entries(now).map(([pattern, means]) => [pattern, before?.[pattern] ?? means]),
  );
}
