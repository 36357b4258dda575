import { allAffected } from '../../../contracts';

/**
 * Whether a subscription wants an event type.
 *
 * `*` and `*.published` leave out what is sensitive (accounts, events about webhooks themselves): nobody should
 * get personal data for having chosen "everything". `user.*` names it, so it matches.
 *
 * `page.affected` follows from changes of other entries. Only its name and `*.affected` want it: who chose `page.*` wants to
 * know what happens to pages.
 *
 * @param pattern `*`, `article.*`, `*.published` or the name of one event type; anything else matches nothing.
 */
export function matchesSubscription(
  pattern: string,
  eventType: string,
  sensitive: boolean,
  derived = false,
): boolean {
  if (pattern === eventType) return true;
  if (derived) return pattern === allAffected;
  if (pattern === '*') return !sensitive;
  if (pattern.startsWith('*.'))
    return !sensitive && pattern.length > 2 && eventType.endsWith(pattern.slice(1));
  return pattern.endsWith('.*') && pattern.length > 2 && eventType.startsWith(pattern.slice(0, -1));
}

/** Whether a pattern names its events: `article.updated`, `article.*`. */
export const isName = (pattern: string): boolean => !pattern.startsWith('*');

/** Whether a subscription wants this event type. */
export const matches = (
  pattern: string,
  { type, sensitive, derived }: { type: string; sensitive: boolean; derived?: boolean },
): boolean => matchesSubscription(pattern, type, sensitive, derived);
