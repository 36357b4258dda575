import type { Change } from './change';

/** What a content event tells by, beside the types of business events. */
export const contentTelling = 'content';

/** The ids of an event: its own, and that of its publication if its transaction goes on to publish it. */
export interface EventIds {
  messageId: string;
  publishedAs: string | null;
}

/**
 * The publications that one transaction may still come to. A changed draft is published by *Publish* of the content
 * manager in the same transaction: the id of that event is given with the draft's change, so that matching finds it by
 * an index, in whatever batch or process, and no row is written twice.
 */
export interface Publications {
  /** @param telling the type of a business event, or `content`. */
  idsOf(change: Pick<Change, 'action' | 'documentId' | 'locale' | 'status'>, telling: string): EventIds;
}

export function createPublications(newId: () => string): Publications {
  const upcoming = new Map<string, string>();
  return {
    idsOf({ action, documentId, locale, status }, telling) {
      const key = `${documentId}|${locale ?? ''}|${telling}`;
      if (action === 'published') {
        const messageId = upcoming.get(key) ?? newId();
        upcoming.delete(key);
        return { messageId, publishedAs: null };
      }
      if (status !== 'draft' || (action !== 'created' && action !== 'updated'))
        return { messageId: newId(), publishedAs: null };
      const publishedAs = upcoming.get(key) ?? newId();
      upcoming.set(key, publishedAs);
      return { messageId: newId(), publishedAs };
    },
  };
}
