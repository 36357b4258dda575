import type { UnmatchedEvent } from '../store/events';
import type { Interested, Subscriber } from './match';

/**
 * Whether the comparison of an event with what was before found that nothing changed: an entry that was published
 * without a change. What was not compared (a first publication, an event of code) is not known to be unchanged. Pure.
 */
export const isUnchanged = ({ changedFields }: Pick<UnmatchedEvent, 'changedFields'>): boolean =>
  changedFields?.length === 0;

/** Whether a webhook leaves an event out since nothing changed. Pure. */
export const leavesOut = (
  { skipUnchanged }: Pick<Subscriber, 'skipUnchanged'>,
  event: Pick<UnmatchedEvent, 'changedFields'>,
): boolean => skipUnchanged && isUnchanged(event);

export interface PublicationDeps {
  /** The event with this message id; null where it was not written. */
  byMessage(messageId: string): Promise<UnmatchedEvent | null>;
  interested(type: string): readonly Interested[];
  holds(event: UnmatchedEvent, webhook: Subscriber): Promise<boolean>;
}

/**
 * Webhooks that are told of the change of a draft by its publication instead: those that ask for one event for both, and
 * are sent the publication. One that is not subscribed to it, or whose conditions it does not meet, is sent the change.
 *
 * @returns their ids
 */
export async function toldByPublication(
  deps: PublicationDeps,
  { publishedAs }: Pick<UnmatchedEvent, 'publishedAs'>,
  interested: readonly Interested[],
): Promise<ReadonlySet<number>> {
  const asking = interested.filter(({ webhook }) => webhook.onePublish);
  if (!publishedAs || asking.length === 0) return new Set();
  const publication = await deps.byMessage(publishedAs);
  if (publication === null) return new Set();
  const sent = new Set(deps.interested(publication.type).map(({ webhook }) => webhook.id));
  const told = new Set<number>();
  for (const { webhook } of asking) {
    if (!sent.has(webhook.id) || leavesOut(webhook, publication)) continue;
    // Its body is built when it is matched itself; until then nobody knows what conditions would find there.
    if (webhook.conditions !== null && !publication.hasBody) continue;
    if (await deps.holds(publication, webhook)) told.add(webhook.id);
  }
  return told;
}
